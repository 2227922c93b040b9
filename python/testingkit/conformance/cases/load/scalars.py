"""Converts the scalar values of text format to those of a field's type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from testingkit.conformance.cases.load.strings import bytes_of, text_of
from testingkit.conformance.cases.load.tokenizer import TextError, Token, found
from testingkit.conformance.text.suggestions import did_you_mean

_INT32, _INT64 = (-(1 << 31), (1 << 31) - 1), (-(1 << 63), (1 << 63) - 1)
_UINT32, _UINT64 = (0, (1 << 32) - 1), (0, (1 << 64) - 1)
_RANGES: Mapping[int, tuple[int, int]] = {
    FieldDescriptor.CPPTYPE_INT32: _INT32,
    FieldDescriptor.CPPTYPE_INT64: _INT64,
    FieldDescriptor.CPPTYPE_UINT32: _UINT32,
    FieldDescriptor.CPPTYPE_UINT64: _UINT64,
}
_FLOATS = frozenset({FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT})
_NAMED_FLOATS = frozenset({"inf", "infinity", "nan"})  # in any case of letters
_BOOLS = {"true": True, "True": True, "t": True, "false": False, "False": False, "f": False}
_MAX_DIGITS = 20  # of a decimal integer; Python refuses to convert very long ones


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar value as it is written: an optional sign, and a name, a number or strings."""

    negative: bool
    tokens: Sequence[Token]  # several only if they are strings
    offset: int

    @property
    def word(self) -> str:
        """The text of a value that is not a string; empty for strings."""
        return "" if self.tokens[0].kind == "string" else self.tokens[0].text

    @property
    def text(self) -> str:
        """The value as it is written, for messages."""
        return ("-" if self.negative else "") + " ".join(token.text for token in self.tokens)


def convert(scalar: Scalar, field: FieldDescriptor) -> object:
    """Returns a value of the type of a field.

    Raises:
        TextError: The value is of another type, or out of range.
    """
    kind = field.cpp_type
    if kind == FieldDescriptor.CPPTYPE_STRING:
        return _string(scalar, field)
    if kind in _RANGES:
        return _integer(scalar, *_RANGES[kind])
    if kind in _FLOATS:
        return _float(scalar)
    if kind == FieldDescriptor.CPPTYPE_BOOL:
        return _bool(scalar)
    return _enum(scalar, field)


def _string(scalar: Scalar, field: FieldDescriptor) -> str | bytes:
    if scalar.word or scalar.negative:
        raise _expected("a string", scalar)
    is_bytes = field.type == FieldDescriptor.TYPE_BYTES
    return bytes_of(scalar.tokens) if is_bytes else text_of(scalar.tokens)


def _integer(scalar: Scalar, low: int, high: int) -> int:
    expected = f"an integer from {low} to {high}"
    digits = _digits(scalar.word)
    if digits is None or (scalar.negative and low == 0):
        raise _expected(expected, scalar)
    number = -digits if scalar.negative else digits
    if not low <= number <= high:
        raise _expected(expected, scalar)
    return number


def _digits(word: str) -> int | None:
    """Returns the number of a decimal, octal or hexadecimal integer; None for any other text."""
    if not word[:1].isdigit():
        return None
    if word[:2] in {"0x", "0X"}:
        return int(word, 0)
    if not word.isdigit():
        return None  # a float
    if word[0] == "0":
        return int(word, 8)
    return int(word) if len(word) <= _MAX_DIGITS else 10**_MAX_DIGITS


def _float(scalar: Scalar) -> float:
    word = scalar.word
    if word.lower() in _NAMED_FLOATS:
        number = float(word)
    elif word[:1] in {".", *"0123456789"} and not _is_octal_or_hexadecimal(word):
        number = float(word.rstrip("fF"))
    else:
        raise _expected("a decimal number, inf or nan", scalar)
    return -number if scalar.negative else number


def _is_octal_or_hexadecimal(word: str) -> bool:
    return word[:2] in {"0x", "0X"} or (word.isdigit() and len(word) > 1 and word[0] == "0")


def _bool(scalar: Scalar) -> bool:
    if not scalar.negative:
        if scalar.word in _BOOLS:
            return _BOOLS[scalar.word]
        if (number := _digits(scalar.word)) in {0, 1}:
            return bool(number)
    raise _expected("true or false", scalar)


def _enum(scalar: Scalar, field: FieldDescriptor) -> int:
    enum: Any = field.enum_type
    if _digits(scalar.word) is not None:
        number = _integer(scalar, *_INT32)
        if enum.is_closed and number not in enum.values_by_number:
            message = f'Enum type "{enum.full_name}" has no value with number {number}.'
            raise TextError(scalar.offset, message)
        return number
    if scalar.negative or scalar.tokens[0].kind != "name":
        raise _expected(f"a value of {enum.full_name}", scalar)
    value = enum.values_by_name.get(scalar.word)
    if value is None:
        hint = did_you_mean(scalar.word, list(enum.values_by_name))
        message = f'Enum type "{enum.full_name}" has no value named {scalar.word}{hint or "."}'
        raise TextError(scalar.offset, message)
    return int(value.number)


def _expected(what: str, scalar: Scalar) -> TextError:
    return TextError(scalar.offset, f"expected {what}, {found(scalar.text)}")
