"""Checks that a runner gives the same answers in another order and in another process."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Collection, Mapping, Sequence

from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.cases.records import CasesInMemory
from testingkit.conformance.doctor.check_results import Note, failed, ok, skipped
from testingkit.conformance.doctor.probe import Probe, with_stderr
from testingkit.conformance.judging.answers import describe, is_answer
from testingkit.conformance.judging.expectation import why_invalid
from testingkit.conformance.judging.peers import same_answer
from testingkit.conformance.plan.calls import Call, Order
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1.observation_pb2 import Observation

SAMPLE = 5  # cases
_ROUNDS = 3
_REPEATS = ("the second time", "in a second process with the same seed")


def choose_cases(
    suites: Sequence[Suite], served: Collection[str], left_out: Collection[str], most: int = SAMPLE
) -> Sequence[Suite]:
    """Returns up to ``most`` cases of served methods, spread over the suites."""
    able = [
        dataclasses.replace(suite, cases=CasesInMemory(cases))
        for suite in suites
        if (cases := [c for c in suite.cases if c.method.name in served and c.id not in left_out])
    ]
    spread = [able[i * len(able) // most] for i in range(most)] if len(able) > most else able
    rounds = itertools.zip_longest(*(suite.cases for suite in spread))
    one_of_each = (case for cases in rounds for case in cases if case is not None)
    chosen = {case.id for case in itertools.islice(one_of_each, most)}
    return [
        dataclasses.replace(suite, cases=CasesInMemory([c for c in suite.cases if c.id in chosen]))
        for suite in spread
    ]


async def check_determinism(probe: Probe) -> Sequence[Note]:
    """Calls a few cases twice in one process, and once more in another.

    Cases of known divergences are left out: a run checks them, and some may crash.
    """
    loaded = probe.loaded
    if loaded.schema is None or loaded.suites is None:
        return [skipped("there are no cases to call")]
    name = probe.config.name
    known = {i for entry in loaded.known if entry.runner == name for i in entry.case_ids}
    suites = choose_cases(loaded.suites, frozenset(probe.methods), known)
    if not any(suite.cases for suite in suites):
        return [skipped("no case calls a method that it serves")]
    order = Order(_ROUNDS)
    plan = make_plan(suites, [name], "", probe.limits.call_timeout, filtered=True, order=order)
    seen = await _observe(probe, list(plan.calls))
    notes = [note for call in plan.cases if (note := _look_at(call.case, seen[call.id], name))]
    times = "the same twice in one process and once in another"
    return notes or [ok(f"{count(plan.total, 'case')} answered {times}")]


async def _observe(probe: Probe, calls: Sequence[Call]) -> Mapping[int, Sequence[Observation]]:
    """Returns the observations of each case by the id of its first call; a failure ends them."""
    seen: dict[int, list[Observation]] = {call.first: [] for call in calls}
    rounds = [calls[start : start + len(seen)] for start in range(0, len(calls), len(seen))]
    for number, calls_of_round in enumerate(rounds):
        if number != 1:
            await probe.start()
        made = [c for c in calls_of_round if all(_is_valid(c.case, o) for o in seen[c.first])]
        answers = await probe.ask(made if number != 1 else made[::-1])
        for call in made:
            seen[call.first].append(answers[call.id])
    return seen


def _is_valid(case: Case, observation: Observation) -> bool:
    return is_answer(observation) and not why_invalid(case, observation)


def _look_at(case: Case, observations: Sequence[Observation], runner: str) -> Note | None:
    command = f"testingkit run -r {runner} -k {case.id}"
    last = observations[-1]
    if not _is_valid(case, last):
        text = f"{case.id}: {why_invalid(case, last) or describe(last)}"
        return failed(with_stderr(text, last), f"run it alone: {command}")
    first, *others = observations
    for repeat, other in zip(_REPEATS, others, strict=True):
        if not same_answer(case, first, other):
            text = f"answers {case.id} differently {repeat}"
            advice = "do not use time, order or earlier calls, and seed random values with "
            return failed(text, f"{advice}TESTINGKIT_SEED; reproduce it: {command} --repeat 5")
    return None
