"""The built-in liars: implementations that compute nothing, and their answers.

A liar knows the expectations of the suite, which no runner sees, but only the request of the case
that it answers. If it passes, the suite cannot tell it from a working implementation there.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from testingkit.conformance.audit.echo import echo
from testingkit.conformance.audit.stated_answers import (
    commonest_error,
    stated_answers,
    stated_errors,
)
from testingkit.conformance.cases.model import Case
from testingkit.conformance.v1.observation_pb2 import NoResult, Observation

_DEFAULT = Observation(response=b"")


class Knowledge:
    """The answers of liars to the cases of one suite, prepared from the expectations."""

    def __init__(self, cases: Sequence[Case]) -> None:
        by_method: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            by_method[case.method.name].append(case)
        self.responses = {name: _commonest(found) for name, found in by_method.items()}
        self.errors = {
            name: commonest_error([e for case in found for e in stated_errors(case.expect)])
            for name, found in by_method.items()
        }
        self.swapped: dict[str, Observation] = {}  # by the id of the case
        for found in by_method.values():
            self.swapped.update(_swapped(found))


@dataclass(frozen=True, slots=True)
class Liar:
    """One liar."""

    name: str
    description: str
    answer: Callable[[Case, Knowledge], Observation]


NULL = "null"  # proves that a missing answer does not pass
LIARS: Sequence[Liar] = (
    Liar(
        NULL,
        "never answers",
        lambda _case, _known: Observation(no_result=NoResult(text="a liar that never answers")),
    ),
    Liar(
        "empty",
        "answers with the default response",
        lambda _case, _known: _DEFAULT,
    ),
    Liar(
        "echo",
        "answers with the request, as far as it fits",
        lambda case, _known: Observation(response=echo(case)),
    ),
    Liar(
        "constant",
        "answers every case with the commonest response of its method",
        lambda case, known: known.responses[case.method.name],
    ),
    Liar(
        "always_error",
        "answers every case with the commonest error of its method",
        lambda case, known: known.errors[case.method.name],
    ),
    Liar(
        "swap",
        "answers every case with what another one expects",
        lambda case, known: known.swapped[case.id],
    ),
)


def _commonest(cases: Sequence[Case]) -> Observation:
    """Returns the response that most cases expect; of several the first, or the default."""
    counts = Counter(response for case in cases for response in _responses(case))
    return Observation(response=counts.most_common(1)[0][0]) if counts else _DEFAULT


def _responses(case: Case) -> Sequence[bytes]:
    answers = (answer for answer in stated_answers(case.expect) if answer.HasField("response"))
    return [*dict.fromkeys(answer.response for answer in answers)]


def _swapped(cases: Sequence[Case]) -> Mapping[str, Observation]:
    """Returns for every case of a method the answer that a later case states, going in a ring.

    It is the answer of the next case that states a different one, or, if all state the same, of the
    next case. If no other case states an answer, it is the default response.
    """
    answers = {
        index: stated[0]
        for index, case in enumerate(cases)
        if (stated := stated_answers(case.expect))
    }
    stating = list(answers)
    # The cases whose answer is not that of the case before them. After a case with an answer, the
    # next of these is the next case with a different answer.
    changes = [
        index
        for previous, index in zip([*stating[-1:], *stating], stating, strict=False)
        if answers[previous] != answers[index]
    ]
    swapped: dict[str, Observation] = {}
    for index, case in enumerate(cases):
        candidates = changes if changes and index in answers else stating
        donor = _next_in_ring(candidates, index)
        swapped[case.id] = _DEFAULT if donor is None or donor == index else answers[donor]
    return swapped


def _next_in_ring(positions: Sequence[int], position: int) -> int | None:
    """Returns the next of some ascending positions after another, beginning again at the end."""
    if not positions:
        return None
    return positions[bisect.bisect_right(positions, position) % len(positions)]
