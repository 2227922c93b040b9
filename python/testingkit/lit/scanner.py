"""The text of a `lit` and a place in it."""

import re
from typing import NoReturn

_SPACE = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")


class Scanner:
    """Reads a text from left to right. Spaces, tabs and line ends between tokens mean nothing."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0

    def fail(self, expected: str, offset: int | None = None) -> NoReturn:
        """Refuse the text for what it has at `offset`, or here where none is given."""
        place = self.offset if offset is None else offset
        found = "the end" if place >= len(self.text) else ascii(self.text[place])
        raise ValueError(f"lit: offset {place}: expected {expected}, found {found}")

    def refuse(self, reason: str, offset: int) -> NoReturn:
        """Refuse what was read from `offset` on although its form is right."""
        raise ValueError(f"lit: offset {offset}: {reason}")

    def skip_space(self) -> None:
        """Go to the next token."""
        match = _SPACE.match(self.text, self.offset)
        if match:
            self.offset = match.end()

    def peek(self) -> str:
        """Give the character of the next token's start, empty at the end."""
        self.skip_space()
        return self.text[self.offset : self.offset + 1]

    def take(self, token: str) -> bool:
        """Step over `token` if it is next."""
        self.skip_space()
        if not self.text.startswith(token, self.offset):
            return False
        self.offset += len(token)
        return True

    def need(self, token: str) -> None:
        """Step over `token`, which must be next."""
        if not self.take(token):
            self.fail(f"`{token}`")

    def take_match(self, pattern: re.Pattern[str]) -> str | None:
        """Step over what `pattern` matches right here, without skipping spaces."""
        match = pattern.match(self.text, self.offset)
        if match is None:
            return None
        self.offset = match.end()
        return match.group()

    def take_name(self) -> str | None:
        """Step over a name, dotted or not, if one is next."""
        self.skip_space()
        return self.take_match(_NAME)

    def need_end(self) -> None:
        """Demand that nothing follows."""
        if self.peek():
            self.fail("the end")
