"""The transforms of `transformed_by` (docs/kit/assertions.md, transforms)."""

from __future__ import annotations

import string
from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from testingkit.assertions.collection import items_of
from testingkit.assertions.entry import EvaluationError, Kinds
from testingkit.assertions.maps import values_of
from testingkit.assertions.ordering import compare
from testingkit.assertions.signatures import ITEMS, LIST, MAP, SIZED, TEXT
from testingkit.assertions.sizes import size_of
from testingkit.assertions.text_forms import lines_of
from testingkit.assertions.texts import list_of
from testingkit.assertions.whitespace import is_whitespace
from testingkit.value import ErrorCode, Int, List, Set, Text, Value

Transform = Callable[[Value], Value | None]
"""Returns the transformed value, or None if there is no item; may raise `EvaluationError`."""

_LOWER_CASE = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_UPPER_CASE = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def _of(kinds: Kinds, transform: Callable[[Any], Value | None]) -> Transform:
    """Returns a transform that takes only some kinds."""

    def checked(actual: Value) -> Value | None:
        if actual.kind not in kinds:
            raise EvaluationError(ErrorCode.WRONG_KIND)
        return transform(actual)

    return checked


def _trimmed(actual: Text) -> Text:
    places = [place for place, char in enumerate(actual.value) if not is_whitespace(char)]
    return Text(actual.value[places[0] : places[-1] + 1] if places else "")


def _sorted(actual: List | Set) -> List:
    items = items_of(actual)
    # All items first: the comparisons of a sort differ from language to language.
    for item in items:
        compare(items[0], item)
    return List(tuple(sorted(items, key=cmp_to_key(compare))))


def _first(actual: List) -> Value | None:
    return next(iter(actual.items), None)


def _last(actual: List) -> Value | None:
    return next(reversed(actual.items), None)


TRANSFORMS: dict[str, Transform] = {
    "length": _of(SIZED, lambda actual: Int(size_of(actual))),
    "lower_ascii": _of(TEXT, lambda actual: Text(actual.value.translate(_LOWER_CASE))),
    "upper_ascii": _of(TEXT, lambda actual: Text(actual.value.translate(_UPPER_CASE))),
    "trim": _of(TEXT, _trimmed),
    "lines": _of(TEXT, lambda actual: list_of(lines_of(actual.value))),
    "keys": _of(MAP, lambda actual: List(items_of(actual))),
    "values": _of(MAP, lambda actual: List(values_of(actual))),
    "sorted": _of(ITEMS, _sorted),
    "reversed": _of(LIST, lambda actual: List(actual.items[::-1])),
    "first": _of(LIST, _first),
    "last": _of(LIST, _last),
}
"""The transforms by their names."""
