"""Removes ``Any`` wrappers, which a case file may have although the method determines the type.

``request { [type.googleapis.com/acme.v1.Request] { text: "x" } }`` becomes
``request { text: "x" }`` with blanks in place of the wrapper, so that lines and columns stay those
of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from testingkit.conformance.cases.load.tokenizer import Field, fields

# Possessive, because blanks and comments could be matched in too many ways.
_WRAPPED = re.compile(r"(?:request|response)\s*+:?\s*+[{<](?:\s++|\#[^\n]*+)*+\[")
_INK = re.compile(r"[^\n]")
_TYPE_URL = re.compile(r"\[\s*(?:[\w.\-]+/)+([\w.]+)\s*\]")

# Fields that are an Any, and fields of messages that have such fields.
_ANY_FIELDS = frozenset({"request", "response"})
_PARENT_FIELDS = frozenset({"expect", "any_of", "choices", "outcome"})


class WrongTypeError(Exception):
    """A wrapper has another type than the method; ``offset`` is where."""

    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        super().__init__(message)


def unwrap(body: str, request_type: str, response_type: str) -> str:
    """Returns the text of a case with its ``Any`` wrappers blanked out.

    Raises:
        BlockError: Brackets or strings do not close.
        WrongTypeError: A wrapper has another type than the method.
    """
    if not _WRAPPED.search(body):
        return body
    pieces: list[str] = []
    end = 0
    types = {"request": request_type, "response": response_type}
    for start, stop in _wrappers(body, 0, len(body), types):
        pieces += [body[end:start], blank(body[start:stop])]
        end = stop
    return "".join([*pieces, body[end:]])


def blank(text: str) -> str:
    """Returns a text with all characters but line breaks replaced by blanks."""
    return _INK.sub(" ", text)


def _wrappers(
    body: str, start: int, end: int, types: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Yields the start and end of each piece of a wrapper, in order."""
    for field in fields(body, start, end):
        if not field.is_message:
            continue
        if field.name in _PARENT_FIELDS:
            yield from _wrappers(body, field.value_start, field.value_end, types)
        elif field.name in _ANY_FIELDS:
            for inner in fields(body, field.value_start, field.value_end):
                if _is_wrapper(inner, types[field.name]):
                    yield inner.start, inner.value_start
                    yield inner.value_end, inner.end


def _is_wrapper(inner: Field, expected: str) -> bool:
    url = _TYPE_URL.fullmatch(inner.name)
    if url is None or not inner.is_message:
        return False
    if url[1] != expected:
        raise WrongTypeError(
            inner.start, f"the method's type here is {expected}, the wrapper's is {url[1]}"
        )
    return True
