"""The text of a verdict (docs/kit/assertions.md, text of a verdict)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from testingkit.assertions.catalog import CATALOG
from testingkit.assertions.model import (
    MAX_LEVELS,
    Argument,
    Arguments,
    Assertion,
    Status,
    Verdict,
)
from testingkit.assertions.shape import (
    AnyShape,
    CheckShape,
    ListShape,
    MapShape,
    RecordShape,
    Shape,
    ValueShape,
)
from testingkit.render import field_name, truncated
from testingkit.value import List, Record, Text, Value

MAX_VALUE_POINTS = 1_000
MAX_TEXT_POINTS = 8_000

_BARE_DETAILS = frozenset({"path", "place", "left_code_point", "right_code_point", "shape"})
_BLOCK_DETAILS = frozenset({"failure", "failures"})
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def verdict_text(verdict: Verdict) -> str:
    """Returns the failure text for the user, empty for PASS."""
    if verdict.status is Status.PASS:
        return ""
    return _cut_lines("\n".join(_lines(verdict)).split("\n"))


def _lines(verdict: Verdict) -> Iterator[str]:
    yield f"{_call(verdict.assertion)} {_ending(verdict)}"
    yield f"  actual: {_shown(verdict.actual)}"
    for name, detail in verdict.details:
        if name in _BLOCK_DETAILS:
            yield f"  {name}:"
            yield from _indented(_texts_in(detail))
        else:
            yield f"  {name}: {_shown_detail(name, detail)}"
    if verdict.diff:
        yield "  diff:"
        yield from _indented([verdict.diff.removesuffix("\n")])
    if verdict.assertion.note:
        yield "  note: " + verdict.assertion.note.replace("\n", "\n    ")


def _ending(verdict: Verdict) -> str:
    return "failed" if verdict.code is None else f"error: {verdict.code.value}"


def _indented(texts: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for text in texts for line in text.split("\n"))


def _texts_in(detail: Value) -> list[str]:
    """Returns the failure texts in a detail."""
    texts = detail.items if isinstance(detail, List) else (detail,)
    return [text.value for text in texts if isinstance(text, Text)]


def _call(assertion: Assertion, level: int = 1) -> str:
    if level > MAX_LEVELS:
        return "…"
    inner = ", ".join(
        f"{_name(name)}: {_shown_argument(argument, level + 1)}"
        for name, argument in _in_catalog_order(assertion)
    )
    return f"{_name(assertion.name)}({inner})"


def _shown_argument(argument: Argument, level: int) -> str:
    """Returns the text of an argument whose assertions are on a level."""
    if isinstance(argument, Value):
        return _shown(argument)
    if isinstance(argument, Assertion):
        return _cut(_call(argument, level))
    if isinstance(argument, tuple):
        return _cut(f"[{', '.join(_call(nested, level) for nested in argument)}]")
    return _cut(shape_text(argument, level))


def shape_text(shape: Shape, level: int = 2) -> str:
    """Returns the text of a shape on a level."""
    if level > MAX_LEVELS:
        return "…"
    match shape:
        case AnyShape():
            return "any"
        case ValueShape(value):
            return _shown(value)
        case CheckShape(check):
            return _call(check, level)
        case ListShape(items):
            return f"[{', '.join(shape_text(item, level + 1) for item in items)}]"
        case MapShape():
            return f"{{{', '.join(_entry_texts(shape, level + 1))}}}"
        case RecordShape(name, fields):
            opening = truncated(Record(name, ())).removesuffix("}")
            texts = (f"{field_name(name)}: {shape_text(one, level + 1)}" for name, one in fields)
            return f"{opening}{', '.join(texts)}}}"


def _entry_texts(shape: MapShape, level: int) -> Iterator[str]:
    for key, part in shape.sorted_entries():
        yield f"{_shown(key)}: {shape_text(part, level)}"
    if shape.is_open:
        yield "..."


def _in_catalog_order(assertion: Assertion) -> Arguments:
    entry = CATALOG.get(assertion.name)
    known = [name for name, _ in entry.arguments] if entry else []
    places = {name: place for place, name in enumerate(known)}
    return tuple(
        sorted(assertion.arguments, key=lambda argument: places.get(argument[0], len(places)))
    )


def _name(name: str) -> str:
    return name if _NAME.match(name) else _shown(Text(name))


def _shown(value: Value) -> str:
    return _cut(truncated(value))


def _shown_detail(name: str, detail: Value) -> str:
    if name in _BARE_DETAILS and isinstance(detail, Text):
        return _cut(detail.value)
    return _shown(detail)


def _cut(text: str) -> str:
    left_out = len(text) - MAX_VALUE_POINTS
    return f"{text[:MAX_VALUE_POINTS]}…+{left_out}" if left_out > 0 else text


def _cut_lines(lines: list[str]) -> str:
    """Returns the lines as text, cut after a whole line if they are too long."""
    whole = "\n".join(lines)
    if len(whole) <= MAX_TEXT_POINTS:
        return whole
    used = 0
    for count, line in enumerate(lines):
        used += len(line) + 1
        if used > MAX_TEXT_POINTS and count > 0:
            return "\n".join([*lines[:count], f"… {len(lines) - count} more lines"])
    return whole
