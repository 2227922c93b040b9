"""Describes the outcomes of a flaky runner, so that every two of them have different texts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from testingkit.conformance.judging.answers import describe, is_plain_answer
from testingkit.conformance.results.answer_classes import NOT_THERE
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import Outcome

_MAX_FIELDS = 3  # that an outcome shows
_MAX_VALUE = 200  # characters
_KEPT = 20  # characters before the first that differs


def outcome_texts(outcomes: Sequence[Outcome], right: str) -> Sequence[str]:
    """Returns a text for each outcome: its values in the fields by which the outcomes differ.

    Args:
        outcomes: The outcomes.
        right: The text of an outcome that is as expected; empty if nothing is expected.
    """
    values = _Values(outcomes)
    texts = []
    for outcome in outcomes:
        is_right = outcome.verdict == verdict_pb2.VERDICT_PASS and bool(right)
        texts.append(right if is_right else values.text(outcome) or _line(outcome))
    return _told_apart(texts)


class _Values:
    """The values of all outcomes in the fields in which any of them differs."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self._answers = [o for o in outcomes if is_plain_answer(o.observation)]
        self._base: dict[str, str] = {}  # of the answer that the others were compared with
        for outcome in outcomes:
            for difference in outcome.differences:
                self._base.setdefault(difference.field_path, difference.expected)
        self._by_outcome = {id(o): self._values(o) for o in self._answers}
        self._shown = self._paths()

    def text(self, outcome: Outcome) -> str:
        """Returns the values of an outcome; empty if they are not known."""
        own = self._by_outcome.get(id(outcome))
        if not own:
            return ""
        if "" in own:
            return own[""].replace("\n", " ")
        paths = self._shown or list(own)[:1]
        return ", ".join(f"{path}: {self._brief(path, own)}" for path in paths)

    def _values(self, outcome: Outcome) -> Mapping[str, str]:
        """Returns the values of an answer; only the one of the whole if it is of another kind."""
        changes = {d.field_path: d.actual for d in reversed(outcome.differences)}
        if "" in changes:
            return {"": changes[""]}
        fields = {path: value for path, value in self._base.items() if path}
        return {**fields, **changes} if fields else dict(self._base)

    def _paths(self) -> Sequence[str]:
        """Returns the first fields whose values are enough to tell the outcomes apart."""
        groups = [[values for values in self._by_outcome.values() if "" not in values]]
        paths: list[str] = []
        for path in self._base:
            split = [part for group in groups for part in _split(group, path)]
            if path and len(split) > len(groups) and len(paths) < _MAX_FIELDS:
                paths.append(path)
                groups = split
        return paths

    def _brief(self, path: str, own: Mapping[str, str]) -> str:
        """Returns the value of a field, without a long beginning that all outcomes share."""
        value = own[path] or NOT_THERE
        if len(value) <= _MAX_VALUE:
            return value
        everyone = [v[path] or NOT_THERE for v in self._by_outcome.values() if path in v]
        start = max(0, _common(everyone) - _KEPT)
        cut = value[start : start + _MAX_VALUE]
        return f"{'…' if start else ''}{cut}{'…' if start + _MAX_VALUE < len(value) else ''}"


def _common(texts: Sequence[str]) -> int:
    """Returns the length of the common beginning of texts."""
    columns = zip(*texts, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda column: len(set(column)) == 1, columns))


def _split(group: Sequence[Mapping[str, str]], path: str) -> Sequence[list[Mapping[str, str]]]:
    parts: dict[str, list[Mapping[str, str]]] = {}
    for values in group:
        parts.setdefault(values.get(path, ""), []).append(values)
    return list(parts.values())


def _line(outcome: Outcome) -> str:
    return describe(outcome.observation).replace("\n", " ")


def _told_apart(texts: Sequence[str]) -> Sequence[str]:
    """Returns the texts; those that repeat an earlier one are marked."""
    return [
        f"{text} (differs in what is left out)" if text in texts[:number] else text
        for number, text in enumerate(texts)
    ]
