"""Requests, expectations, goldens and binary suites that lack a required field of proto2."""

from __future__ import annotations

from pathlib import Path

import pytest

from testingkit.conformance.cases.load import Expanders, load_suites
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1.case_pb2 import Case, Suite
from testingkit.conformance.v1.expectation_pb2 import Agreement, AnyOf, Expectation
from tests.conformance.legacy import legacy, legacy_schema
from tests.conformance.support import fails, packed

HEADER = 'name: "s"\nservice: "legacy.v1.LegacyService"\n'


def load(file: Path, content: str | bytes) -> list[str]:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    _, problems = load_suites([file], file.parent.resolve(), legacy_schema(), Expanders({}))
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("request { one {} }", "request: legacy.v1.Holder lacks the required field one.id"),
        ("expect { response { one {} } }", "response: legacy.v1.Holder lacks"),
        ("expect { response { [legacy.v1.extra] {} } }", "the required field extra.id"),
        ("expect { response { Part { strict {} } } }", "the required field part[0].strict.id"),
        (
            "expect { any_of { choices { response {} } choices { response { chosen {} } } } }",
            "the required field chosen.id",
        ),
        (
            "expect { response { packed { [a.b/legacy.v1.Strict] {} } } }",
            "legacy.v1.Strict lacks the required field id",
        ),
        (
            "request { [type.googleapis.com/legacy.v1.Holder] { many {} } }",
            "the required field many[0].id",
        ),
    ],
)
def test_text_without_a_required_field_is_a_problem(
    tmp_path: Path, written: str, expected: str
) -> None:
    text = f'{HEADER}cases {{\n  name: "a" method: "Hold"\n  {written}\n}}'
    (problem,) = load(tmp_path / "s.textproto", text)
    assert problem.startswith(("s.textproto:3:8: ", "s.textproto:5:"))
    assert expected in problem


def test_golden_without_a_required_field_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "goldens" / "s").mkdir(parents=True)
    (tmp_path / "goldens" / "s" / "a.textproto").write_text("response { many { id: 1 } many {} }")
    text = f'{HEADER}cases {{ name: "a" method: "Hold" expect {{ golden {{}} }} }}'
    (problem,) = load(tmp_path / "s.textproto", text)
    assert problem == (
        "goldens/s/a.textproto:1:1: response: legacy.v1.Holder lacks the required field many[1].id"
    )


def test_binary_case_without_a_required_field_is_a_problem(tmp_path: Path) -> None:
    partial = packed(legacy("Holder"))
    partial.value = legacy("Holder", "one {}").SerializePartialToString()
    agree = Expectation(agree=Agreement(reason="r"))
    cases = [
        Case(name="a", method="Hold", request=partial, expect=agree),
        Case(name="b", method="Hold", expect=Expectation(response=partial)),
        Case(
            name="c",
            method="Hold",
            expect=Expectation(
                any_of=AnyOf(choices=[fails(code=5), Expectation(response=partial)])
            ),
        ),
    ]
    suite = Suite(name="s", service="legacy.v1.LegacyService")
    content = b"".join(delimited(one.SerializeToString()) for one in (suite, *cases))
    lacks = (
        "bytes that are not a legacy.v1.Holder: legacy.v1.Holder lacks the required field one.id"
    )
    assert load(tmp_path / "s.binpb", content) == [
        f"s.binpb:2:1: request: {lacks}; to send it nevertheless, write it as request_bytes",
        f"s.binpb:3:1: expect.response: {lacks}",
        f"s.binpb:4:1: expect.any_of.choices[1].response: {lacks}",
    ]
