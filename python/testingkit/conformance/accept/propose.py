"""Asks the runners for the answers that goldens are to hold, and writes them when a person says so.

Never part of a run: a run compares with goldens, and one that wrote them could not fail.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from testingkit import __version__
from testingkit.conformance.accept.consensus import RefusedError, golden_of, take, text_of
from testingkit.conformance.accept.golden_cases import GoldenSelection, choose
from testingkit.conformance.accept.proposals import Proposal, Proposals, Standing
from testingkit.conformance.cases.load import Goldens
from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.records import HeldCases
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.engine.ask import ask
from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.engine.runner_pool import RunnerPool
from testingkit.conformance.files import write_all
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.plan.calls import Order
from testingkit.conformance.plan.plan import Plan
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.runners.transport import IncidentKind
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.golden_pb2 import GoldenFile, Provenance, Witness
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase


def propose(project: Project, selection: GoldenSelection, source: str) -> Proposals:
    """Asks every runner for the answers, and says what would become of the goldens.

    Args:
        project: The project.
        selection: The cases.
        source: The runner whose answers are wanted; empty takes those on which runners agree.

    Raises:
        TestingKitError: The cases or the subject's types cannot be had.
    """
    return asyncio.run(_propose(project, selection, source))


def write(proposals: Proposals) -> None:
    """Writes the files that are new or changed, all of them or none.

    Raises:
        OutputError: One of them cannot be written.
    """
    write_all(proposals.texts)


@dataclass(frozen=True, slots=True)
class _Prepared:
    cases: Mapping[str, Case]
    plan: Plan
    known: Sequence[KnownDivergence]


async def _propose(project: Project, selection: GoldenSelection, source: str) -> Proposals:
    enabled = [config.name for config in project.runners(())]
    configs = project.runners([*enabled, *([source] if source else [])])
    names = [config.name for config in configs]
    seed = secrets.token_hex(4)
    # Twice, each time in another order: an answer that wavers is none to keep.
    order = Order(repetitions=2, shuffle=seed)
    schema = project.schema()
    prepared = None if schema is None else _prepare(project, schema, selection, names, order)
    if schema is not None and prepared is not None and not prepared.cases:
        return Proposals(names, {}, [], schema)
    with tempfile.TemporaryDirectory(prefix="testingkit-") as folder:
        async with RunnerPool(project, configs, Path(folder), seed) as runners:
            await runners.start()
            if schema is None:
                schema = await runners.reflected_schema()
                prepared = _prepare(project, schema, selection, names, order)
            if prepared is None:
                raise RuntimeError("cases without a plan")
            observed = await _observe(runners, prepared.plan, schema)
            witnesses = [_witness(configs[i], runners, i) for i in range(len(configs))]
    desk = _Desk(project, schema, names, witnesses, source)
    return Proposals(names, runners.problems, desk.proposals(prepared, observed), schema)


def _prepare(
    project: Project,
    schema: Schema,
    selection: GoldenSelection,
    names: Sequence[str],
    order: Order,
) -> _Prepared:
    suites, known = project.load_for_accept(schema)
    cases = {case.id: case for case in choose(suites, selection)}
    asked = [
        replace(suite, cases=HeldCases([_askable(c) for c in suite.cases if c.id in cases]))
        for suite in suites
    ]
    timeout = project.config.limits.call_timeout
    if not cases:
        return _Prepared({}, Plan([], names, timeout, order, filtered=True), known)
    plan = make_plan(asked, names, "", timeout, filtered=True, order=order)
    return _Prepared(cases, plan, known)


def _askable(case: Case) -> Case:
    """Without a golden there is nothing to compare with but each other."""
    if case.golden is None or case.golden.exists:
        return case
    expect = Expectation()
    expect.agree.reason = "its golden is still to be accepted"
    return replace(case, expect=expect)


async def _observe(
    runners: RunnerPool, plan: Plan, schema: Schema
) -> Mapping[int, Sequence[Sequence[Observation]]]:
    """Returns for every case, by the id of its first call, the observations of every runner.

    Of a runner that breaks the protocol no answer is used.
    """
    calls = list(plan.calls)
    answers = await ask(runners.targets(schema), calls)
    observed: dict[int, list[list[Observation]]] = {
        call.id: [[] for _ in plan.runners] for call in plan.cases
    }
    for call in calls:
        for index, answer in enumerate(answers):
            observed[call.first][index].append(answer[call.id])
    for index, session in enumerate(runners.sessions):
        breaches = [i for i in session.take_incidents() if i.kind is IncidentKind.BREACH]
        for call in plan.cases if breaches else ():
            observation = Observation(call_id=call.id)
            observation.protocol_error.text = breaches[0].text
            observed[call.id][index] = [observation]
    return observed


def _witness(config: RunnerConfig, runners: RunnerPool, index: int) -> Witness:
    return Witness(runner=config.name, version=runners.ready(index).description.version)


class _Desk:
    """Where what the runners did is made into proposals."""

    def __init__(
        self,
        project: Project,
        schema: Schema,
        names: Sequence[str],
        witnesses: Sequence[Witness],
        source: str,
    ) -> None:
        self._project = project
        self._names = names
        self._witnesses = witnesses
        self._source = names.index(source) if source else None
        self._goldens: Goldens = project.goldens(schema)
        self._today = datetime.datetime.now(datetime.UTC).date().isoformat()

    def proposals(
        self, prepared: _Prepared, observed: Mapping[int, Sequence[Sequence[Observation]]]
    ) -> Sequence[Proposal]:
        book = self._project.book(prepared.known)
        assessor = Assessor(self._names, book, everyone=True)
        made = []
        for call in prepared.plan.cases:
            finished = assessor.assess(call.id, call.case, observed[call.id])
            made.append(self._propose(prepared.cases[call.case_id], finished))
        return _without_disputes(made)

    def _propose(self, case: Case, finished: FinishedCase) -> Proposal:
        try:
            taken = take(case, finished, self._names, self._source)
            golden = golden_of(
                case,
                taken.observation,
                Provenance(
                    accepted=self._today,
                    testingkit_version=__version__,
                    witnesses=[self._witnesses[runner] for runner in taken.runners],
                ),
            )
            text = ""
            if taken.standing is not Standing.UNCHANGED:
                _check_place(case)
                text = text_of(case, golden, self._goldens)
        except RefusedError as error:
            return Proposal(case, finished, Standing.REFUSED, str(error))
        found = taken.result.differences
        return Proposal(
            case, finished, taken.standing, "", text, golden, found, taken.result.runner
        )


def _check_place(case: Case) -> None:
    """Raises `RefusedError` where a link would have the file written elsewhere."""
    if case.golden is not None:
        straight = Path(os.path.normpath(case.golden.file))
        if case.golden.file.resolve() != straight:
            raise RefusedError(f"{case.golden.path} is behind a symbolic link")


def _without_disputes(proposals: Sequence[Proposal]) -> Sequence[Proposal]:
    """Refuses what cases that share a golden file do not agree on."""
    by_file: dict[Path, list[Proposal]] = {}
    for proposal in proposals:
        if proposal.case.golden is not None:
            by_file.setdefault(proposal.case.golden.file, []).append(proposal)
    return [_settled(p, by_file[p.case.golden.file]) for p in proposals if p.case.golden]


def _settled(proposal: Proposal, sharers: Sequence[Proposal]) -> Proposal:
    standings = {sharer.standing for sharer in sharers}
    answers = {_answer(sharer.golden) for sharer in sharers if sharer.golden is not None}
    alike = len(answers) == 1 or standings == {Standing.UNCHANGED}
    if proposal.standing is Standing.REFUSED or alike:
        return proposal
    others = ", ".join(sharer.case.id for sharer in sharers if sharer is not proposal)
    reason = f"shares its golden file with {others}, whose answer is another"
    return replace(proposal, standing=Standing.REFUSED, reason=reason)


def _answer(golden: GoldenFile) -> bytes:
    answer = GoldenFile()
    answer.CopyFrom(golden)
    answer.ClearField("provenance")
    return answer.SerializeToString(deterministic=True)
