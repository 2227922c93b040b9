"""Expanded text: one element per line (docs/kit/render.md, expanded text)."""

from __future__ import annotations

from collections.abc import Iterable

from testingkit.render.canonical import canonical, record_opening
from testingkit.render.names import field_name
from testingkit.value import Ending, List, Map, Message, Outcome, Record, Set, Text, Value
from testingkit.value.quote import escape

_INDENT = "  "


def expanded(value: Value) -> str:
    """Returns the value with one element per line. Every line ends in LF."""
    lines: list[str] = []
    _expand(lines, 0, "", value, "")
    return "".join(f"{line}\n" for line in lines)


def _expand(lines: list[str], depth: int, before: str, value: Value, after: str) -> None:
    """Appends the lines of a value, with `before` in the first line and `after` in the last."""
    margin = _INDENT * depth
    if isinstance(value, Outcome) and value.ending is Ending.RETURNED:
        _expand(lines, depth, before + "returned(", value.payload, ")" + after)
    elif isinstance(value, Text) and "\n" in value.value:
        lines.append(f'{margin}{before}"""')
        lines.extend(f"{margin}{_INDENT}{escape(line)}" for line in value.value.split("\n"))
        lines.append(f'{margin}"""{after}')
    elif (opening := _opening(value)) is not None:
        lines.append(margin + before + opening)
        for name, part in _parts(value):
            _expand(lines, depth + 1, name, part, "")
        lines.append(f"{margin}{']' if isinstance(value, List) else '}'}{after}")
    else:
        lines.append(margin + before + canonical(value) + after)


def _opening(value: Value) -> str | None:
    """Returns the opening of a non-empty container, or None for everything else."""
    match value:
        case List(items=(_, *_)):
            return "["
        case Set(items=(_, *_)):
            return "set{"
        case Map(entries=(_, *_)):
            return "{"
        case Record(fields=(_, *_)) | Message(fields=(_, *_)):
            return record_opening(value)
        case _:
            return None


def _parts(value: Value) -> Iterable[tuple[str, Value]]:
    """Returns the parts of a container, each with the text before it."""
    match value:
        case List(items=items) | Set(items=items):
            return (("", item) for item in items)
        case Map(entries=entries):
            return ((f"{canonical(key)}: ", item) for key, item in entries)
        case Record(fields=fields) | Message(fields=fields):
            return ((f"{field_name(name)}: ", item) for name, item in fields)
        case _:
            return ()
