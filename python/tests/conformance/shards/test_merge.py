"""A merged run equals the whole run in cases, verdicts, findings, totals and decision."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import OutputError, Place, UsageError
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.plan.calls import Order, Shard
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.project import Project
from testingkit.conformance.runners.transport import Incident, IncidentKind
from testingkit.conformance.shards.log import ShardLog, read_header
from testingkit.conformance.v1 import case_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.divergence_pb2 import DivergenceKind, PinnedOutcome
from testingkit.conformance.v1.divergence_pb2 import KnownDivergence as Entry
from testingkit.conformance.v1.expectation_pb2 import Agreement, Expectation
from testingkit.conformance.v1.observation_pb2 import (
    Crash,
    NoResult,
    NotRun,
    Observation,
    Panic,
    ProtocolError,
    Timeout,
    Unsupported,
)
from testingkit.conformance.v1.run_pb2 import RunnerReady
from testingkit.conformance.v1.runner_pb2 import DescribeResponse
from tests.conformance.engine.scripted import (
    RUNNERS,
    Observations,
    ScriptedRun,
    ScriptedRunner,
    ScriptedRunners,
    log_contents,
    make_project,
)
from tests.conformance.support import (
    answer,
    error,
    fails,
    make_case,
    method,
    new,
    packed,
    says,
    suite_of,
)

_METHOD = method().name
_LEVELS = [
    case_pb2.LEVEL_REQUIRED,
    case_pb2.LEVEL_RECOMMENDED,
    case_pb2.LEVEL_IMPLEMENTATION_DEFINED,
]
_EXPECTATIONS = [says("a"), fails(), Expectation(agree=Agreement(reason="open"))]
# Observations of every kind, right and wrong.
OBSERVATIONS = [
    answer("a"),
    answer("a"),
    answer("b"),
    answer("c"),
    error(),
    Observation(panic=Panic(text="oh")),
    Observation(crash=Crash(text="killed", stderr="no way out")),
    Observation(timeout=Timeout()),
    Observation(unsupported=Unsupported()),
    Observation(protocol_error=ProtocolError(text="what")),
    Observation(no_result=NoResult()),
    Observation(not_run=NotRun(text="spent")),
    Observation(response=b"\xff"),
    Observation(),
]
_PINNED = [
    PinnedOutcome(response=packed(new("Answer", text="b"))),
    PinnedOutcome(verdict=verdict_pb2.VERDICT_PANIC),
    PinnedOutcome(verdict=verdict_pb2.VERDICT_CRASH),
]
_INCIDENTS = [
    Incident(IncidentKind.CRASH, "ended while no call was open"),
    Incident(IncidentKind.BREACH, "answered calls that were not sent"),
    Incident(IncidentKind.HANG, "does not end"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("project"))


def _cases(count: int) -> list[Case]:
    kinds = itertools.cycle(itertools.product(_EXPECTATIONS, _LEVELS))
    return [
        make_case(expect, name=f"s/c{number}", level=level)
        for number, (expect, level) in zip(range(count), kinds, strict=False)
    ]


def _scripted(
    project: Project,
    folder: Path,
    count: int,
    order: Order | None = None,
    known: Sequence[KnownDivergence] = (),
) -> ScriptedRun:
    cases = _cases(count)
    suites = [suite_of(*cases[: count // 2]), suite_of(*cases[count // 2 :], path="t.textproto")]
    plan = make_plan(suites, RUNNERS, "", 10.0, filtered=False, order=order or Order())
    return ScriptedRun(project, plan, known, folder)


def _runner(
    project: Project,
    index: int,
    problem: str = "",
    incidents: Sequence[Incident] = (),
    declared: Sequence[str] = (_METHOD,),
) -> ScriptedRunner:
    description = DescribeResponse(name=RUNNERS[index], version="1", methods=declared)
    ready = RunnerReady(runner=index, jobs=1, problem=problem)
    if not problem:
        ready.description.CopyFrom(description)
    return ScriptedRunner(project.config.runners[index], ready, incidents)


def _runners(project: Project) -> ScriptedRunners:
    return ScriptedRunners([_runner(project, index) for index in range(len(RUNNERS))])


@st.composite
def _known(draw: st.DrawFn, count: int) -> Sequence[KnownDivergence]:
    """Draws entries: true ones, stale ones, and some without cases."""
    entries = []
    for line in range(1, 1 + draw(st.integers(0, 4))):
        numbers = draw(st.sets(st.integers(0, count - 1), max_size=3))
        kind = draw(st.sampled_from(["BUG", "FLAKY"]))
        message = Entry(
            case="s/*",
            kind=DivergenceKind.Value(f"DIVERGENCE_KIND_{kind}"),
            outcome=draw(st.sampled_from(_PINNED)),
            reason="issue 7",
            expires=draw(st.sampled_from(["", "2020-01-01"])),
        )
        runner = draw(st.sampled_from([*RUNNERS, "gone"]))
        ids = frozenset(f"s/c{number}" for number in numbers)
        entries.append(KnownDivergence(runner, Place("known.textproto", line), message, ids))
    return entries


@st.composite
def _observations(draw: st.DrawFn, count: int, repetitions: int) -> Observations:
    observation = st.builds(_timed, st.sampled_from(OBSERVATIONS), st.integers(0, 3))
    repeated = st.lists(observation, min_size=repetitions, max_size=repetitions)
    same_each_time = observation.map(lambda one: [one] * repetitions)
    one = st.lists(
        st.one_of(same_each_time, repeated), min_size=len(RUNNERS), max_size=len(RUNNERS)
    )
    right = [[_timed(OBSERVATIONS[0], 5)] * repetitions] * len(RUNNERS)
    return {f"s/c{number}": draw(st.one_of(st.just(right), one)) for number in range(count)}


def _timed(observation: Observation, nanos: int) -> Observation:
    found = Observation()
    found.CopyFrom(observation)
    found.elapsed_nanos = nanos
    return found


@given(data=st.data())
@settings(max_examples=150)
def test_merged_run_equals_the_whole_run(project: Project, data: st.DataObject) -> None:
    count, shards = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 5))
    order = Order(data.draw(st.integers(1, 3)), data.draw(st.sampled_from(["", "7f"])))
    known = data.draw(_known(count))
    observations = data.draw(_observations(count, order.repetitions))
    with tempfile.TemporaryDirectory() as folder:
        scripted = _scripted(project, Path(folder), count, order, known)
        runners = _runners(project)
        whole = scripted.record(runners, observations)
        parts = [
            scripted.record(runners, observations, Shard(i, shards)) for i in range(1, shards + 1)
        ]
        assert log_contents(scripted.merge(parts)) == log_contents(whole)


def _all_right(count: int) -> Observations:
    right = {"response": answer("a"), "error": error(), "agree": answer("a")}
    return {
        case.id: [[right[case.expect.WhichOneof("kind") or ""]]] * len(RUNNERS)
        for case in _cases(count)
    }


def test_only_the_merged_run_reports_stale_entries(project: Project, tmp_path: Path) -> None:
    entry = Entry(
        case="s/gone",
        kind=DivergenceKind.Value("DIVERGENCE_KIND_BUG"),
        outcome=_PINNED[0],
        reason="issue 7",
    )
    known = [KnownDivergence("go", Place("known.textproto", 7), entry, frozenset())]
    scripted = _scripted(project, tmp_path, 6, known=known)
    paths = [scripted.record(_runners(project), _all_right(6), Shard(i, 2)) for i in (1, 2)]
    stale = run_pb2.FINDING_KIND_STALE
    assert not [f for path in paths for f in _findings(path) if f.kind == stale]
    (finding,) = [f for f in _findings(scripted.merge(paths)) if f.kind == stale]
    assert (finding.text, finding.line) == ('case: "s/gone" matches no case', 7)


def test_incidents_of_several_shards_are_reported_once(project: Project, tmp_path: Path) -> None:
    declared = [[_METHOD, f"{_METHOD}More"], [], [_METHOD]]
    runners = ScriptedRunners(
        [
            _runner(project, index, incidents=_INCIDENTS, declared=declared[index])
            for index in range(len(RUNNERS))
        ]
    )
    scripted, observations = _scripted(project, tmp_path, 6), _all_right(6)
    whole = scripted.record(runners, observations)
    merged = scripted.merge(
        [scripted.record(runners, observations, Shard(i, 3)) for i in (1, 2, 3)]
    )
    assert log_contents(merged) == log_contents(whole)
    texts = [finding.text for finding in _findings(merged)]
    for name, incident in itertools.product(RUNNERS, _INCIDENTS):
        assert texts.count(f"{name}: {incident.text}") == 1
    assert texts.count(f"rust does not serve {_METHOD}") == 1
    text = "declares methods that the protos do not have"
    assert texts.count(f"go: {text}: {_METHOD}More") == 1


def test_runner_that_started_in_no_shard_is_absent(project: Project, tmp_path: Path) -> None:
    runners = ScriptedRunners(
        [_runner(project, 0, "no such file"), _runner(project, 1), _runner(project, 2)]
    )
    not_run = [Observation(not_run=NotRun(text="the runner did not start"))]
    observations = {case: [not_run, *observed[1:]] for case, observed in _all_right(6).items()}
    scripted = _scripted(project, tmp_path, 6)
    whole = scripted.record(runners, observations)
    merged = scripted.merge(
        [scripted.record(runners, observations, Shard(i, 3)) for i in (1, 2, 3)]
    )
    assert log_contents(merged) == log_contents(whole)


def _findings(path: Path) -> Sequence[run_pb2.Finding]:
    return [e.finding for e in log_contents(path)["others"] if e.HasField("finding")]


def _footer(path: Path) -> run_pb2.RunFooter:
    footer: run_pb2.RunFooter = log_contents(path)["others"][-1].footer
    return footer


def test_runner_that_did_not_start_in_one_shard_makes_the_run_incomplete(
    project: Project, tmp_path: Path
) -> None:
    """Its results in the other shards still count."""
    observations = dict(_all_right(6))
    without_go = ScriptedRunners(
        [_runner(project, 0, "no such file"), _runner(project, 1), _runner(project, 2)]
    )
    not_run = [Observation(not_run=NotRun(text="the runner did not start"))]
    scripted = _scripted(project, tmp_path, 6)
    paths = [
        scripted.record(
            without_go,
            {c: [not_run, *observed[1:]] for c, observed in observations.items()},
            Shard(1, 2),
        ),
        scripted.record(_runners(project), observations, Shard(2, 2)),
    ]
    merged = scripted.merge(paths)
    texts = [finding.text for finding in _findings(merged)]
    assert "go did not start in shard 1/2: no such file" in texts
    assert _footer(merged).exit_code == 5
    assert _footer(merged).ledgers[0].missing == 3
    wrong = [[answer("b")], *observations["s/c0"][1:]]
    paths[0] = scripted.record(_runners(project), {**observations, "s/c0": wrong}, Shard(1, 2))
    paths[1] = scripted.record(
        without_go,
        {c: [not_run, *observed[1:]] for c, observed in observations.items()},
        Shard(2, 2),
    )
    merged = scripted.merge(paths)
    assert _footer(merged).exit_code == 1
    kinds = {finding.kind: finding.case_id for finding in _findings(merged)}
    assert kinds[run_pb2.FINDING_KIND_DIVERGENCE] == "s/c0"


@pytest.mark.parametrize("order", [Order(), Order(1, "7f"), Order(2)])
def test_cases_that_shards_did_not_run_are_missing(
    project: Project, tmp_path: Path, order: Order
) -> None:
    observations = {
        case: [[*observed] * order.repetitions for observed in all_observed]
        for case, all_observed in _all_right(9).items()
    }
    scripted = _scripted(project, tmp_path, 9, order)
    runners = _runners(project)
    paths = [
        scripted.record(runners, observations, Shard(1, 3)),
        scripted.record(runners, observations, Shard(2, 3), most=1),
        scripted.record(runners, observations, Shard(3, 3), most=0),
    ]
    merged = scripted.merge(paths)
    footer = _footer(merged)
    assert footer.exit_code == 5
    begun = 3 if order.repetitions > 1 else 4  # a case needs both of its calls
    assert [ledger.missing for ledger in footer.ledgers] == [9 - begun] * len(RUNNERS)
    (left,) = [e.left_out for e in log_contents(merged)["others"] if e.HasField("left_out")]
    assert (left.cases, left.text) == (5, "shard 2/3, 3/3: it was cut off")


@pytest.mark.parametrize("count", [1, 2, 3, 7, 64])
def test_shards_are_balanced_and_have_every_case_once(
    project: Project, tmp_path: Path, count: int
) -> None:
    plan = _scripted(project, tmp_path, 30).plan
    parts = [
        [c.case_id for c in plan.for_shard(Shard(i, count)).cases] for i in range(1, count + 1)
    ]
    assert sorted(itertools.chain(*parts)) == sorted(call.case_id for call in plan.cases)
    sizes = [len(part) for part in parts]
    assert max(sizes) - min(sizes) <= 1
    assert [plan.for_shard(Shard(i, count)).total for i in range(1, count + 1)] == sizes


def test_shards_of_a_selection_split_the_selection(project: Project, tmp_path: Path) -> None:
    suites = [suite_of(*_cases(12))]
    plan = make_plan(suites, RUNNERS, "c1", 10.0, filtered=False)
    chosen = [call.case_id for call in plan.cases]
    assert chosen == ["s/c1", "s/c10", "s/c11"]
    parts = [[c.case_id for c in plan.for_shard(Shard(i, 2)).cases] for i in (1, 2)]
    assert parts == [["s/c1", "s/c11"], ["s/c10"]]


def test_plan_digest_is_equal_for_shards_and_different_for_other_plans(
    project: Project, tmp_path: Path
) -> None:
    scripted = _scripted(project, tmp_path, 6)
    same = scripted.prepared().digest
    assert _scripted(project, tmp_path, 6).prepared().digest == same
    assert {scripted.prepared(Shard(i, 2)).digest for i in (1, 2)} == {same}
    entry = Entry(case="s/*", reason="why")
    known = [KnownDivergence("go", Place("k.textproto"), entry, frozenset())]
    suites = [suite_of(*_cases(6))]
    others = [
        _scripted(project, tmp_path, 7),
        _scripted(project, tmp_path, 6, Order(2)),
        _scripted(project, tmp_path, 6, Order(1, "7f")),
        _scripted(project, tmp_path, 6, known=known),
        *(
            ScriptedRun(project, make_plan(suites, *plan, filtered=False), (), tmp_path)
            for plan in ((RUNNERS, "", 10.0), (RUNNERS[:2], "", 10.0), (RUNNERS, "c1", 10.0))
        ),
        ScriptedRun(project, make_plan(suites, RUNNERS, "", 9.0, filtered=False), (), tmp_path),
    ]
    assert len({same, *(other.prepared().digest for other in others)}) == 1 + len(others)


def _parts(scripted: ScriptedRun, project: Project) -> Sequence[Path]:
    return [scripted.record(_runners(project), _all_right(6), Shard(i, 2)) for i in (1, 2)]


def test_log_that_changes_while_it_is_merged_raises_output_error(
    project: Project, tmp_path: Path
) -> None:
    scripted = _scripted(project, tmp_path, 6)
    paths = _parts(scripted, project)
    log = ShardLog(paths[0], "one", read_header(paths[0]))
    paths[0].write_bytes(paths[0].read_bytes()[:40])
    call = next(scripted.plan.cases)
    with pytest.raises(OutputError, match="has changed since it was opened"):
        list(log.observations(0, call))
    log.close()


def test_log_with_other_cases_raises_usage_error(project: Project, tmp_path: Path) -> None:
    scripted = _scripted(project, tmp_path, 6)
    paths = _parts(scripted, project)
    log = ShardLog(paths[0], "one", read_header(paths[0]))
    first, second = itertools.islice(scripted.plan.cases, 2)
    log.check(0, first)
    with pytest.raises(UsageError, match=r"one has another case where shard 1/2 .* has s/c1"):
        log.check(0, second)
    log.close()
