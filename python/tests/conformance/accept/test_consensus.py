"""The answer that becomes a golden, and the text of the golden file."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.accept.consensus import (
    Panel,
    RefusedError,
    choose_answer,
    golden_of,
    text_of,
)
from testingkit.conformance.accept.proposals import GoldenStatus
from testingkit.conformance.cases.load import Expanders, Goldens, TypedMessages
from testingkit.conformance.cases.model import Case, GoldenSource
from testingkit.conformance.results.provenance import format_provenance
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation
from testingkit.conformance.v1.golden_pb2 import GoldenFile, Provenance, Witness
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, Outcome
from tests.conformance.finished_cases import Result, finish
from tests.conformance.support import answer, error, held, make_case, new, says, schema

PASS, MISMATCH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_MISMATCH
PANIC, CRASH = verdict_pb2.VERDICT_PANIC, verdict_pb2.VERDICT_CRASH
UNSUPPORTED = verdict_pb2.VERDICT_UNSUPPORTED
NAMES = ["go", "python", "rust"]
PANEL = Panel(NAMES)
PROVENANCE = Provenance(
    accepted="2026-03-02",
    testingkit_version="0.1.0",
    witnesses=[Witness(runner="go", version='0.2 "x"'), Witness(runner="plain")],
)

OLD: Result = (MISMATCH, 1, False)  # contradicts the current golden
RIGHT: Result = (PASS, 1, False)
OTHER: Result = (MISMATCH, 2, False)
KNOWN: Result = (MISMATCH, 3, True)
SILENT: Result = (CRASH, 0, False)
BROKEN: Result = (PANIC, 4, False)


def golden_case(*, exists: bool, call: str = "Say") -> Case:
    source = GoldenSource(Path("goldens/probe/one.textproto"), "golden", exists=exists)
    return replace(make_case(says("x"), call=call), golden=source)


def observed(results: list[Result], flaky: int | None = None) -> FinishedCase:
    finished = finish(results)
    for result in finished.results:
        result.observation.CopyFrom(answer(f"answer {result.answer_class}"))
        if result.runner == flaky:
            result.verdict = verdict_pb2.VERDICT_FLAKY
            result.outcomes.extend([Outcome(times=1, observation=answer("a"))] * 2)
    return finished


@pytest.mark.parametrize(
    ("exists", "results", "source", "status", "runners"),
    [
        (False, [RIGHT, RIGHT, RIGHT], None, GoldenStatus.NEW, [0, 1, 2]),
        (True, [OLD, OLD, OLD], None, GoldenStatus.CHANGED, [0, 1, 2]),
        (True, [RIGHT, RIGHT, RIGHT], None, GoldenStatus.UNCHANGED, [0, 1, 2]),
        # A runner without an answer neither confirms nor contradicts one.
        (True, [SILENT, OLD, OLD], None, GoldenStatus.CHANGED, [1, 2]),
        (True, [OLD, BROKEN, OLD], None, GoldenStatus.CHANGED, [0, 2]),
        (True, [OLD, (UNSUPPORTED, 0, False), OLD], None, GoldenStatus.CHANGED, [0, 2]),
        # Neither does a runner with a known divergence.
        (True, [OLD, OLD, KNOWN], None, GoldenStatus.CHANGED, [0, 1]),
        # An unchanged golden needs no second witness.
        (True, [RIGHT, SILENT, SILENT], None, GoldenStatus.UNCHANGED, [0]),
        (True, [RIGHT, OTHER, OTHER], 1, GoldenStatus.CHANGED, [1, 2]),
        (True, [RIGHT, OTHER, OTHER], 2, GoldenStatus.CHANGED, [2, 1]),
        (True, [RIGHT, OTHER, OTHER], 0, GoldenStatus.UNCHANGED, [0]),
        (False, [RIGHT, SILENT, SILENT], 0, GoldenStatus.NEW, [0]),
    ],
)
def test_answer_on_which_runners_agree_becomes_the_golden(
    exists: bool,
    results: list[Result],
    source: int | None,
    status: GoldenStatus,
    runners: list[int],
) -> None:
    chosen = choose_answer(golden_case(exists=exists), observed(results), PANEL, source)
    assert (chosen.status, chosen.runners) == (status, runners)
    assert chosen.observation == answer(f"answer {results[runners[0]][1]}")


@pytest.mark.parametrize(
    ("exists", "results", "source", "reason"),
    [
        (False, [RIGHT, SILENT, SILENT], None, "only go answers; no other runner confirms it"),
        (False, [RIGHT, BROKEN, BROKEN], None, "only go answers; no other runner confirms it"),
        (True, [OLD, KNOWN, SILENT], None, "only go answers; no other runner confirms it"),
        (False, [RIGHT, RIGHT, (PASS, 2, False)], None, "the runners do not agree"),
        (True, [RIGHT, RIGHT, OTHER], None, "the runners do not agree"),
        (True, [OLD, OTHER, OTHER], None, "the runners do not agree"),
        (False, [SILENT, SILENT, BROKEN], None, "no runner gave an acceptable answer"),
        (False, [RIGHT, RIGHT, SILENT], 2, "rust gave no acceptable answer: "),
        (False, [RIGHT, RIGHT, BROKEN], 2, "rust gave no acceptable answer: "),
        (False, [RIGHT, RIGHT, KNOWN], 2, "rust gave no acceptable answer: a known divergence"),
    ],
)
def test_missing_or_unconfirmed_answer_is_refused_with_a_reason(
    exists: bool,
    results: list[Result],
    source: int | None,
    reason: str,
) -> None:
    with pytest.raises(RefusedError) as refused:
        choose_answer(golden_case(exists=exists), observed(results), PANEL, source)
    assert str(refused.value).startswith(reason)


_LACKING: list[Result] = [
    BROKEN,
    SILENT,
    (verdict_pb2.VERDICT_TIMEOUT, 0, False),
    (verdict_pb2.VERDICT_PROTOCOL_ERROR, 0, False),
    (verdict_pb2.VERDICT_NO_RESULT, 0, False),
]
_EXCUSED: list[Result] = [KNOWN, (UNSUPPORTED, 0, False)]


def test_answer_needs_two_runners_and_more_than_half_of_those_that_have_to_answer() -> None:
    for right, lacking, excused in itertools.product(range(4), range(4), range(3)):
        for kinds in itertools.product(_LACKING, repeat=min(lacking, 2)):
            others = [*kinds, *[BROKEN] * (lacking - len(kinds)), *[*_EXCUSED, KNOWN][:excused]]
            results = [RIGHT] * right + others
            panel = Panel([f"r{index}" for index in range(len(results))])
            case, finished = golden_case(exists=False), observed(results)
            if right >= 2 and right > lacking:
                assert choose_answer(case, finished, panel, None).runners == [*range(right)]
            else:
                with pytest.raises(RefusedError):
                    choose_answer(case, finished, panel, None)


def test_refusal_names_what_the_other_runners_did() -> None:
    results = [RIGHT, RIGHT, BROKEN, BROKEN, (verdict_pb2.VERDICT_PROTOCOL_ERROR, 0, False)]
    with pytest.raises(RefusedError) as refused:
        choose_answer(golden_case(exists=False), observed(results), Panel([*"abcde"]), None)
    start = "only 2 of 5 runners give this answer (a, b), and more than half must; c: "
    assert str(refused.value).startswith(start)
    assert [part[:3] for part in str(refused.value).split("; ")[1:]] == ["c: ", "d: ", "e: "]


def test_runner_that_did_not_start_takes_no_part() -> None:
    results = [RIGHT, RIGHT, SILENT, SILENT]
    case, finished = golden_case(exists=False), observed(results)
    with pytest.raises(RefusedError, match="only 2 of 4 runners"):
        choose_answer(case, finished, Panel([*"abcd"]), None)
    panel = Panel([*"abcd"], absent=frozenset({3}))
    assert choose_answer(case, finished, panel, None).runners == [0, 1]


@pytest.mark.parametrize(
    ("results", "families", "reason"),
    [
        ([RIGHT, RIGHT], "tt", "only runners of the family t answer: a, b"),
        ([RIGHT, RIGHT, BROKEN], "ttu", "only runners of the family t answer: a, b"),
        ([RIGHT, RIGHT, RIGHT], "ttu", ""),
        ([RIGHT, RIGHT, RIGHT, BROKEN], "ttuv", ""),
        ([RIGHT, RIGHT, RIGHT, BROKEN, SILENT], "ttuvw", "only 2 of 4 families give this answer"),
        # Broken runners of one family are one vote less, too.
        ([RIGHT, RIGHT, BROKEN, SILENT], "abtt", ""),
        # A family that answers at all has answered.
        ([RIGHT, BROKEN, RIGHT], "ttu", ""),
        ([RIGHT, RIGHT, OTHER], "ttt", "the runners do not agree"),
    ],
)
def test_runners_of_one_family_count_once(
    results: list[Result], families: str, reason: str
) -> None:
    panel = Panel([*"abcde"[: len(results)]], [*families])
    case, finished = golden_case(exists=False), observed(results)
    if reason:
        with pytest.raises(RefusedError) as refused:
            choose_answer(case, finished, panel, None)
        assert str(refused.value).startswith(reason)
    else:
        assert choose_answer(case, finished, panel, None).status is GoldenStatus.NEW
    assert choose_answer(case, finished, panel, 0).status is GoldenStatus.NEW  # --from


@pytest.mark.parametrize("exists", [False, True])
def test_flaky_answer_is_refused(exists: bool) -> None:
    case, finished = golden_case(exists=exists), observed([RIGHT, RIGHT, RIGHT], flaky=1)
    with pytest.raises(RefusedError, match="flaky: python"):
        choose_answer(case, finished, PANEL, None)
    with pytest.raises(RefusedError, match="python gave no acceptable answer: 1 time "):
        choose_answer(case, finished, PANEL, 1)
    assert choose_answer(case, finished, PANEL, 2).runners == [2, 0]


def read_back(case: Case, observation: Observation) -> GoldenFile:
    goldens = Goldens(schema(), TypedMessages(schema()), Expanders({}))
    golden = golden_of(case, observation, PROVENANCE)
    read = goldens.parse(text_of(case, golden, goldens), "golden", case.method)
    assert read.provenance == PROVENANCE
    return read


def test_golden_of_an_error_has_everything_except_its_message() -> None:
    observation = error(
        5, "no such thing", reason="GONE", domain="acme.dev", field_paths=("name", "id")
    )
    read = read_back(golden_case(exists=False), observation)
    assert read.error == ErrorExpectation(
        code=5,
        reason="GONE",
        domain="acme.dev",
        field_path="id",
    )


def response(message: Message) -> Observation:
    return Observation(call_id=1, response=message.SerializeToString(deterministic=True))


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_INTS = st.sampled_from([-(2**31), -1, 0, 1, 2**31 - 1])
_POINTS = st.recursive(
    st.builds(lambda x, label: new("Point", x=x, label=label), _INTS, _TEXTS),
    lambda below: st.builds(lambda point: new("Point", below=[point]), below),
    max_leaves=2,
)
_DOUBLES = st.floats(allow_nan=False) | st.sampled_from(
    [-0.0, 5e-324, 0.1, math.inf, -math.inf, math.nan]
)
_EVERY_FIELD: dict[str, st.SearchStrategy[Any]] = {
    "ratio": _DOUBLES,
    "single": st.floats(width=32, allow_nan=False) | st.just(math.nan),
    "big": st.integers(-(2**63), 2**63 - 1),
    "large": st.integers(0, 2**64 - 1),
    "yes": st.booleans(),
    "text": _TEXTS,
    "data": st.binary(max_size=8),
    "colour": _INTS,
    "point": _POINTS,
    "maybe": _INTS,
    "note": _TEXTS,
    "word": _TEXTS,
    "numbers": st.lists(_INTS, max_size=3),
    "words": st.lists(_TEXTS, max_size=3),
    "ratios": st.lists(_DOUBLES, max_size=3),
    "counts": st.dictionaries(_TEXTS, _INTS, max_size=3),
    "places": st.dictionaries(_INTS, _POINTS, max_size=2),
    "odds": st.dictionaries(st.booleans(), _DOUBLES),
    "any": _POINTS.map(held),
}


@given(st.fixed_dictionaries({}, optional=_EVERY_FIELD))
def test_text_of_a_golden_parses_to_the_same_bytes(values: dict[str, Any]) -> None:
    observation = response(new("Everything", **values))
    read = read_back(golden_case(exists=False, call="Echo"), observation)
    assert read.response.type_url == "type.googleapis.com/probe.v1.Everything"
    assert read.response.value == observation.response


def test_every_nan_becomes_the_canonical_nan() -> None:
    data = bytes.fromhex("09010000000000f8ff")
    read = read_back(golden_case(exists=False, call="Echo"), Observation(response=data))
    assert read.response.value == new("Everything", ratio=math.nan).SerializeToString()


def unknown_in_any() -> Message:
    everything: Message = new("Everything", any=held(new("Point", x=1)))
    everything.any.value += b"\xa0\x06\x05"  # type: ignore[attr-defined]
    return everything


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xa0\x06\x05", "a golden cannot hold the answer: <unknown 100> is varint 5 in the ans"),
        (
            unknown_in_any().SerializeToString(),
            "a golden cannot hold the answer: any.<unknown 100> is varint 5 in the answer and",
        ),
    ],
)
def test_unknown_fields_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_back(golden_case(exists=False, call="Echo"), Observation(call_id=1, response=data))
    assert str(refused.value).startswith(reason)


def test_any_of_an_unknown_type_keeps_its_bytes() -> None:
    everything = new("Everything")
    everything.any.type_url, everything.any.value = "type.googleapis.com/no.Such", b"\xff\x00"
    read = read_back(golden_case(exists=False, call="Echo"), response(everything))
    assert read.response.value == everything.SerializeToString()


def test_any_of_other_bytes_than_its_type_has_keeps_them() -> None:
    everything = new("Everything", any=held(new("Point", x=1)))
    everything.any.value = b"\xff"
    read = read_back(golden_case(exists=False, call="Echo"), response(everything))
    assert read.response.value == everything.SerializeToString()


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_response_of_type_any_is_read_back(depth: int) -> None:
    answer = held(new("Point", x=1))
    for _ in range(depth - 1):
        answer = held(answer)
    case = golden_case(exists=False, call="probe.v1.PackedService/Pass")
    read = read_back(case, response(answer))
    assert read.response.value == answer.SerializeToString()


def test_answer_with_unusual_field_order_becomes_canonical() -> None:
    point, text = new("Everything", point=new("Point", x=1)), new("Everything", text="a")
    data = point.SerializeToString() + text.SerializeToString()
    case = golden_case(exists=False, call="Echo")
    read = read_back(case, Observation(call_id=1, response=data))
    assert read.response.value == text.SerializeToString() + point.SerializeToString()


def test_expander_that_changes_the_answer_is_refused() -> None:
    def shout(message: Message) -> None:
        message.text = message.text.upper()  # type: ignore[attr-defined]

    goldens = Goldens(schema(), TypedMessages(schema()), Expanders({"probe.v1.Answer": shout}))
    case = golden_case(exists=False)
    with pytest.raises(RefusedError, match='text is "hi" in the answer and "HI" in its text'):
        text_of(case, golden_of(case, answer("hi"), PROVENANCE), goldens)


def test_provenance_names_date_source_and_witnesses() -> None:
    witnesses = [Witness(runner=name, version="0.2.0") for name in ("go", "rust")]
    lone = Provenance(accepted="2026-03-02", witnesses=witnesses[:1])
    assert format_provenance(lone) == "accepted 2026-03-02 from go 0.2.0 alone"
    both = Provenance(accepted="2026-03-02", witnesses=[*witnesses, Witness(runner="plain")])
    assert format_provenance(both) == (
        "accepted 2026-03-02 from go 0.2.0, confirmed by rust 0.2.0 and plain"
    )
