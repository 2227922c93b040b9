"""Stored suites are read unchanged, and refused if they are damaged."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.load.methods import MethodIndex
from testingkit.conformance.cases.load.store import DamagedError, StoreWriter, read_store
from testingkit.conformance.cases.model import Case, CaseRecord, Suite
from testingkit.conformance.cases.records import record_of
from testingkit.conformance.errors import CasesError, Place
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from tests.conformance.support import load_text, schema

REQUIRED = case_pb2.LEVEL_REQUIRED
SERVICE = "probe.v1.ProbeService"
TEXT = f"""
description: "Ä"
name: "one" service: "{SERVICE}" defaults {{ method: "Say" timeout {{ seconds: 2 }} tags: "all" }}
cases {{ name: "a" request {{ text: "q" }} expect {{ response {{ text: "x" }} }} }}
cases {{ name: "b" method: "Echo" expect {{ error {{}} }} timeout {{ nanos: 500000000 }} }}
  cases {{ name: "c" expect {{ response {{}} }} compare {{ signed_zero_equal: true }} }}
cases {{ name: "d" expect {{ agree {{ reason: "r" }} }} compare {{ nan_equal: false }} }}
"""


def stored(suite: Suite) -> bytes:
    target = io.BytesIO()
    writer = StoreWriter(target, suite.message)
    for case in suite.cases:
        writer.add(case)
    writer.finish(suite.place)
    return target.getvalue()


def parts(record: CaseRecord) -> tuple[object, ...]:
    """Returns the fields of a record, without the function that restores the case."""
    return record[:-1]


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    (loaded,), problems = load_text(tmp_path, TEXT)
    assert problems == []
    return loaded


def read(source: Path | bytes, max_in_memory: int = 0) -> Suite:
    return read_store(
        source, "one.textproto", MethodIndex(schema()).find, max_in_memory=max_in_memory
    )


@pytest.mark.parametrize("max_in_memory", [0, 1 << 20])
def test_stored_suite_is_read_unchanged(tmp_path: Path, suite: Suite, max_in_memory: int) -> None:
    file = tmp_path / "kept"
    file.write_bytes(stored(suite))
    again = read(file, max_in_memory)
    assert again == suite
    assert again.cases.bytes_in_memory == (file.stat().st_size if max_in_memory else 0)
    assert (len(again.cases), again.cases.weak) == (4, 1)  # a different NaN is stricter, not weaker
    for record, case in zip(again.cases.records(), suite.cases, strict=True):
        assert parts(record) == parts(record_of(case))
        assert record.restore() == case
    assert [record.timeout for record in again.cases.records()] == [2.0, 0.5, 2.0, 2.0]
    expected = [record.expected for record in again.cases.records()]
    assert expected == [b"\x0a\x01x", None, b"", None]


@given(st.data())
def test_damaged_store_is_refused(data: st.DataObject) -> None:
    header = case_pb2.Suite(name="s")
    whole = bytearray(stored(Suite("s", Place("s"), header, read_suite().cases)))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(DamagedError):
        read(bytes(whole))
    with pytest.raises(DamagedError):
        read(bytes(whole[:at]))


def read_suite() -> Suite:
    """Returns a small suite that is not loaded from a file."""
    target = io.BytesIO()
    writer = StoreWriter(target, case_pb2.Suite(name="s"))
    method = MethodIndex(schema()).find(f"{SERVICE}/Say")
    message = case_pb2.Case(name="a")
    message.expect.response.value = b"\x0a\x01x"
    place, comparison = Place("s"), Comparison()
    case = Case("s/a", place, method, b"q", message.expect, comparison, REQUIRED, (), None, message)
    writer.add(case)
    writer.finish(place)
    return read(target.getvalue())


def test_unfinished_store_is_refused() -> None:
    target = io.BytesIO()
    StoreWriter(target, case_pb2.Suite(name="s"))
    with pytest.raises(DamagedError):
        read(target.getvalue())


@pytest.mark.parametrize("left", [None, 0, 100])
def test_removed_or_cut_store_is_reported_while_reading(
    tmp_path: Path, suite: Suite, left: int | None
) -> None:
    file = tmp_path / "kept"
    file.write_bytes(stored(suite))
    again = read(file)
    if left is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(
        CasesError, match=r"one\.textproto:1:1: its cache entry was removed or changed"
    ):
        list(again.cases.records())


def test_damaged_case_is_reported_while_reading(tmp_path: Path, suite: Suite) -> None:
    file = tmp_path / "kept"
    file.write_bytes(stored(suite))
    again = read(file)
    name = b"\x0a\x01d"  # the first bytes of the last case
    whole = file.read_bytes()
    at = whole.rindex(name)
    file.write_bytes(whole[:at] + b"\xff\xff\xff" + whole[at + 3 :])
    with pytest.raises(CasesError, match="cache entry was removed or changed"):
        list(again.cases)
