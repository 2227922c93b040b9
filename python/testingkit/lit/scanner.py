"""Scans the text of a `lit`."""

import re
from typing import NoReturn

_SPACE = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")


class Scanner:
    """Reads a text from left to right. It ignores spaces, tabs and line ends between tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0

    def fail(self, expected: str, offset: int | None = None) -> NoReturn:
        """Raises `ValueError` for the character at `offset`, or at the current one."""
        place = self.offset if offset is None else offset
        found = "the end" if place >= len(self.text) else ascii(self.text[place])
        raise ValueError(f"lit: offset {place}: expected {expected}, found {found}")

    def refuse(self, reason: str, offset: int) -> NoReturn:
        """Raises `ValueError` for the well-formed but invalid part that starts at `offset`."""
        raise ValueError(f"lit: offset {offset}: {reason}")

    def skip_space(self) -> None:
        """Advances to the next token."""
        match = _SPACE.match(self.text, self.offset)
        if match:
            self.offset = match.end()

    def peek(self) -> str:
        """Returns the first character of the next token, empty at the end."""
        self.skip_space()
        return self.text[self.offset : self.offset + 1]

    def take(self, token: str) -> bool:
        """Consumes `token` if it is next, and returns whether it was."""
        self.skip_space()
        if not self.text.startswith(token, self.offset):
            return False
        self.offset += len(token)
        return True

    def need(self, token: str) -> None:
        """Consumes `token`, which must be next."""
        if not self.take(token):
            self.fail(f"`{token}`")

    def take_match(self, pattern: re.Pattern[str]) -> str | None:
        """Consumes and returns the match of `pattern` at the current offset, or returns None."""
        match = pattern.match(self.text, self.offset)
        if match is None:
            return None
        self.offset = match.end()
        return match.group()

    def take_name(self) -> str | None:
        """Consumes and returns the next name, which may have dots, or returns None."""
        self.skip_space()
        return self.take_match(_NAME)

    def need_end(self) -> None:
        """Raises `ValueError` if there is another token."""
        if self.peek():
            self.fail("the end")
