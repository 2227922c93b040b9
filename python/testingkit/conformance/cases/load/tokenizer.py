"""Splits text format into its fields without parsing their values.

The tokenizer knows only strings, comments and nesting. With it every case has its own line, a
broken case does not hide the next one, and a large file need not be parsed as one message.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Possessive, because backtracking would keep 160 bytes for each repetition.
TOKEN = re.compile(
    r"""
    (?P<space>(?:\s++|\#[^\n]*+)++)
  | (?P<string>"(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+')
  | (?P<open>[{<\[])
  | (?P<close>[}>\]])
  | (?P<mark>[:;,])
  | (?P<word>[^\s\#"'{}<>\[\]:;,]+)
  | (?P<bad>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Finds brackets, and skips all other text quickly.
_STRUCTURE = re.compile(
    r"""
    \#[^\n]*+
  | "(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'
  | (?P<open>[{<\[])
  | (?P<close>[}>\]])
  | (?P<bad>["'])
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_STRING = re.compile(r"""(["'])([^"'\\\n]*)\1""")
_CLOSES = {"{": "}", "<": ">", "[": "]"}


class BlockError(Exception):
    """Brackets or strings do not close; ``offset`` is where."""

    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Token:
    """One token other than white space; ``kind`` is the name of a group above."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, and the offsets of its value.

    The value of a message, ``is_message``, is the text between its braces.
    """

    name: str
    start: int
    value_start: int
    value_end: int
    end: int
    is_message: bool


class Lines:
    """Converts offsets in a text to lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._starts += [match.end() for match in re.finditer("\n", text)]

    def at(self, offset: int) -> tuple[int, int]:
        """Returns line and column of an offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def within(self, start: int, line: int, column: int) -> tuple[int, int]:
        """Converts line and column in a part of the text that begins at ``start``."""
        first, offset = self.at(start)
        return first + line - 1, offset + column - 1 if line == 1 else column


def plain_string(text: str) -> str:
    """Returns the content of a quoted string without escapes; empty for any other text."""
    match = _PLAIN_STRING.fullmatch(text)
    return match[2] if match else ""


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yields the tokens of ``text[start:end]``.

    Raises:
        BlockError: A character starts no token, such as a quote that is not closed.
    """
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "bad"
        if kind == "bad":
            raise _unclosed(match)
        if kind != "space":
            yield Token(kind, match[0], match.start(), match.end())


def fields(text: str, start: int = 0, end: int | None = None) -> Iterator[Field]:
    """Yields the top-level fields of ``text[start:end]``.

    ``cases [{...}, {...}]`` yields one field an element, as if it were written ``cases {...}``.

    Raises:
        BlockError: Brackets or strings do not close, or a value has no name.
    """
    stream = _Stream(text, start, len(text) if end is None else end)
    while (token := stream.next()) is not None:
        if token.kind == "mark" and token.text in ";,":
            continue
        if token.kind == "open" and token.text == "[":
            name_end = stream.skip_to_close(token)
            yield from _value(stream, text[token.start : name_end], token.start)
        elif token.kind == "word":
            yield from _value(stream, token.text, token.start)
        else:
            raise BlockError(token.start, f"expected the name of a field, found {token.text}")


class _Stream:
    """Tokens with a look-ahead of one, which can skip nested text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._end = end
        self._source = tokens(text, start, end)
        self._peeked: Token | None = None

    def next(self) -> Token | None:
        if self._peeked is not None:
            token, self._peeked = self._peeked, None
            return token
        return next(self._source, None)

    def peek(self) -> Token | None:
        if self._peeked is None:
            self._peeked = next(self._source, None)
        return self._peeked

    def skip_to_close(self, opened: Token) -> int:
        """Reads up to the bracket that closes ``opened`` and returns the offset after it."""
        stack = [(opened.start, opened.text)]
        for match in _STRUCTURE.finditer(self._text, opened.end, self._end):
            kind = match.lastgroup
            if kind == "open":
                stack.append((match.start(), match[0]))
            elif kind == "bad":
                raise _unclosed(match)
            elif kind == "close":
                expected = _CLOSES[stack.pop()[1]]
                if match[0] != expected:
                    raise BlockError(match.start(), f"expected {expected}, found {match[0]}")
                if not stack:
                    self._peeked = None
                    self._source = tokens(self._text, match.end(), self._end)
                    return match.end()
        start, bracket = stack[-1]
        raise BlockError(start, f"{bracket} is not closed")


def _unclosed(match: re.Match[str]) -> BlockError:
    return BlockError(match.start(), f"a string that starts with {match[0]} is not closed")


def _value(stream: _Stream, name: str, start: int) -> Iterator[Field]:
    token = stream.next()
    colon = token is not None and token.kind == "mark" and token.text == ":"
    if colon:
        token = stream.next()
    if token is None or token.kind in ("mark", "close"):
        offset = start if token is None else token.start
        raise BlockError(offset, f"field {name} has no value")
    if token.kind != "open":
        if not colon:
            raise BlockError(token.start, f"expected : or {{ after {name}, found {token.text}")
        yield _scalar(stream, name, start, token)
    elif token.text == "[":
        yield from _list(stream, name, start, token)
    else:
        end = stream.skip_to_close(token)
        yield Field(name, start, token.end, end - 1, end, is_message=True)


def _scalar(stream: _Stream, name: str, start: int, first: Token) -> Field:
    """Returns a scalar field: one word, a sign and a word, or adjacent strings."""
    last = first
    while (token := stream.peek()) is not None:
        joins = token.kind == "string" and last.kind == "string"
        if not joins and not (last.text == "-" and token.kind == "word"):
            break
        last = token
        stream.next()
    return Field(name, start, first.start, last.end, last.end, is_message=False)


def _list(stream: _Stream, name: str, start: int, opened: Token) -> Iterator[Field]:
    first = stream.peek()
    if first is None or first.kind != "open":
        end = stream.skip_to_close(opened)
        yield Field(name, start, opened.start, end, end, is_message=False)
        return
    while (token := stream.next()) is not None and token.text != "]":
        if token.kind == "open":
            end = stream.skip_to_close(token)
            yield Field(name, token.start, token.end, end - 1, end, is_message=True)
        elif token.text != ",":
            raise BlockError(token.start, f"expected a message in the list of {name}")
    if token is None:
        raise BlockError(opened.start, "[ is not closed")
