"""Reads escapes and classes, which are sets of code points (docs/kit/pattern.md, classes)."""

from __future__ import annotations

import string

from testingkit.pattern.chars import DIGITS, SPACE, WORD, Ranges, complement, merged
from testingkit.pattern.reader import Reader
from testingkit.pattern.refusal import PatternError, Reason

_SETS = {
    "d": DIGITS,
    "w": WORD,
    "s": SPACE,
    "D": complement(DIGITS),
    "W": complement(WORD),
    "S": complement(SPACE),
}
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
# Other engines read \< and \> as word boundaries.
_ESCAPABLE = frozenset(string.punctuation) - frozenset("<>")
_HEX = frozenset(string.hexdigits)
_NOT_IN_CLASSES = frozenset("[^&~-")


def read_escape(reader: Reader) -> Ranges:
    """Reads an escape of a code point or of a set.

    Raises:
        PatternError: It is neither.
    """
    start = reader.index
    reader.read()
    name = reader.read()
    if name in _SETS:
        return _SETS[name]
    if name in _CONTROLS:
        return _one(_CONTROLS[name])
    if name in _ESCAPABLE:
        return _one(ord(name))
    if name == "x":
        digits = reader.read() + reader.read()
        if len(digits) == 2 and _HEX.issuperset(digits):
            return _one(int(digits, 16))
    raise PatternError(Reason.BAD_ESCAPE, start)


def read_class(reader: Reader) -> tuple[Ranges, bool]:
    """Reads a class; returns the set in it, and whether the class is all other code points.

    Raises:
        PatternError: The class is not portable.
    """
    start = reader.index
    reader.read()
    negated = reader.take("^")
    first = reader.index
    items: list[tuple[int, int]] = []
    while not reader.take("]"):
        if not reader.peek():
            raise PatternError(Reason.UNCLOSED_CLASS, start)
        items += _read_item(reader, first)
    if not items:
        raise PatternError(Reason.EMPTY_CLASS, start)
    return merged(items), negated


def _read_item(reader: Reader, first: int) -> Ranges:
    start = reader.index
    if _at_literal_dash(reader, first):
        reader.read()
        return _one(ord("-"))
    low = _read_end(reader)
    if reader.peek() != "-" or reader.peek(1) in ("]", ""):
        return low
    reader.read()
    high = _read_end(reader)
    if not (_is_one(low) and _is_one(high) and low[0][0] <= high[0][0]):
        raise PatternError(Reason.BAD_RANGE, start)
    return ((low[0][0], high[0][0]),)


def _at_literal_dash(reader: Reader, first: int) -> bool:
    """Returns whether a dash is next that is the first or the last item."""
    if reader.peek() != "-":
        return False
    if reader.index == first:
        return reader.peek(1) != "-"
    return reader.peek(1) in ("]", "")


def _read_end(reader: Reader) -> Ranges:
    """Reads a set, or a code point that may be an end of a range."""
    if reader.peek() == "\\":
        return read_escape(reader)
    if reader.peek() in _NOT_IN_CLASSES:
        raise PatternError(Reason.BAD_CLASS_CHARACTER, reader.index)
    return _one(ord(reader.read()))


def _one(point: int) -> Ranges:
    return ((point, point),)


def _is_one(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]
