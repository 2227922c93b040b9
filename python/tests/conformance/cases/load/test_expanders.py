"""Expanders: short notations are expanded wherever their type is used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from testingkit.conformance.cases.load import (
    Expanders,
    SuiteCache,
    import_expanders,
    load_suites,
)
from testingkit.conformance.cases.validate import SuiteValidator
from testingkit.conformance.errors import ConfigError
from tests.conformance.expanding.support import write_config, write_expander
from tests.conformance.support import load_text, new, schema

HEADER = 'name: "probe"\nservice: "probe.v1.ProbeService"\n'
CASE = HEADER + 'cases { name: "one" method: "Echo" request { point { label: "a" } }'
CASE += ' expect { agree { reason: "r" } } }\n'


def shout(message: Any) -> None:
    if message.label == "wrong":
        raise ValueError("label: wrong is not a label")
    message.label = message.label.upper()


EXPANDERS = Expanders({"probe.v1.Point": shout})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


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


def test_imports_expanders_by_reference(folder: Path) -> None:
    write_expander(folder, "message.label = message.label.upper()")
    found = import_expanders(write_config(folder), schema())
    message = new("Point", label="a")
    message.below.add(label="b")
    found.expand(message)
    found.close()
    assert (message.label, message.below[0].label) == ("A", "B")


def test_a_failure_has_the_place_of_its_case(folder: Path) -> None:
    write_expander(folder, "sys.exit(0)")
    expanders = import_expanders(write_config(folder), schema())
    with pytest.raises(ConfigError, match=r"raised SystemExit: 0, on one\.textproto:3:1\n"):
        load_text(folder, CASE, expanders)
    expanders.close()


def test_a_failure_on_a_golden_has_the_place_of_its_file(folder: Path) -> None:
    write_expander(folder, "sys.exit(0)")
    golden = folder / "goldens" / "one" / "one.textproto"
    golden.parent.mkdir(parents=True)
    golden.write_text('response { spot { label: "x" } }')
    expanders = import_expanders(write_config(folder), schema())
    text = HEADER + 'cases { name: "one" method: "Echo" expect { golden {} } }'
    with pytest.raises(ConfigError, match=r"on goldens/one/one\.textproto:1:1\n"):
        load_text(folder, text, expanders)
    expanders.close()


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("no_colon", "expected \"module:function\", found 'no_colon'"),
        ("no_such_module_x:f", "cannot be imported: ModuleNotFoundError: No module named"),
        ("math:no_such", "cannot be imported: AttributeError: module 'math' has no attribute"),
        ("math:pi", "is not a function"),
        ("..relative:f", "cannot be imported: TypeError: "),
        (":f", "cannot be imported: ValueError: Empty module name"),
        ("math:", "cannot be imported: AttributeError"),
    ],
)
def test_failed_import_names_its_key(tmp_path: Path, reference: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        import_expanders(write_config(tmp_path, reference=reference), schema())
    assert caught.value.key == 'load.expanders."probe.v1.Point"'
    assert message in str(caught.value)


def test_expander_of_an_unknown_type_names_its_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        import_expanders(write_config(tmp_path, kind="probe.v1.Pont"), schema())
    assert caught.value.key == 'load.expanders."probe.v1.Pont"'
    assert "no message type probe.v1.Pont; did you mean `probe.v1.Point`?" in str(caught.value)


def _key(folder: Path, **load: str) -> str:
    expanders = import_expanders(write_config(folder, **load), schema())
    expanders.close()
    return expanders.key


def test_the_key_covers_imported_modules(folder: Path) -> None:
    """The cache entry of a file must not outlive a change of the code."""
    files = [folder / "notation" / name for name in ("__init__.py", "deep/__init__.py")]
    files.append(folder / "helpers.py")
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_text("")
    (folder / "notation" / "main.py").write_text(
        "import helpers, notation.deep\ndef expand(message): pass\n"
    )
    keys = {_key(folder, reference="notation.main:expand")}
    assert _key(folder, reference="notation.main:expand") in keys
    for file in files:
        file.write_text("# changed\n")
        keys.add(_key(folder, reference="notation.main:expand"))
    assert len(keys) == 4


def test_the_key_depends_on_the_function_its_type_and_the_inputs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "notation.py").write_text("def expand(message): pass\ndef other(message): pass\n")
    (folder / "table.csv").write_text("1")
    monkeypatch.setenv("RATE", "1")
    load = 'inputs = ["table.csv"]\nenvironment = ["RATE"]'
    keys = [_key(folder), _key(folder, reference="notation:other")]
    keys += [_key(folder, kind="probe.v1.Everything"), _key(folder, load=load)]
    assert _key(folder, load=load) == keys[-1]
    (folder / "table.csv").write_text("2")
    keys.append(_key(folder, load=load))
    monkeypatch.setenv("RATE", "2")
    keys.append(_key(folder, load=load))
    assert len(set(keys)) == 6


def _kept(folder: Path, load: str, text: str = CASE) -> int:
    """Loads a case file with the expander, and returns how many entries the cache then has."""
    file = folder / "one.textproto"
    file.write_text(text)
    expanders = import_expanders(write_config(folder, load), schema())
    cache = SuiteCache(folder / "cache", schema(), expanders.key)
    _, problems = load_suites([file], folder, schema(), expanders, cache, SuiteValidator)
    expanders.close()
    assert problems == []
    return len(list((folder / "cache").glob("suite-*")))


DECLARED = "inputs = []"
BODIES = {
    "nothing": ("pass", DECLARED, 1),
    "nothing, undeclared": ("pass", "", 0),
    "a variable": ("os.environ.get('RATE')", 'environment = ["RATE"]', 1),
    "a file": ("open(here + '/table.csv').read()", 'inputs = ["*.csv"]', 1),
    "a file, by another path": ("os.chdir(here); open('table.csv')", 'inputs = ["*.csv"]', 1),
    "another file": ("open(here + '/other.txt').read()", 'inputs = ["*.csv"]', 0),
    "a missing file": (
        "try: open(here + '/x.csv')\nexcept OSError: pass",
        'inputs = ["*.csv"]',
        0,
    ),
    "a folder": ("os.listdir(here)", DECLARED, 0),
    "a command": ("import subprocess; subprocess.run(['true'])", DECLARED, 0),
    "a module": ("import colorsys", DECLARED, 0),
    "code that is read": ("open(here + '/helper.py').read()", DECLARED, 0),
    "code that is run": ("exec(open(here + '/helper.py').read())", DECLARED, 0),
    "code of a module, read again": ("open(here + '/notation.py').read()", DECLARED, 1),
    "a module that is forgotten": ("import helper; del sys.modules['helper']", DECLARED, 0),
    "a library that is read": ("open(here + '/library.so', 'rb').read()", DECLARED, 0),
    "a library": (
        "import ctypes\ntry: ctypes.CDLL(here + '/library.so')\nexcept OSError: pass",
        DECLARED,
        0,
    ),
    "a device": ("open('/dev/zero', 'rb').read(1)", DECLARED, 0),
    "a file of the system": ("open('/etc/passwd').read()", DECLARED, 0),
    "the null device": ("open(os.devnull).read()", DECLARED, 1),
    "a file of a package": ("import email; open(email.__file__).read()", DECLARED, 1),
    "a data base": ("import sqlite3; sqlite3.connect(':memory:')", DECLARED, 0),
}


@pytest.mark.parametrize("when", ["import", "call"])
@pytest.mark.parametrize("what", BODIES)
def test_suites_are_cached_only_if_all_inputs_are_declared(
    folder: Path, when: str, what: str
) -> None:
    body, load, kept = BODIES[what]
    (folder / "table.csv").write_text("1")
    (folder / "other.txt").write_text("1")
    (folder / "helper.py").write_text("N = 1\n")
    (folder / "library.so").write_bytes(b"no library")
    before = f"import email, os, sys\nhere = {str(folder)!r}\n"
    if when == "call":
        write_expander(folder, body, before)
    else:
        write_expander(folder, "pass", f"{before}{body}\n")
        # An import reads folders, and its modules are in the digest.
        kept = 1 if what in {"a folder", "a module"} else kept
    assert _kept(folder, load) == kept


@pytest.mark.parametrize("prefix", ["", "compiled"])
def test_a_suite_is_cached_by_the_load_that_compiles_its_expander(
    folder: Path, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", prefix and str(folder / prefix))
    (folder / "helper.py").write_text("N = 1\n")
    write_expander(folder, "pass", "import helper\n")
    assert _kept(folder, DECLARED) == 1
    assert any(folder.rglob("helper*.pyc"))


def test_a_suite_that_no_expander_completes_is_cached(folder: Path) -> None:
    write_expander(folder, "pass")
    assert _kept(folder, "", CASE.replace('point { label: "a" }', "")) == 1


@pytest.mark.parametrize(
    ("body", "load"),
    [
        ("message.label = open(here + '/table.csv').read()", ""),
        ("message.label = open(here + '/table.csv').read()", 'inputs = ["table.csv"]'),
        ("message.label = open(here + '/table.csv').read()", "inputs = []"),
        ("message.label = os.environ['RATE']", ""),
        ("message.label = os.environ['RATE']", 'environment = ["RATE"]'),
        ("import helper; message.label = helper.LABEL", ""),
        ("import helper; message.label = helper.LABEL", "inputs = []"),
        ("import time; message.label = str(time.time_ns())", ""),
    ],
)
def test_a_second_load_sees_what_has_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, body: str, load: str
) -> None:
    write_expander(folder, body, f"here = {str(folder)!r}\n")
    file = folder / "one.textproto"
    file.write_text(CASE)
    seen = []
    for value in ("1", "22", "1"):
        (folder / "table.csv").write_text(value)
        (folder / "helper.py").write_text(f"LABEL = {value!r}\n")
        monkeypatch.setenv("RATE", value)
        expanders = import_expanders(write_config(folder, load), schema())
        cache = SuiteCache(folder / "cache", schema(), expanders.key)
        (suite,), _ = load_suites([file], folder, schema(), expanders, cache, SuiteValidator)
        expanders.close()
        request = new("Everything")
        request.ParseFromString(next(iter(suite.cases)).request)
        seen.append(request.point.label)
    if "time_ns" in body:
        assert len(set(seen)) == 3
    else:
        assert seen == ["1", "22", "1"]


def test_a_file_that_changes_while_it_is_read_prevents_caching(folder: Path) -> None:
    (folder / "table.csv").write_text("1")
    body = "open(here + '/table.csv').read(); os.truncate(here + '/table.csv', 0)"
    write_expander(folder, body, f"here = {str(folder)!r}\n")
    assert _kept(folder, 'inputs = ["table.csv"]') == 0
    assert os.stat(folder / "table.csv").st_size == 0  # noqa: PTH116
