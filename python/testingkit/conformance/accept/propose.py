"""Calls the runners for the answers of goldens, proposes changes, and writes accepted ones.

This is never part of a run: a run that wrote the goldens that it compares with could not fail.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from testingkit import __version__
from testingkit.conformance.accept.consensus import (
    Panel,
    RefusedError,
    choose_answer,
    golden_of,
    text_of,
)
from testingkit.conformance.accept.golden_cases import GoldenSelection, choose_cases
from testingkit.conformance.accept.proposals import GoldenProposal, GoldenProposals, GoldenStatus
from testingkit.conformance.cases.load import Goldens
from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.records import CasesInMemory
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.engine.ask import ask
from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.engine.runner_pool import RunnerPool, temporary_pool
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


def propose(project: Project, selection: GoldenSelection, source: str) -> GoldenProposals:
    """Calls every runner, and returns the proposed changes of the goldens.

    Args:
        project: The project.
        selection: The cases.
        source: The runner whose answers to take; empty takes answers on which runners agree.

    Raises:
        TestingKitError: The selection, the case files or the types are not valid.
    """
    return asyncio.run(_propose(project, selection, source))


def write(proposals: GoldenProposals) -> None:
    """Writes all new and changed golden files, or none if one fails.

    Raises:
        OutputError: A file cannot be written.
    """
    write_all(proposals.texts)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The calls for the goldens, ready to send.

    Attributes:
        schema: The types.
        cases: The chosen cases, by their ids.
        plan: The calls of these cases.
        known: The known divergences of the project.
    """

    schema: Schema
    cases: Mapping[str, Case]
    plan: Plan
    known: Sequence[KnownDivergence]


async def _propose(project: Project, selection: GoldenSelection, source: str) -> GoldenProposals:
    enabled = [config.name for config in project.runners(())]
    configs = project.runners([*enabled, *([source] if source else [])])
    names = [config.name for config in configs]
    seed = secrets.token_hex(4)
    # Every case is called twice, in different orders, to find flaky answers.
    order = Order(repetitions=2, shuffle=seed)
    schema = project.schema()
    prepared = None if schema is None else _prepare(project, schema, selection, names, order)
    if prepared is not None and not prepared.cases:
        return GoldenProposals(names, {}, [], prepared.schema)
    async with temporary_pool(project, configs, seed) as runners:
        if prepared is None:
            schema = await runners.reflected_schema()
            prepared = _prepare(project, schema, selection, names, order)
        observed = await _observe(runners, prepared.plan, prepared.schema)
        witnesses = [_witness(configs[i], runners, i) for i in range(len(configs))]
    absent = frozenset(map(names.index, runners.problems))
    proposer = _GoldenProposer(project, prepared.schema, names, witnesses, absent, source)
    return GoldenProposals(
        names, runners.problems, proposer.proposals(prepared, observed), prepared.schema
    )


def _prepare(
    project: Project,
    schema: Schema,
    selection: GoldenSelection,
    names: Sequence[str],
    order: Order,
) -> _Prepared:
    suites, known = project.load_for_accept(schema)
    cases = {case.id: case for case in choose_cases(suites, selection)}
    selected = [
        replace(
            suite,
            cases=CasesInMemory([_with_expectation(c) for c in suite.cases if c.id in cases]),
        )
        for suite in suites
    ]
    timeout = project.config.limits.call_timeout
    if not cases:
        return _Prepared(schema, {}, Plan([], names, timeout, order, filtered=True), known)
    plan = make_plan(selected, names, "", timeout, filtered=True, order=order)
    return _Prepared(schema, cases, plan, known)


def _with_expectation(case: Case) -> Case:
    """Returns a case that expects agreement if its golden does not exist yet."""
    if case.golden is None or case.golden.exists:
        return case
    expect = Expectation()
    expect.agree.reason = "its golden is still to be accepted"
    return replace(case, expect=expect)


