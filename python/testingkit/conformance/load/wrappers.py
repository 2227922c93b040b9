"""Takes the ``Any`` wrapper off where a case file writes it although the method says the type.

``request { [type.googleapis.com/acme.v1.Request] { text: "x" } }`` becomes
``request { text: "x" }`` with blanks in place of the wrapper, so that lines and columns stay what
they are in the file.
"""

from __future__ import annotations

import re

from testingkit.conformance.load.blocks import Field, fields

_WRAPPED = re.compile(r"(?:request|response)\s*:?\s*[{<]\s*(?:\#[^\n]*\s*)*\[")
_TYPE_URL = re.compile(r"\[\s*(?:[\w.\-]+/)+([\w.]+)\s*\]")

# Which fields of a message may hold an Any, and which lead on to messages that do.
_ANY_FIELDS = frozenset({"request", "response"})
_ON_THE_WAY = frozenset({"expect", "any_of", "choices", "outcome"})


class WrongTypeError(Exception):
    """A wrapper that names another type than the method does; ``offset`` is where."""

    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        super().__init__(message)


def unwrap(body: str, request_type: str, response_type: str) -> str:
    """Returns the text of a case with its ``Any`` wrappers blanked out.

    Raises:
        BlockError: The text does not nest.
        WrongTypeError: A wrapper names another type than the method does.
    """
    if not _WRAPPED.search(body):
        return body
    chars = list(body)
    _unwrap(body, 0, len(body), chars, {"request": request_type, "response": response_type})
    return "".join(chars)


def _unwrap(body: str, start: int, end: int, chars: list[str], types: dict[str, str]) -> None:
    for field in fields(body, start, end):
        if not field.is_message:
            continue
        if field.name in _ON_THE_WAY:
            _unwrap(body, field.value_start, field.value_end, chars, types)
        elif field.name in _ANY_FIELDS:
            for inner in fields(body, field.value_start, field.value_end):
                _unwrap_one(inner, types[field.name], body, chars)


def _unwrap_one(inner: Field, expected: str, body: str, chars: list[str]) -> None:
    url = _TYPE_URL.fullmatch(inner.name)
    if url is None or not inner.is_message:
        return
    if url[1] != expected:
        raise WrongTypeError(
            inner.start, f"the method's type here is {expected}, the wrapper says {url[1]}"
        )
    for offset in (*range(inner.start, inner.value_start), *range(inner.value_end, inner.end)):
        if body[offset] != "\n":
            chars[offset] = " "
