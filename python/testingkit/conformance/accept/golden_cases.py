"""Which cases' goldens a person means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.cases.patterns import pattern_matches
from testingkit.conformance.errors import NothingSelected, UsageError
from testingkit.conformance.text.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class GoldenSelection:
    """Cases by id or pattern, and all whose golden is missing."""

    words: Sequence[str] = ()
    missing: bool = False


def choose_cases(suites: Sequence[Suite], selection: GoldenSelection) -> Sequence[Case]:
    """Returns the chosen cases, in their order, and those that share a file with one of them.

    Raises:
        NothingSelected: There is no such case, or a pattern matches none that expects a golden.
        UsageError: The answer of a case is not in a file of its own.
    """
    cases = {case.id: case for suite in suites for case in suite.cases}
    chosen = {case.id for word in selection.words for case in _meant(word, cases)}
    if selection.missing:
        chosen |= {c.id for c in cases.values() if c.golden and not c.golden.exists}
    files = {case.golden.file for case in cases.values() if case.golden and case.id in chosen}
    return [case for case in cases.values() if case.golden and case.golden.file in files]


def _meant(word: str, cases: Mapping[str, Case]) -> Iterator[Case]:
    if "*" in word:
        matching = [case for case in cases.values() if pattern_matches(word, case.id)]
        if not any(case.golden for case in matching):
            raise NothingSelected(f"{word!r} matches no case that expects a golden")
        yield from (case for case in matching if case.golden)
        return
    case = cases.get(word)
    if case is None:
        raise NothingSelected(f"there is no case {word!r}{did_you_mean(word, cases)}")
    if case.golden is None:
        kind = case.expect.WhichOneof("kind")
        raise UsageError(
            f"{word} expects {kind} {{...}}, which is in {case.place.path}:{case.place.line}; "
            "expect { golden {} } there keeps the answer in a file of its own"
        )
    yield case
