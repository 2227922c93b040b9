"""Selects the cases whose goldens to accept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.cases.patterns import pattern_matches
from testingkit.conformance.errors import NothingSelected, UsageError
from testingkit.conformance.text.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class GoldenSelection:
    """The cases to accept.

    Attributes:
        words: Case ids and patterns.
        missing: Whether to add all cases whose golden is missing.
    """

    words: Sequence[str] = ()
    missing: bool = False


def choose_cases(suites: Sequence[Suite], selection: GoldenSelection) -> Sequence[Case]:
    """Returns the selected cases and those that share a golden file with one, in their order.

    Raises:
        NothingSelected: An id does not exist, or a pattern matches no case that expects a golden.
        UsageError: A case has its answer in the case file.
    """
    cases = {case.id: case for suite in suites for case in suite.cases}
    chosen = {case.id for word in selection.words for case in _matching(word, cases)}
    if selection.missing:
        chosen |= {c.id for c in cases.values() if c.golden and not c.golden.exists}
    files = {case.golden.file for case in cases.values() if case.golden and case.id in chosen}
    return [case for case in cases.values() if case.golden and case.golden.file in files]


def _matching(word: str, cases: Mapping[str, Case]) -> Iterator[Case]:
    if "*" in word:
        matches = [case for case in cases.values() if pattern_matches(word, case.id)]
        if not any(case.golden for case in matches):
            raise NothingSelected(f"{word!r} matches no case that expects a golden")
        yield from (case for case in matches if case.golden)
        return
    case = cases.get(word)
    if case is None:
        raise NothingSelected(f"there is no case {word!r}{did_you_mean(word, cases)}")
    if case.golden is None:
        kind = case.expect.WhichOneof("kind")
        raise UsageError(
            f"{case.place.path}:{case.place.line}: {word} expects {kind} {{...}} and has no golden "
            "file; write expect { golden {} } to keep the answer in one"
        )
    yield case
