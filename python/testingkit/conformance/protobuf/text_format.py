"""Parses and prints protobuf text format; the only module that imports ``text_format``.

Only ``cases.load`` parses. Printed text is for people and is never compared; text that is written
to a file is parsed again as a check.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import text_encoding, text_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, EncodeError, Message

from testingkit.conformance.protobuf.field_paths import is_map

MAX_LINE_BYTES = 1 << 20  # of a message that is shown to a person


class TextError(Exception):
    """Text does not parse. ``line`` and ``column`` in the parsed text are from 1."""

    def __init__(self, line: int, column: int, message: str) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class _StrictParser(text_format._Parser):
    """The parser of protobuf, which has no public hooks. This one refuses keys that come twice."""

    in_any: Any = None  # the tokenizer, if there was an expanded ``Any``

    def _ConsumeAnyTypeUrl(self, tokenizer: Any) -> tuple[str, str]:  # noqa: N802 - its name
        self.in_any = tokenizer
        found: tuple[str, str] = super()._ConsumeAnyTypeUrl(tokenizer)  # type: ignore[misc]
        return found

    def _MergeMessageField(  # noqa: N802 - its name
        self, tokenizer: Any, message: Message, field: FieldDescriptor
    ) -> None:
        """Merges a message; of a map, an entry whose key the map does not have yet.

        The documentation of maps allows a parser of text to refuse the key that is written twice;
        to take the last one would hide the others.
        """
        if not is_map(field):
            super()._MergeMessageField(tokenizer, message, field)  # type: ignore[misc]
            return
        text = f"{field.name} has this key already: a map has each key once"
        twice = tokenizer.ParseErrorPreviousToken(text)  # with the place where the entry begins
        entries = getattr(message, field.name)
        before = len(entries)
        super()._MergeMessageField(tokenizer, message, field)  # type: ignore[misc]
        if len(entries) == before:
            raise twice


def parse(text: str, message: Message, pool: DescriptorPool) -> None:
    """Parses ``text`` into ``message``.

    Raises:
        TextError: The text does not fit the message.
    """
    parser = _StrictParser(descriptor_pool=pool)
    try:
        try:
            parser.ParseLines(text.split("\n"), message)
        except EncodeError as error:  # The message in an ``Any`` lacks a required field.
            raise parser.in_any.ParseErrorPreviousToken(str(error)) from error
    except text_format.ParseError as error:
        line, column = error.GetLine() or 1, error.GetColumn() or 1
        raise TextError(line, column, _without_place(str(error), line, column, text)) from error
    except RecursionError as error:
        raise TextError(1, 1, "nested too deeply") from error
    except ValueError as error:
        # The runtime raises it for a value, such as text that is not UTF-8.
        raise TextError(1, 1, str(error)) from error


def print_message(message: Message, pool: DescriptorPool | None = None) -> str:
    """Returns a message as text, one field a line."""
    return _print(message, pool, as_one_line=False)


def print_line(message: Message, pool: DescriptorPool | None = None) -> str:
    """Returns a message as one line of text; for an oversized message only its size."""
    size = _size(message)
    if size > MAX_LINE_BYTES:
        return f"# {size:,} bytes, too many to be shown"
    return _print(message, pool, as_one_line=True)


def print_source(message: Message, pool: DescriptorPool, *, as_one_line: bool) -> str:
    """Returns a message as text for a file, with invisible characters escaped."""
    return visible(_print(message, pool, as_one_line=as_one_line))


def visible(text: str) -> str:
    """Returns a text with invisible characters, such as control characters, escaped."""
    return "".join(
        char
        if char.isprintable() or char == "\n"
        else text_encoding.CEscape(char.encode(), as_utf8=False)
        for char in text
    )


def _print(message: Message, pool: DescriptorPool | None, *, as_one_line: bool) -> str:
    try:
        return text_format.MessageToString(
            message, as_utf8=True, as_one_line=as_one_line, descriptor_pool=pool
        )
    except DecodeError:  # An ``Any`` with a known type and other bytes.
        return repr(message.SerializePartialToString())
    except RecursionError:  # Only ``Any`` within ``Any`` nests without a limit.
        return "# nested too deeply to be shown"


def _size(message: Message) -> int:
    """Returns the serialized size of a message, also of one that lacks a required field."""
    try:
        return message.ByteSize()
    except EncodeError:
        return len(message.SerializePartialToString())


def _without_place(message: str, line: int, column: int, text: str) -> str:
    """Returns an error of the parser without the place and the line that it may begin with."""
    lines = text.split("\n")
    quoted = lines[line - 1] if line <= len(lines) else ""
    for prefix in (f"{line}:{column} : ", f"{line} : ", f"'{quoted}': "):
        message = message.removeprefix(prefix)
    return message


def quote(text: str) -> str:
    """Returns a string as text format writes it."""
    return '"' + text_encoding.CEscape(text.encode(), as_utf8=True) + '"'


def quote_bytes(data: bytes) -> str:
    """Returns bytes as text format writes them."""
    return '"' + text_encoding.CEscape(data, as_utf8=False) + '"'