async def _observe(
    runners: RunnerPool, plan: Plan, schema: Schema
) -> Mapping[int, Sequence[Sequence[Observation]]]:
    """Returns the observations of every runner, by the id of the first call of the case.

    A runner that breaks the protocol has a protocol error for every case.
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


class _GoldenProposer:
    """Turns the observations of the runners into proposals."""

    def __init__(
        self,
        project: Project,
        schema: Schema,
        names: Sequence[str],
        witnesses: Sequence[Witness],
        absent: frozenset[int],
        source: str,
    ) -> None:
        self._project = project
        self._names = names
        self._witnesses = witnesses
        self._panel = Panel(names, project.families(names), absent)
        self._source = names.index(source) if source else None
        self._goldens: Goldens = project.goldens(schema)
        self._today = datetime.datetime.now(datetime.UTC).date().isoformat()

    def proposals(
        self, prepared: _Prepared, observed: Mapping[int, Sequence[Sequence[Observation]]]
    ) -> Sequence[GoldenProposal]:
        book = self._project.book(prepared.known)
        assessor = Assessor(self._names, book, all_runners=True)
        proposals = []
        for call in prepared.plan.cases:
            finished = assessor.assess(call.id, call.case, observed[call.id])
            case = prepared.cases[call.case_id]
            proposals.append(self._propose(case, finished, self._source))
        return self._with_sources(_refuse_conflicts(proposals))

    def _with_sources(self, proposals: Sequence[GoldenProposal]) -> Sequence[GoldenProposal]:
        """Adds to refused proposals the runners whose answers `--from` would accept.

        Each is tried, with all cases that share the golden file.
        """
        by_file = _by_file(proposals)
        return [
            replace(p, sources=self._sources(by_file[p.case.golden.file]))
            if p.status is GoldenStatus.REFUSED and p.case.golden
            else p
            for p in proposals
        ]

    def _sources(self, sharers: Sequence[GoldenProposal]) -> Sequence[int]:
        sources = []
        for runner in range(len(self._names)):
            tried = [self._propose(p.case, p.finished, runner) for p in sharers]
            statuses = {proposal.status for proposal in _refuse_conflicts(tried)}
            if runner != self._source and GoldenStatus.REFUSED not in statuses:
                sources.append(runner)
        return sources

    def _propose(self, case: Case, finished: FinishedCase, source: int | None) -> GoldenProposal:
        try:
            chosen = choose_answer(case, finished, self._panel, source)
            golden = golden_of(
                case,
                chosen.observation,
                Provenance(
                    accepted=self._today,
                    testingkit_version=__version__,
                    witnesses=[self._witnesses[runner] for runner in chosen.runners],
                ),
            )
            text = ""
            if chosen.status is not GoldenStatus.UNCHANGED:
                _check_place(case)
                text = text_of(case, golden, self._goldens)
        except RefusedError as error:
            return GoldenProposal(case, finished, GoldenStatus.REFUSED, str(error))
        found = chosen.result.differences
        return GoldenProposal(
            case,
            finished,
            chosen.status,
            "",
            text,
            golden,
            found,
            chosen.result.runner,
        )


def _check_place(case: Case) -> None:
    """Raises `RefusedError` if a symbolic link leads to another file."""
    if case.golden is not None:
        direct = Path(os.path.normpath(case.golden.file))
        if Path(os.path.realpath(case.golden.file)) != direct:
            raise RefusedError(f"{case.golden.path} is behind a symbolic link")


def _refuse_conflicts(proposals: Sequence[GoldenProposal]) -> Sequence[GoldenProposal]:
    """Returns the proposals, with those refused that need different texts in one golden file."""
    by_file = _by_file(proposals)
    return [_checked(p, by_file[p.case.golden.file]) for p in proposals if p.case.golden]


def _by_file(proposals: Sequence[GoldenProposal]) -> Mapping[Path, Sequence[GoldenProposal]]:
    """Returns the proposals of each golden file."""
    by_file: dict[Path, list[GoldenProposal]] = {}
    for proposal in proposals:
        if proposal.case.golden is not None:
            by_file.setdefault(proposal.case.golden.file, []).append(proposal)
    return by_file


def _checked(proposal: GoldenProposal, sharers: Sequence[GoldenProposal]) -> GoldenProposal:
    statuses = {sharer.status for sharer in sharers}
    answers = {_answer(sharer.golden) for sharer in sharers if sharer.golden is not None}
    is_agreed = len(answers) == 1 or statuses == {GoldenStatus.UNCHANGED}
    if proposal.status is GoldenStatus.REFUSED or is_agreed:
        return proposal
    others = ", ".join(sharer.case.id for sharer in sharers if sharer is not proposal)
    reason = f"shares its golden file with {others}, whose answer differs"
    return replace(proposal, status=GoldenStatus.REFUSED, reason=reason)


def _answer(golden: GoldenFile) -> bytes:
    answer = GoldenFile()
    answer.CopyFrom(golden)
    answer.ClearField("provenance")
    return answer.SerializeToString(deterministic=True)
