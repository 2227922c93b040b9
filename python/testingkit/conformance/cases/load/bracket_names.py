"""Reads names in square brackets: of extensions, and of the types in expanded ``Any`` messages."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from testingkit.conformance.cases.load.tokenizer import COMMENT, TextError

_SPACE = rf"(?:[ \t\n\v\f\r]++|{COMMENT})"
# Any character of an address: what runtimes print, and more than the specification has.
_PIECE = r"[A-Za-z0-9_.\-~!$&()*+,;=%/]"
_BRACKETS = re.compile(rf"\[(?P<inside>(?:{_SPACE}|{_PIECE}++)*+)\]")
_PIECES = re.compile(rf"{_SPACE}|({_PIECE}++)")
_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*+(?:\.[A-Za-z_][A-Za-z0-9_]*+)*+")
_PREFIX = re.compile(r"(?!/)(?:%[0-9A-Fa-f]{2}|[^%])++")


@dataclass(frozen=True, slots=True)
class BracketName:
    """A name in brackets: of an extension, or with a ``prefix`` of the type in an ``Any``."""

    prefix: str
    type: str
    start: int
    end: int

    @property
    def type_url(self) -> str:
        """The address of the type."""
        return f"{self.prefix}/{self.type}"


def read_name(text: str, offset: int, end: int) -> BracketName:
    """Returns the name in the brackets at an offset.

    Blanks and comments may separate its words from the points and slashes between them.

    Raises:
        TextError: It is not such a name.
    """
    match = _BRACKETS.match(text, offset, end)
    pieces: list[str] = _PIECES.findall(match["inside"]) if match else []
    words = [piece for piece in pieces if piece]  # blanks and comments are empty here
    joined = "".join(words)
    prefix, slash, name = joined.rpartition("/")
    is_split = any(a[-1] not in "./" and b[0] not in "./" for a, b in itertools.pairwise(words))
    is_type = _TYPE.fullmatch(name) and (not slash or _PREFIX.fullmatch(prefix))
    if match is None or is_split or not is_type:
        raise TextError(
            offset,
            "expected the name of an extension, such as [acme.v1.extension], "
            "or of a type, such as [type.googleapis.com/acme.v1.Type]",
        )
    return BracketName(prefix, name, offset, match.end())
