"""Patterns of case ids: which cases one matches, and few patterns that match some and no others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import takewhile

from testingkit.conformance.cases.model import Case

_PARTS = re.compile(r"(?:(?<=/)|^)\*\*/|\*\*|\*|[^*]+")
_TOKEN = re.compile(r"[/_]|[^/_]+")

_Tokens = list[str]  # of an id: its words, and the marks between them
_Key = Callable[[_Tokens], str]


def pattern_matches(pattern: str, case_id: str) -> bool:
    """Tells whether a pattern matches: ``*`` within one component, ``**`` over any number.

    A ``**`` that is a component of its own may stand for none. A regular expression would try the
    stars' shares one after the other, which takes for ever where there are many.
    """
    reached: Collection[int] = {0}  # how far the pattern's parts so far may have come in the id
    for part in _PARTS.findall(pattern):
        reached = _reach(part, case_id, reached)
        if not reached:
            return False
    return len(case_id) in reached


def _reach(part: str, text: str, starts: Collection[int]) -> Collection[int]:
    """Returns where a part of a pattern may end that starts at one of some places of a text."""
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
    """Returns what a pattern may call a case: its id, and the ids that it had."""
    suite = case.id.removesuffix(case.message.name)
    return [case.id, *(suite + name for name in case.message.former_names)]


class CaseIndex:
    """Finds the cases that patterns match."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = cases
        self._by_name: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            for name in names(case):
                self._by_name[name].append(case)

    def matching(self, pattern: str) -> Sequence[Case]:
        """Returns the cases that a pattern matches, in their order."""
        if "*" not in pattern:
            return self._by_name.get(pattern, [])
        head = pattern.partition("*")[0]
        return [case for case in self._cases if _matches(pattern, head, case)]


def _matches(pattern: str, head: str, case: Case) -> bool:
    return any(name.startswith(head) and pattern_matches(pattern, name) for name in names(case))


def cover(case_ids: Collection[str], index: CaseIndex) -> Sequence[str]:
    """Returns few patterns that match some cases and none of the others.

    A wildcard stands for whole words and never for the first part of a suite, so that a pattern
    says what its cases have in common. A case that shares a pattern with none stands by its id.

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
    """Tries one pattern for all; where it matches others too, one for each part, and so on."""
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
    """The narrowest pattern of whole words that matches some ids of one suite."""
    head = _up_to_mark(_alike(ids))
    rest = [tokens[len(head) :] for tokens in ids]
    tail = _up_to_mark(_alike([tokens[::-1] for tokens in rest]))[::-1]
    middles = [tokens[: len(tokens) - len(tail)] for tokens in rest]
    wildcard = "**" if any("/" in tokens for tokens in middles) else "*"
    return "".join([*head, wildcard, *tail])


def _alike(ids: Sequence[_Tokens]) -> _Tokens:
    """The tokens with which all begin."""
    columns = takewhile(lambda column: len(set(column)) == 1, zip(*ids, strict=False))
    return [column[0] for column in columns]


def _up_to_mark(tokens: _Tokens) -> _Tokens:
    """Leaves out a word at the end: what follows it in some of the ids may be nothing."""
    return tokens[:-1] if tokens and tokens[-1] not in "/_" else tokens


def _first_component(tokens: _Tokens) -> str:
    return "".join(tokens[: tokens.index("/")])


def _first_difference(ids: Sequence[_Tokens]) -> _Key:
    place = len(_alike(ids))
    return lambda tokens: "".join(tokens[place : place + 1])


def _last_difference(ids: Sequence[_Tokens]) -> _Key:
    place = len(_alike([tokens[::-1] for tokens in ids]))
    return lambda tokens: "".join(tokens[::-1][place : place + 1])


def _grouped(ids: Sequence[_Tokens], key: _Key) -> Sequence[Sequence[_Tokens]]:
    groups: dict[str, list[_Tokens]] = defaultdict(list)
    for tokens in sorted(ids):
        groups[key(tokens)].append(tokens)
    return list(groups.values())
