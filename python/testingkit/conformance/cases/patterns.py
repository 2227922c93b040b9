"""Matches patterns with case ids, and finds few patterns that match exactly some cases."""

from __future__ import annotations

import bisect
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import takewhile

from testingkit.conformance.cases.model import Case

_PARTS = re.compile(r"(?:(?<=/)|^)\*\*/|\*\*|\*|[^*]+")
_SEPARATORS = "/_.-"
_TOKEN = re.compile(rf"[{_SEPARATORS}]|[^{_SEPARATORS}]+")

_Tokens = list[str]  # of an id: its words and the separators between them
_Key = Callable[[_Tokens], str]


def pattern_matches(pattern: str, case_id: str) -> bool:
    """Returns whether a pattern matches: ``*`` within one component, ``**`` across components.

    A ``**`` that is a component of its own also matches no component. A regular
    expression is not used, because one with many stars can take exponential time.
    """
    reached: Collection[int] = {0}  # where in the id the parts of the pattern so far can end
    for part in _PARTS.findall(pattern):
        reached = _reach(part, case_id, reached)
        if not reached:
            return False
    return len(case_id) in reached


def _reach(part: str, text: str, starts: Collection[int]) -> Collection[int]:
    """Returns where a part of a pattern can end in a text if it starts at one of some offsets."""
    if part == "**":
        return range(min(starts), len(text) + 1)
    if part == "**/":
        after = (match.end() for match in re.finditer("/", text) if match.end() > min(starts))
        return {*starts, *after}
    if part == "*":
        return _within_components(text, starts)
    return {start + len(part) for start in starts if text.startswith(part, start)}


def _within_components(text: str, starts: Iterable[int]) -> Collection[int]:
    ends: set[int] = set()
    for start in sorted(starts):
        if start not in ends:
            end = text.find("/", start)
            ends.update(range(start, (len(text) if end < 0 else end) + 1))
    return ends


def names(case: Case) -> Sequence[str]:
    """Returns the ids of a case that a pattern can match: its id and its former ids."""
    suite = case.id.removesuffix(case.message.name)
    return [case.id, *(suite + name for name in case.message.former_names)]


class CaseIndex:
    """Finds the cases that patterns match.

    Names are sorted, forwards and backwards. Only those with the text before the first star of a
    pattern are looked at, or those with the text after its last one, if they are fewer.
    """

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = cases
        self._positions: dict[str, list[int]] = defaultdict(list)
        for position, case in enumerate(cases):
            for name in names(case):
                self._positions[name].append(position)

    @functools.cached_property
    def _forwards(self) -> Sequence[str]:
        return sorted(self._positions)

    @functools.cached_property
    def _backwards(self) -> Sequence[str]:
        return sorted(name[::-1] for name in self._positions)

    def matching(self, pattern: str) -> Sequence[Case]:
        """Returns the cases that a pattern matches, in their order."""
        if "*" not in pattern:
            return [self._cases[position] for position in self._positions.get(pattern, ())]
        found = {
            position
            for name in self._candidates(pattern)
            if pattern_matches(pattern, name)
            for position in self._positions[name]
        }
        return [self._cases[position] for position in sorted(found)]

    def _candidates(self, pattern: str) -> Iterable[str]:
        """Returns the names that can match a pattern."""
        head = pattern.partition("*")[0]
        tail = pattern.rpartition("*")[2].removeprefix("/")  # "**/b" matches "b", too.
        first, last = _range_of(self._forwards, head)
        first_back, last_back = _range_of(self._backwards, tail[::-1])
        if last - first <= last_back - first_back:
            return self._forwards[first:last]
        return (name[::-1] for name in self._backwards[first_back:last_back])


def _range_of(ordered: Sequence[str], head: str) -> tuple[int, int]:
    """Returns the range of the texts that begin with a text, in a sorted list."""
    first = bisect.bisect_left(ordered, head)
    after = bisect.bisect_right(ordered, head, lo=first, key=lambda text: text[: len(head)])
    return first, after


def cover(case_ids: Collection[str], index: CaseIndex) -> Sequence[str]:
    """Returns few patterns that match some cases and no others.

    A wildcard replaces whole words, but not the first component of a suite, so that a pattern shows
    what its cases have in common. A case without a common pattern is listed by its id.

    Args:
        case_ids: The cases to match.
        index: All cases of the project.
    """
    suites = _grouped([_TOKEN.findall(case_id) for case_id in case_ids], _first_component)
    found: list[str] = []
    for ids in suites:
        covers = [_cover(ids, index, key) for key in (_first_difference, _last_difference)]
        fewest: Sequence[str] = min(covers, key=len)
        found += fewest
    return sorted(found)


def _cover(
    wanted: Sequence[_Tokens], index: CaseIndex, key: Callable[[Sequence[_Tokens]], _Key]
) -> Sequence[str]:
    """Returns one pattern for all ids or, if it matches other cases, patterns for groups."""
    found: list[str] = []
    waiting = [wanted]
    while waiting:
        ids = waiting.pop()
        if len(ids) == 1:
            found.append("".join(ids[0]))
        elif _matches_only(pattern := _pattern_of(ids), ids, index):
            found.append(pattern)
        else:
            waiting += _grouped(ids, key(ids))
    return found


def _matches_only(pattern: str, ids: Sequence[_Tokens], index: CaseIndex) -> bool:
    own = {"".join(tokens) for tokens in ids}
    return own.issuperset(case.id for case in index.matching(pattern))


def _pattern_of(ids: Sequence[_Tokens]) -> str:
    """Returns the narrowest pattern of whole words that matches some ids of one suite."""
    head = _up_to_separator(_common_prefix(ids))
    rest = [tokens[len(head) :] for tokens in ids]
    tail = _up_to_separator(_common_prefix([tokens[::-1] for tokens in rest]))[::-1]
    middles = [tokens[: len(tokens) - len(tail)] for tokens in rest]
    wildcard = "**" if any("/" in tokens for tokens in middles) else "*"
    return "".join([*head, wildcard, *tail])


def _common_prefix(ids: Sequence[_Tokens]) -> _Tokens:
    """Returns the tokens with which all ids begin."""
    columns = takewhile(lambda column: len(set(column)) == 1, zip(*ids, strict=False))
    return [column[0] for column in columns]


def _up_to_separator(tokens: _Tokens) -> _Tokens:
    """Returns tokens without a last word, because some of the ids may end with it."""
    return tokens[:-1] if tokens and tokens[-1] not in _SEPARATORS else tokens


def _first_component(tokens: _Tokens) -> str:
    return "".join(tokens[: tokens.index("/")])


def _first_difference(ids: Sequence[_Tokens]) -> _Key:
    place = len(_common_prefix(ids))
    return lambda tokens: "".join(tokens[place : place + 1])


def _last_difference(ids: Sequence[_Tokens]) -> _Key:
    place = len(_common_prefix([tokens[::-1] for tokens in ids]))
    return lambda tokens: "".join(tokens[::-1][place : place + 1])


def _grouped(ids: Sequence[_Tokens], key: _Key) -> Sequence[Sequence[_Tokens]]:
    groups: dict[str, list[_Tokens]] = defaultdict(list)
    for tokens in sorted(ids):
        groups[key(tokens)].append(tokens)
    return list(groups.values())
