"""A converted case has the same bytes, or is refused with its place; nothing else happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.convert import canonical_suite
from testingkit.conformance.cases.load import Expanders, load_suites
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.errors import UsageError
from testingkit.conformance.protobuf.any_parts import serialize_in_order
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1 import case_pb2
from tests.conformance.cases.test_convert import of_json
from tests.conformance.support import packed, schema
from tests.fuzz.messages import Messages
from tests.hypothesis_profile import fuzz_settings

_METHODS = [
    "probe.v1.PackedService/Hold",
    "probe.v1.PackedService/Know",
    "probe.v1.PackedService/Pass",
    "probe.v1.ProbeService/Echo",
]


def load(file: Path, content: bytes) -> tuple[Suite, list[str]]:
    file.write_bytes(content)
    (suite,), problems = load_suites([file], file.parent.resolve(), schema(), Expanders({}))
    return suite, [str(problem) for problem in problems]


def converted(suite: Suite, form: str) -> bytes | None:
    """Returns the converted suite, or None if it is refused."""
    try:
        return canonical_suite(suite, schema(), form)
    except UsageError as error:
        if not str(error).startswith("one.binpb:2:1: packed/one cannot be converted to"):
            raise
        return None


def draw_case(data: st.DataObject, *, odd: bool) -> case_pb2.Case:
    name = data.draw(st.sampled_from(_METHODS))
    method = schema().method(name)
    assert method is not None
    messages = Messages(data.draw, schema().pool, odd=odd)
    case = case_pb2.Case(name="one", method=name)
    case.request.CopyFrom(packed(messages.message(method.input_type)))
    case.expect.response.CopyFrom(packed(messages.message(method.output_type)))
    return case


@fuzz_settings(300)
@given(st.data(), st.booleans())
def test_converted_case_has_the_same_bytes_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, odd: bool
) -> None:
    case = draw_case(data, odd=odd)
    header = case_pb2.Suite(name="packed")
    folder = tmp_path_factory.mktemp("convert")
    content = b"".join(delimited(part.SerializeToString()) for part in (header, case))
    suite, problems = load(folder / "one.binpb", content)
    assert problems == []
    expected = [part.message for part in suite.cases]
    text, json = converted(suite, "text"), converted(suite, "json")
    assert odd or text is not None
    if text is not None:
        again, problems = load(folder / "two.textproto", text)
        assert problems == []
        assert _bytes([part.message for part in again.cases]) == _bytes(expected)
    if json is not None:
        assert _bytes(list(of_json(json, schema()).cases)) == _bytes(expected)


def _bytes(cases: list[Any]) -> list[bytes]:
    for case in cases:
        serialize_in_order(case, schema().pool)
    return [case.SerializeToString(deterministic=True) for case in cases]
