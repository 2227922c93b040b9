"""Parses text within bounds, and refuses text that would take too much memory or stack.

The parser of text format takes 150 bytes for each blank of a run and for each escape of a string,
and calls itself for each level of nesting. It also accepts unknown escapes, with a warning that no
one sees; they are refused here as well.
"""

from __future__ import annotations

import re

from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message

from testingkit.conformance.cases.load.tokenizer import TOKEN, BlockError, Lines
from testingkit.conformance.protobuf.text_format import TextError, parse

MAX_DEPTH = 200  # of brackets within brackets
MAX_RUN = 1_000_000  # blanks in a row, and escapes in one string

_BLANKS = re.compile(r"\#[^\n]*+|([^\S\n]++)")  # but not within comments
# An unescaped backslash that begins no valid escape.
_BAD_ESCAPE = re.compile(
    r"""(?<!\\)(?:\\\\)*+(\\(?![abfnrtv\\'"xuU0-3]|[4-7](?![0-7]{2})).?)""", re.DOTALL
)


def parse_within_bounds(text: str, message: Message, pool: DescriptorPool) -> None:
    """Parses ``text`` into ``message``.

    Raises:
        TextError: The text does not fit the message, or is out of bounds.
    """
    try:
        check(text)
    except BlockError as error:
        raise TextError(*Lines(text).at(error.offset), str(error)) from error
    parse(text, message, pool)


def check(text: str) -> None:
    """Checks that a text is within the bounds.

    Raises:
        BlockError: A bracket is nested too deeply, a run of blanks or escapes is too long, or an
            escape is not valid.
    """
    is_flat = sum(map(text.count, "{<[")) <= MAX_DEPTH
    if len(text) <= MAX_RUN and is_flat and not _BAD_ESCAPE.search(text):
        return
    depth = 0
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            if depth > MAX_DEPTH:
                raise BlockError(match.start(), f"nested too deeply: over {MAX_DEPTH} levels")
        elif kind == "close":
            depth -= 1
        elif kind == "string":
            _check_string(match[0], match.start())
        elif kind == "space":
            _check_blanks(match[0], match.start())


def _check_string(token: str, offset: int) -> None:
    if len(token) > MAX_RUN and token.count("\\") > MAX_RUN:
        text = f"a string with over {MAX_RUN:,} escapes: split it into several strings"
        raise BlockError(offset, text)
    bad = _BAD_ESCAPE.search(token)
    if bad is not None:
        at = offset + bad.start(1)
        raise BlockError(at, f"{bad[1]} is not an escape; write a backslash as \\\\")


def _check_blanks(token: str, offset: int) -> None:
    if len(token) > MAX_RUN and any(len(run[1] or "") > MAX_RUN for run in _BLANKS.finditer(token)):
        raise BlockError(offset, f"over {MAX_RUN:,} blanks in a row")
