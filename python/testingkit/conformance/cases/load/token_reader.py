"""Reads the tokens of a text one by one, as a parser of text format needs them."""

from __future__ import annotations

from collections.abc import Iterator

from testingkit.conformance.cases.load.bracket_names import BracketName, read_name
from testingkit.conformance.cases.load.scalars import Scalar
from testingkit.conformance.cases.load.tokenizer import (
    CLOSES,
    TOKEN,
    TextError,
    Token,
    found,
    no_token,
)

MAX_DEPTH = 200  # of brackets within brackets


class TokenReader:
    """The tokens of ``text[start:end]``; ``kind``, ``word`` and ``start`` are of the next one."""

    kind: str  # a group of `TOKEN`, or "end"
    word: str
    start: int

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._end = end
        self._opened: list[tuple[str, int]] = []  # brackets that are not closed yet
        self._go_to(start)

    def advance(self) -> None:
        """Goes to the next token.

        Raises:
            TextError: A character starts no token.
        """
        for match in self._matches:
            kind = match.lastgroup or "bad"
            if kind == "space":
                continue
            if kind == "bad":
                raise no_token(match)
            self.kind, self.word, self.start = kind, match[0], match.start()
            return
        self.kind, self.word, self.start = "end", "", self._end

    def take(self, word: str) -> bool:
        """Returns whether the next token is this one, and reads it if so."""
        if self.word != word:
            return False
        self.advance()
        return True

    def expect(self, word: str) -> None:
        """Reads the next token, which must be this one."""
        if not self.take(word):
            raise self.expected(word)

    def expected(self, what: str) -> TextError:
        """Returns the error that something else is expected in place of the next token."""
        return TextError(self.start, f"expected {what}, {found(self.word)}")

    def open(self, what: str = "{") -> str:
        """Reads an opening bracket and returns the one that closes it.

        Raises:
            TextError: The next token is not an opening bracket, or it is nested too deeply.
        """
        if self.word != what and (what != "{" or self.word != "<"):
            raise self.expected(what)
        self._opened.append((self.word, self.start))
        if len(self._opened) > MAX_DEPTH:
            raise TextError(self.start, f"nested too deeply: over {MAX_DEPTH} levels")
        close = CLOSES[self.word]
        self.advance()
        return close

    def closes(self, close: str) -> bool:
        """Returns whether the next token is the closing bracket, and reads it if so."""
        if self.kind == "end":
            bracket, offset = self._opened[-1]
            raise TextError(offset, f"{bracket} is not closed")
        if self.kind != "close":
            return False
        self.expect(close)
        self._opened.pop()
        return True

    def separator(self) -> None:
        """Reads the one comma or semicolon that may follow a field."""
        if self.word in {",", ";"}:
            self.advance()

    def elements(self) -> Iterator[None]:
        """Reads the brackets and commas of a list; the caller reads each element."""
        close = self.open("[")
        if self.closes(close):
            return
        yield
        while not self.closes(close):
            if not self.take(","):
                raise self.expected(", or ]")
            yield

    def scalar(self) -> Scalar:
        """Reads a scalar value."""
        offset = self.start
        negative = self.take("-")
        kinds = ("name", "number") if negative else ("name", "number", "string")
        if self.kind not in kinds:
            raise self.expected("a value")
        tokens: list[Token] = []
        while not tokens or self.kind == tokens[0].kind == "string":
            end = self.start + len(self.word)
            tokens.append(Token(self.kind, self.word, self.start, end))
            self.advance()
        return Scalar(negative, tokens, offset)

    def peek_bracket_name(self) -> BracketName:
        """Returns the name in the brackets that come next."""
        return read_name(self._text, self.start, self._end)

    def skip_bracket_name(self, name: BracketName) -> None:
        """Goes to the token after a name in brackets."""
        self._go_to(name.end)

    def _go_to(self, offset: int) -> None:
        self._matches = TOKEN.finditer(self._text, offset, self._end)
        self.advance()
