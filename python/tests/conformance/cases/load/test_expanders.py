"""Expanders: short notations are expanded wherever their type is used."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from testingkit.conformance.cases.load import (
    Expanders,
    SuiteCache,
    check_types,
    import_expanders,
    load_suites,
)
from testingkit.conformance.cases.validate import SuiteValidator
from testingkit.conformance.errors import ConfigError
from tests.conformance.support import load_text, new, schema

HEADER = 'name: "probe"\nservice: "probe.v1.ProbeService"\n'


def shout(message: Any) -> None:
    if message.label == "wrong":
        raise ValueError("label: wrong is not a label")
    message.label = message.label.upper()


EXPANDERS = Expanders({"probe.v1.Point": shout})


def test_expands_messages_at_every_depth() -> None:
    message = new("Everything")
    message.point.label = "a"
    message.points.add(label="b").below.add(label="c")
    message.places[1].label = "d"
    message.counts["e"] = 1
    EXPANDERS.expand(message)
    assert message.point.label == "A"
    assert message.points[0].label == "B"
    assert message.points[0].below[0].label == "C"
    assert message.places[1].label == "D"


def test_expands_requests_and_responses(tmp_path: Path) -> None:
    text = HEADER + 'cases { name: "one" method: "Echo" request { point { label: "a" } }'
    text += ' expect { response { spot { label: "b" } } } }'
    ((suite,), problems) = load_text(tmp_path, text, EXPANDERS)
    assert problems == []
    request, response = new("Everything"), new("Everything")
    request.ParseFromString(next(iter(suite.cases)).request)
    response.ParseFromString(next(iter(suite.cases)).expect.response.value)
    assert (request.point.label, response.spot.label) == ("A", "B")


def test_wrong_notation_is_a_problem_of_its_case(tmp_path: Path) -> None:
    text = HEADER + '\ncases { name: "one" method: "Echo" request { point { label: "wrong" } } }'
    problems = load_text(tmp_path, text, EXPANDERS)[1]
    assert [str(p) for p in problems] == ["one.textproto:4:1: label: wrong is not a label"]


def test_imports_expanders_by_reference() -> None:
    found = import_expanders("t.toml", {"probe.v1.Point": f"{__name__}:shout"})
    message = new("Point", label="a")
    found.expand(message)
    assert message.label == "A"


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("no_colon", "expected \"module:function\", found 'no_colon'"),
        ("no_such_module_x:f", "cannot be imported: No module named 'no_such_module_x'"),
        ("math:no_such", "cannot be imported"),
        ("math:pi", "is not a function"),
        ("..relative:f", "cannot be imported"),
    ],
)
def test_failed_import_names_its_key(reference: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        import_expanders("t.toml", {"a.B": reference})
    assert caught.value.key == 'load.expanders."a.B"'
    assert message in str(caught.value)


def test_expander_of_an_unknown_type_names_its_key() -> None:
    check_types("t.toml", ["probe.v1.Point", "google.protobuf.Any"], schema())
    with pytest.raises(ConfigError) as caught:
        check_types("t.toml", ["probe.v1.Point", "probe.v1.Pont"], schema())
    assert caught.value.key == 'load.expanders."probe.v1.Pont"'
    assert "no message type probe.v1.Pont; did you mean `probe.v1.Point`?" in str(caught.value)


def test_code_digest_covers_imported_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache entry of a file must not outlive a change of the code."""
    monkeypatch.syspath_prepend(str(tmp_path))
    files = [tmp_path / "notation" / name for name in ("__init__.py", "deep/__init__.py")]
    files.append(tmp_path / "helpers.py")
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_text("")
    (tmp_path / "notation" / "main.py").write_text(
        "import helpers, notation.deep\ndef expand(message): pass\n"
    )
    names = {"probe.v1.Point": "notation.main:expand"}
    digests = {import_expanders("t.toml", names).code_digest}
    assert import_expanders("t.toml", names).code_digest in digests
    for file in files:
        file.write_text("# changed\n")
        digests.add(import_expanders("t.toml", names).code_digest)
    assert len(digests) == 4


def whisper(message: Any) -> None:
    message.label = message.label.lower()


def test_code_digest_depends_on_the_function() -> None:
    assert Expanders({"a.T": shout}).code_digest == Expanders({"a.T": shout}).code_digest
    assert Expanders({"a.T": shout}).code_digest != Expanders({"a.T": whisper}).code_digest
    assert Expanders({"a.T": shout}).code_digest != Expanders({"b.T": shout}).code_digest


def test_late_imports_prevent_caching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of that code would not be noticed."""
    (tmp_path / "late_module.py").write_text("LABEL = 'late'\n")
    monkeypatch.syspath_prepend(tmp_path)

    def expand(message: Any) -> None:
        message.label = importlib.import_module("late_module").LABEL

    text = HEADER + 'cases { name: "one" method: "Echo" request { point { label: "a" } }'
    file = tmp_path / "one.textproto"
    file.write_text(text + ' expect { agree { reason: "r" } } }')
    for function, kept in ((shout, 1), (expand, 0)):
        cache = SuiteCache(tmp_path / function.__name__, schema(), "")
        expanders = Expanders({"probe.v1.Point": function})
        _, problems = load_suites([file], tmp_path, schema(), expanders, cache, SuiteValidator)
        assert problems == []
        assert len(list((tmp_path / function.__name__).glob("suite-*"))) == kept
