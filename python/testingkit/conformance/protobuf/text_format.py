"""Prints protobuf text format; the only module that imports ``text_format``.

``cases.load`` parses text. Printed text is for people and is never compared; text that is written
to a file is parsed again as a check.
"""

from __future__ import annotations

from google.protobuf import text_encoding, text_format
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, EncodeError, Message

MAX_LINE_BYTES = 1 << 20  # of a message that is shown to a person


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


def quote(text: str) -> str:
    """Returns a string as text format writes it."""
    return '"' + text_encoding.CEscape(text.encode(), as_utf8=True) + '"'


def quote_bytes(data: bytes) -> str:
    """Returns bytes as text format writes them."""
    return '"' + text_encoding.CEscape(data, as_utf8=False) + '"'
