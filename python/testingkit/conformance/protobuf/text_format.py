"""Protobuf text format in and out: the only module that touches ``text_format``.

Reading is for ``load``; printing is for everybody who shows a message to a person. Printed text is
for people: it is never compared. Text that is kept in a file is read back before it is believed.
"""

from __future__ import annotations

from google.protobuf import text_encoding, text_format
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, Message

MAX_LINE_BYTES = 1 << 20  # of a message that is shown to a person


class TextError(Exception):
    """Text that does not parse. ``line`` and ``column`` count from 1 in the parsed text."""

    def __init__(self, line: int, column: int, message: str) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


def parse(text: str, message: Message, pool: DescriptorPool) -> None:
    """Parses ``text`` into ``message``.

    Raises:
        TextError: The text does not fit the message.
    """
    try:
        text_format.Parse(text, message, descriptor_pool=pool)
    except text_format.ParseError as error:
        line, column = error.GetLine() or 1, error.GetColumn() or 1
        raise TextError(line, column, _without_place(str(error), line, column, text)) from error
    except RecursionError as error:
        raise TextError(1, 1, "nested too deeply") from error
    except ValueError as error:
        # The parser lets through what the runtime says of a value, such as text that is not UTF-8.
        raise TextError(1, 1, str(error)) from error


def print_message(message: Message, pool: DescriptorPool | None = None) -> str:
    """Returns a message as text, one field a line."""
    return _print(message, pool, as_one_line=False)


def print_line(message: Message, pool: DescriptorPool | None = None) -> str:
    """Returns a message as one line of text for people; one that nobody would read is named."""
    size = message.ByteSize()
    if size > MAX_LINE_BYTES:
        return f"# {size:,} bytes, too many to be shown"
    return _print(message, pool, as_one_line=True)


def print_source(message: Message, pool: DescriptorPool, *, as_one_line: bool) -> str:
    """Returns a message as text for a file, in which no character hides."""
    return visible(_print(message, pool, as_one_line=as_one_line))


def visible(text: str) -> str:
    """Escapes what a reader of the text cannot see, such as control characters within strings."""
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
    except DecodeError:  # An ``Any`` of a known type whose bytes are not of it.
        return repr(message.SerializeToString())
    except RecursionError:  # Only ``Any`` within ``Any`` nests without end.
        return "# nested too deeply to be shown"


def _without_place(message: str, line: int, column: int, text: str) -> str:
    """Drops the place and the quoted line that the parser puts before some of its messages."""
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
