"""Splits text format into tokens and fields, by the Text Format Language Specification.

`fields` knows only strings, comments and nesting of the values that it skips. With it every case
has its own line, a broken case does not hide the next one, and a large file need not be parsed as
one message.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from testingkit.conformance.text.escape import shorten

# All patterns are possessive or atomic, because backtracking could take exponential time.
_STRING = r"""(?:"(?:[^"\\\n\0]++|\\[^\n\0])*+"|'(?:[^'\\\n\0]++|\\[^\n\0])*+')"""
_DECIMAL = r"(?:0|[1-9][0-9]*+)"
_EXPONENT = r"(?:[eE][+-]?+[0-9]++)"
# No name, digit or point may follow a number directly: `10bar` and `08` are mistakes.
_NUMBER = rf"""(?>
    (?:{_DECIMAL}\.[0-9]*+|\.[0-9]++){_EXPONENT}?+[fF]?+
  | {_DECIMAL}(?:{_EXPONENT}[fF]?+|[fF])
  | 0[xX][0-9A-Fa-f]++
  | 0[0-7]++
  | {_DECIMAL}
)(?![A-Za-z0-9_.])"""
# Not part of a comment: characters at which an editor may begin a line that is not a comment.
COMMENT = r"\#[^\n\0\x85\u2028\u2029]*+"
TOKEN = re.compile(
    rf"""
    (?P<space>(?:[ \t\n\v\f\r]++|{COMMENT})++)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*+)
  | (?P<string>{_STRING})
  | (?P<mark>[:;,\-])
  | (?P<open>[{{<\[])
  | (?P<close>[}}>\]])
  | (?P<number>{_NUMBER})
  | (?P<bad>[^\s\0"'\#{{}}<>\[\]:;,]++|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Finds brackets, and skips all other text quickly, also strings that are not text format.
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
_IN_STRING = re.compile(r"""(["'])(?:(?!\1)[^\\\n\0]|\\[^\n\0])*+""")
MESSAGE_OPENS = frozenset({"{", "<"})
CLOSES = {"{": "}", "<": ">", "[": "]"}


_MAX_SHOWN = 60  # characters of the text in a message


class TextError(Exception):
    """Text is not text format, or does not fit its message; ``offset`` is where."""

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


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yields the tokens of ``text[start:end]``.

    Raises:
        TextError: A character starts no token, such as a quote that is not closed.
    """
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "bad"
        if kind == "bad":
            raise no_token(match)
        if kind != "space":
            yield Token(kind, match[0], match.start(), match.end())


def found(text: str) -> str:
    """Returns the end of a message that something else is expected."""
    return f"found {shorten(text, _MAX_SHOWN) or 'the end'}"


def no_token(match: re.Match[str]) -> TextError:
    """Returns the error for text that starts no token."""
    text, offset = shorten(match[0], _MAX_SHOWN), match.start()
    if text in {'"', "'"}:
        end = _IN_STRING.match(match.string, offset)
        if end is not None and match.string[end.end() : end.end() + 1] == "\0":
            return TextError(end.end(), r"a NUL character in a string: write \0")
        return TextError(offset, f"a string that starts with {text} is not closed")
    if text.removeprefix(".")[:1] in {*"0123456789"}:
        return TextError(
            offset, f"{text} is not a number: expected one such as 10, 0x1f, 017, 1.5 or 2e9"
        )
    if text[0] == "+":
        return TextError(offset, f"{text}: a number has no sign but -")
    if not text.isprintable() or text.isspace():
        return TextError(
            offset,
            f"U+{ord(text[0]):04X} is not text format: blanks are spaces, tabs and line breaks",
        )
    return TextError(offset, f"{text} is not text format")


def fields(text: str, start: int = 0, end: int | None = None) -> Iterator[Field]:
    """Yields the top-level fields of ``text[start:end]``.

    ``cases [{...}, {...}]`` yields one field an element, as if it were written ``cases {...}``.

    Raises:
        TextError: Brackets or strings do not close, or a value has no name.
    """
    stream = _Stream(text, start, len(text) if end is None else end)
    while (token := stream.next()) is not None:
        if token.kind == "open" and token.text == "[":
            name_end = stream.skip_to_close(token)
            yield from _value(stream, text[token.start : name_end], token.start)
        elif token.kind == "name":
            yield from _value(stream, token.text, token.start)
        else:
            raise TextError(token.start, f"expected the name of a field, {found(token.text)}")
        stream.skip_separator()


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

    def skip_separator(self) -> None:
        """Skips the one comma or semicolon that may follow a field."""
        token = self.peek()
        if token is not None and token.text in {",", ";"}:
            self._peeked = None

    def skip_to_close(self, opened: Token) -> int:
        """Reads up to the bracket that closes ``opened`` and returns the offset after it."""
        stack = [(opened.start, opened.text)]
        for match in _STRUCTURE.finditer(self._text, opened.end, self._end):
            kind = match.lastgroup
            if kind == "open":
                stack.append((match.start(), match[0]))
            elif kind == "bad":
                raise no_token(match)
            elif kind == "close":
                expected = CLOSES[stack.pop()[1]]
                if match[0] != expected:
                    raise TextError(match.start(), f"expected {expected}, found {match[0]}")
                if not stack:
                    self._peeked = None
                    self._source = tokens(self._text, match.end(), self._end)
                    return match.end()
        start, bracket = stack[-1]
        raise TextError(start, f"{bracket} is not closed")


def _value(stream: _Stream, name: str, start: int) -> Iterator[Field]:
    token = stream.next()
    colon = token is not None and token.text == ":"
    if colon:
        token = stream.next()
    if token is None or token.kind == "close" or token.text in {":", ",", ";"}:
        offset = start if token is None else token.start
        raise TextError(offset, f"field {name} has no value")
    if token.kind != "open":
        if not colon:
            raise TextError(token.start, f"expected : or {{ after {name}, {found(token.text)}")
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
        if not joins and not (last.text == "-" and token.kind in {"name", "number"}):
            break
        last = token
        stream.next()
    return Field(name, start, first.start, last.end, last.end, is_message=False)


def _list(stream: _Stream, name: str, start: int, opened: Token) -> Iterator[Field]:
    first = stream.peek()
    if first is None or first.text not in MESSAGE_OPENS:
        end = stream.skip_to_close(opened)
        yield Field(name, start, opened.start, end, end, is_message=False)
        return
    while (token := stream.next()) is not None:
        if token.text not in MESSAGE_OPENS:
            raise TextError(token.start, f"expected a message in the list of {name}")
        end = stream.skip_to_close(token)
        yield Field(name, token.start, token.end, end - 1, end, is_message=True)
        separator = stream.next()
        if separator is None:
            break
        if separator.text == "]":
            return
        if separator.text != ",":
            raise TextError(
                separator.start, f"expected , or ] in the list of {name}, {found(separator.text)}"
            )
    raise TextError(opened.start, "[ is not closed")
