"""Skips the values of reserved fields and such, of which only the syntax is checked."""

from __future__ import annotations

from testingkit.conformance.cases.load.strings import bytes_of
from testingkit.conformance.cases.load.token_reader import TokenReader
from testingkit.conformance.cases.load.tokenizer import MESSAGE_OPENS


def skip_value(reader: TokenReader) -> None:
    """Reads what follows the name of a field: a scalar, a message, or a list of one of them.

    Raises:
        TextError: It is not a value of text format.
    """
    colon = reader.take(":")
    if reader.word in MESSAGE_OPENS:
        _message(reader)
    elif reader.word == "[":
        _list(reader, colon=colon)
    elif colon:
        _scalar(reader)
    else:
        raise reader.expected(": or {")


def _scalar(reader: TokenReader) -> None:
    scalar = reader.scalar()
    if not scalar.word:
        bytes_of(scalar.tokens)


def _list(reader: TokenReader, *, colon: bool) -> None:
    is_messages = False
    for number, _ in enumerate(reader.elements()):
        if not number:
            is_messages = reader.word in MESSAGE_OPENS
            if not is_messages and not colon:
                raise reader.expected("{, or a colon before the list")
        (_message if is_messages else _scalar)(reader)


def _message(reader: TokenReader) -> None:
    close = reader.open()
    while not reader.closes(close):
        if reader.word == "[":
            reader.skip_bracket_name(reader.peek_bracket_name())
        elif reader.kind == "name":
            reader.advance()
        else:
            raise reader.expected("the name of a field")
        skip_value(reader)
        reader.separator()
