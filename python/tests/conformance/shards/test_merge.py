"""The shards of a run, merged, are that run: in cases, verdicts, findings, sums and decision."""

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
    NAMES,
    Actor,
    Cast,
    Deeds,
    Stage,
    facts,
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
# Every kind of thing that a runner can do, right and wrong.
DEEDS = [
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
    Incident(IncidentKind.CRASH, "ended while nothing was asked"),
    Incident(IncidentKind.BREACH, "answers calls that were not asked"),
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


def _stage(
    project: Project,
    folder: Path,
    count: int,
    order: Order | None = None,
    known: Sequence[KnownDivergence] = (),
) -> Stage:
    cases = _cases(count)
    suites = [suite_of(*cases[: count // 2]), suite_of(*cases[count // 2 :], path="t.textproto")]
    plan = make_plan(suites, NAMES, "", 10.0, filtered=False, order=order or Order())
    return Stage(project, plan, known, folder)


def _actor(
    project: Project,
    index: int,
    problem: str = "",
    incidents: Sequence[Incident] = (),
    claims: Sequence[str] = (_METHOD,),
) -> Actor:
    said = DescribeResponse(name=NAMES[index], version="1", methods=claims)
    ready = RunnerReady(runner=index, jobs=1, problem=problem)
    if not problem:
        ready.description.CopyFrom(said)
    return Actor(project.config.runners[index], ready, incidents)


def _cast(project: Project) -> Cast:
    return Cast([_actor(project, index) for index in range(len(NAMES))])


@st.composite
def _known(draw: st.DrawFn, count: int) -> Sequence[KnownDivergence]:
    """Entries, of which some are true, some stale, and some about nothing."""
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
        runner = draw(st.sampled_from([*NAMES, "gone"]))
        ids = frozenset(f"s/c{number}" for number in numbers)
        entries.append(KnownDivergence(runner, Place("known.textproto", line), message, ids))
    return entries


@st.composite
def _deeds(draw: st.DrawFn, count: int, repetitions: int) -> Deeds:
    deed = st.builds(_timed, st.sampled_from(DEEDS), st.integers(0, 3))
    turns = st.lists(deed, min_size=repetitions, max_size=repetitions)
    steady = deed.map(lambda one: [one] * repetitions)
    one = st.lists(st.one_of(steady, turns), min_size=len(NAMES), max_size=len(NAMES))
    right = [[_timed(DEEDS[0], 5)] * repetitions] * len(NAMES)
    return {f"s/c{number}": draw(st.one_of(st.just(right), one)) for number in range(count)}


def _timed(observation: Observation, nanos: int) -> Observation:
    found = Observation()
    found.CopyFrom(observation)
    found.elapsed_nanos = nanos
    return found


@given(data=st.data())
@settings(max_examples=150)
def test_a_merged_run_is_the_whole_run(project: Project, data: st.DataObject) -> None:
    count, shards = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 5))
    order = Order(data.draw(st.integers(1, 3)), data.draw(st.sampled_from(["", "7f"])))
    known = data.draw(_known(count))
    deeds = data.draw(_deeds(count, order.repetitions))
    with tempfile.TemporaryDirectory() as folder:
        stage = _stage(project, Path(folder), count, order, known)
        cast = _cast(project)
        whole = stage.play(cast, deeds)
        parts = [stage.play(cast, deeds, Shard(i, shards)) for i in range(1, shards + 1)]
        assert facts(stage.merge(parts)) == facts(whole)


def _all_right(count: int) -> Deeds:
    right = {"response": answer("a"), "error": error(), "agree": answer("a")}
    return {
        case.id: [[right[case.expect.WhichOneof("kind") or ""]]] * len(NAMES)
        for case in _cases(count)
    }


def test_what_takes_all_cases_to_say_is_said_by_the_merged_run_alone(
    project: Project, tmp_path: Path
) -> None:
    entry = Entry(
        case="s/gone",
        kind=DivergenceKind.Value("DIVERGENCE_KIND_BUG"),
        outcome=_PINNED[0],
        reason="issue 7",
    )
    known = [KnownDivergence("go", Place("known.textproto", 7), entry, frozenset())]
    stage = _stage(project, tmp_path, 6, known=known)
    paths = [stage.play(_cast(project), _all_right(6), Shard(i, 2)) for i in (1, 2)]
    stale = run_pb2.FINDING_KIND_STALE
    assert not [f for path in paths for f in _findings(path) if f.kind == stale]
    (finding,) = [f for f in _findings(stage.merge(paths)) if f.kind == stale]
    assert (finding.text, finding.line) == ('case: "s/gone" matches no case', 7)


def test_what_runners_did_beside_their_answers_is_told_once(
    project: Project, tmp_path: Path
) -> None:
    claims = [[_METHOD, f"{_METHOD}More"], [], [_METHOD]]
    cast = Cast(
        [
            _actor(project, index, incidents=_INCIDENTS, claims=claims[index])
            for index in range(len(NAMES))
        ]
    )
    stage, deeds = _stage(project, tmp_path, 6), _all_right(6)
    whole = stage.play(cast, deeds)
    merged = stage.merge([stage.play(cast, deeds, Shard(i, 3)) for i in (1, 2, 3)])
    assert facts(merged) == facts(whole)
    texts = [finding.text for finding in _findings(merged)]
    for name, incident in itertools.product(NAMES, _INCIDENTS):
        assert texts.count(f"{name}: {incident.text}") == 1
    assert texts.count(f"rust does not serve {_METHOD}") == 1
    claim = "says that it serves methods that the protos do not have"
    assert texts.count(f"go: {claim}: {_METHOD}More") == 1


def test_a_runner_that_no_shard_could_start_is_absent(project: Project, tmp_path: Path) -> None:
    cast = Cast([_actor(project, 0, "no such file"), _actor(project, 1), _actor(project, 2)])
    not_run = [Observation(not_run=NotRun(text="the runner did not start"))]
    deeds = {case: [not_run, *did[1:]] for case, did in _all_right(6).items()}
    stage = _stage(project, tmp_path, 6)
    whole = stage.play(cast, deeds)
    merged = stage.merge([stage.play(cast, deeds, Shard(i, 3)) for i in (1, 2, 3)])
    assert facts(merged) == facts(whole)


def _findings(path: Path) -> Sequence[run_pb2.Finding]:
    return [e.finding for e in facts(path)["others"] if e.HasField("finding")]


def _footer(path: Path) -> run_pb2.RunFooter:
    footer: run_pb2.RunFooter = facts(path)["others"][-1].footer
    return footer


def test_a_runner_that_one_shard_could_not_start_makes_the_run_incomplete(
    project: Project, tmp_path: Path
) -> None:
    """And hides nothing of what it did elsewhere."""
    deeds = dict(_all_right(6))
    lost = Cast([_actor(project, 0, "no such file"), _actor(project, 1), _actor(project, 2)])
    not_run = [Observation(not_run=NotRun(text="the runner did not start"))]
    stage = _stage(project, tmp_path, 6)
    paths = [
        stage.play(lost, {c: [not_run, *did[1:]] for c, did in deeds.items()}, Shard(1, 2)),
        stage.play(_cast(project), deeds, Shard(2, 2)),
    ]
    merged = stage.merge(paths)
    texts = [finding.text for finding in _findings(merged)]
    assert "go did not start in shard 1/2: no such file" in texts
    assert _footer(merged).exit_code == 5
    assert _footer(merged).ledgers[0].missing == 3
    wrong = [[answer("b")], *deeds["s/c0"][1:]]
    paths[0] = stage.play(_cast(project), {**deeds, "s/c0": wrong}, Shard(1, 2))
    paths[1] = stage.play(lost, {c: [not_run, *did[1:]] for c, did in deeds.items()}, Shard(2, 2))
    merged = stage.merge(paths)
    assert _footer(merged).exit_code == 1
    kinds = {finding.kind: finding.case_id for finding in _findings(merged)}
    assert kinds[run_pb2.FINDING_KIND_DIVERGENCE] == "s/c0"


@pytest.mark.parametrize("order", [Order(), Order(1, "7f"), Order(2)])
def test_what_shards_never_began_is_missing(project: Project, tmp_path: Path, order: Order) -> None:
    deeds = {
        case: [[*did] * order.repetitions for did in all_did]
        for case, all_did in _all_right(9).items()
    }
    stage = _stage(project, tmp_path, 9, order)
    cast = _cast(project)
    paths = [
        stage.play(cast, deeds, Shard(1, 3)),
        stage.play(cast, deeds, Shard(2, 3), most=1),
        stage.play(cast, deeds, Shard(3, 3), most=0),
    ]
    merged = stage.merge(paths)
    footer = _footer(merged)
    assert footer.exit_code == 5
    begun = 3 if order.repetitions > 1 else 4  # One call of two is not all of a case.
    assert [ledger.missing for ledger in footer.ledgers] == [9 - begun] * len(NAMES)
    (left,) = [e.left_out for e in facts(merged)["others"] if e.HasField("left_out")]
    assert (left.cases, left.text) == (5, "shard 2/3, 3/3: it was cut off")


@pytest.mark.parametrize("count", [1, 2, 3, 7, 64])
def test_parts_are_balanced_and_have_every_case_once(
    project: Project, tmp_path: Path, count: int
) -> None:
    plan = _stage(project, tmp_path, 30).plan
    parts = [[c.case_id for c in plan.part(Shard(i, count)).cases] for i in range(1, count + 1)]
    assert sorted(itertools.chain(*parts)) == sorted(call.case_id for call in plan.cases)
    sizes = [len(part) for part in parts]
    assert max(sizes) - min(sizes) <= 1
    assert [plan.part(Shard(i, count)).total for i in range(1, count + 1)] == sizes


def test_a_part_of_a_selection_is_dealt_from_the_selection(
    project: Project, tmp_path: Path
) -> None:
    suites = [suite_of(*_cases(12))]
    plan = make_plan(suites, NAMES, "c1", 10.0, filtered=False)
    chosen = [call.case_id for call in plan.cases]
    assert chosen == ["s/c1", "s/c10", "s/c11"]
    parts = [[c.case_id for c in plan.part(Shard(i, 2)).cases] for i in (1, 2)]
    assert parts == [["s/c1", "s/c11"], ["s/c10"]]


def test_the_digest_is_of_the_plan(project: Project, tmp_path: Path) -> None:
    stage = _stage(project, tmp_path, 6)
    same = stage.prepared().digest
    assert _stage(project, tmp_path, 6).prepared().digest == same
    assert {stage.prepared(Shard(i, 2)).digest for i in (1, 2)} == {same}
    entry = Entry(case="s/*", reason="why")
    known = [KnownDivergence("go", Place("k.textproto"), entry, frozenset())]
    suites = [suite_of(*_cases(6))]
    others = [
        _stage(project, tmp_path, 7),
        _stage(project, tmp_path, 6, Order(2)),
        _stage(project, tmp_path, 6, Order(1, "7f")),
        _stage(project, tmp_path, 6, known=known),
        *(
            Stage(project, make_plan(suites, *plan, filtered=False), (), tmp_path)
            for plan in ((NAMES, "", 10.0), (NAMES[:2], "", 10.0), (NAMES, "c1", 10.0))
        ),
        Stage(project, make_plan(suites, NAMES, "", 9.0, filtered=False), (), tmp_path),
    ]
    assert len({same, *(other.prepared().digest for other in others)}) == 1 + len(others)


def _parts(stage: Stage, project: Project) -> Sequence[Path]:
    return [stage.play(_cast(project), _all_right(6), Shard(i, 2)) for i in (1, 2)]


def test_a_log_that_changes_while_it_is_merged_is_refused(project: Project, tmp_path: Path) -> None:
    stage = _stage(project, tmp_path, 6)
    paths = _parts(stage, project)
    log = ShardLog(paths[0], "one", read_header(paths[0]))
    paths[0].write_bytes(paths[0].read_bytes()[:40])
    call = next(stage.plan.cases)
    with pytest.raises(OutputError, match="has changed since it was opened"):
        list(log.observations(0, call))
    log.close()


def test_a_log_of_other_cases_is_refused(project: Project, tmp_path: Path) -> None:
    stage = _stage(project, tmp_path, 6)
    paths = _parts(stage, project)
    log = ShardLog(paths[0], "one", read_header(paths[0]))
    first, second = itertools.islice(stage.plan.cases, 2)
    log.check(0, first)
    with pytest.raises(UsageError, match=r"one has something else where shard 1/2 .* has s/c1"):
        log.check(0, second)
    log.close()
