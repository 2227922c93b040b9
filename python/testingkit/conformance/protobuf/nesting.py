"""Finds out why bytes cannot be parsed: they are malformed, or nest deeper than the runtime reads.

The limit of protobuf for Python cannot be raised, and that of other runtimes is not the same: Go
reads 10,000 messages. So an answer that is correct may be one that the coordinator cannot read.
"""

from __future__ import annotations

from google.protobuf.descriptor import Descriptor, FieldDescriptor

MAX_NESTING = 100  # messages below the outermost one
_MAX_FIELDS = 1_000_000  # that are looked at: more take seconds
_MAX_VARINT = 10  # bytes


class _MalformedError(Exception):
    """The bytes are not in the wire format."""


def why_unparsable(data: bytes, descriptor: Descriptor) -> str:
    """Returns what is wrong with bytes that do not parse as a message."""
    if deep := too_deep(data, descriptor):
        return f"a {descriptor.full_name} nested {deep}"
    return f"bytes that are not a {descriptor.full_name}"


def too_deep(data: bytes, descriptor: Descriptor) -> str:
    """Returns the depth of a message that nests too deeply and the limit; else an empty text."""
    depth = nesting(data, descriptor)
    if depth is None or depth <= MAX_NESTING:
        return ""
    return f"{depth:,} messages deep; the coordinator reads {MAX_NESTING}"


def nesting(data: bytes, descriptor: Descriptor) -> int | None:
    """Returns how many messages are nested in the outermost one; None for malformed bytes."""
    try:
        return _Walk(data, descriptor).depth()
    except _MalformedError:
        return None


class _Walk:
    """Reads the fields of a message and of those in it, without recursion."""

    def __init__(self, data: bytes, descriptor: Descriptor) -> None:
        self._data = data
        self._at = 0
        # Of every open message: its end, its type if it is known, and its number if it is a group.
        self._open: list[tuple[int, Descriptor | None, int]] = [(len(data), descriptor, 0)]

    def depth(self) -> int:
        deepest = 0
        for _ in range(_MAX_FIELDS):
            self._close()
            if not self._open:
                break
            self._read_field()
            deepest = max(deepest, len(self._open) - 1)
        return deepest

    def _close(self) -> None:
        """Leaves the messages that end here."""
        while self._open and self._at == self._open[-1][0]:
            if self._open[-1][2]:
                raise _MalformedError
            self._open.pop()

    def _read_field(self) -> None:
        end, descriptor, group = self._open[-1]
        tag = self._varint()
        number, kind = tag >> 3, tag & 7
        if not number:
            raise _MalformedError
        match kind:
            case 0:
                self._varint()
            case 1:
                self._skip(8, end)
            case 2:
                size = self._varint()
                nested = _message_type(descriptor, number)
                if nested is None:
                    self._skip(size, end)
                elif self._at + size > end:
                    raise _MalformedError
                else:
                    self._open.append((self._at + size, nested, 0))
            case 3:
                self._open.append((end, _message_type(descriptor, number), number))
            case 4 if number == group:
                self._open.pop()
            case 5:
                self._skip(4, end)
            case _:
                raise _MalformedError

    def _varint(self) -> int:
        number = 0
        for shift, byte in enumerate(self._data[self._at : self._at + _MAX_VARINT]):
            number |= (byte & 0x7F) << 7 * shift
            if byte < 0x80:
                self._at += shift + 1
                if self._at > self._open[-1][0]:
                    break
                return number
        raise _MalformedError

    def _skip(self, size: int, end: int) -> None:
        self._at += size
        if self._at > end:
            raise _MalformedError


def _message_type(descriptor: Descriptor | None, number: int) -> Descriptor | None:
    """Returns the type of a field that is a message; None for other and unknown fields."""
    if descriptor is None:
        return None
    field: FieldDescriptor | None = descriptor.fields_by_number.get(number)
    if field is None and descriptor.is_extendable:
        try:
            field = descriptor.file.pool.FindExtensionByNumber(descriptor, number)
        except KeyError:
            return None
    return None if field is None else field.message_type
