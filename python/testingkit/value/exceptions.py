"""Reads the parts of exceptions (docs/kit/value.md, errors)."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.kinds import INT32
from testingkit.value.native import class_name, scalars


def causes(native: BaseException) -> Sequence[BaseException]:
    """Returns the members of a group, or the explicit cause."""
    if isinstance(native, BaseExceptionGroup):
        return native.exceptions
    return () if native.__cause__ is None else (native.__cause__,)


def own_message(native: BaseException) -> str:
    """Returns the text of an exception without the text of its cause."""
    if isinstance(native, BaseExceptionGroup):
        return scalars(native.message)
    message = scalars(str(native))
    return message if native.__cause__ is None else message.removesuffix(f": {native.__cause__}")


def error_type(native: BaseException) -> str:
    """Returns the logical type."""
    stated = getattr(native, "testingkit_error_type", None)
    return class_name(type(native)) if stated is None else scalars(stated)


def error_code(native: BaseException) -> int:
    """Returns the code, 0 for none."""
    code = getattr(native, "testingkit_error_code", 0)
    if not isinstance(code, int) or isinstance(code, bool):
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE)
    if code not in INT32:
        raise ConversionError(ErrorCode.TOO_LARGE)
    return int(code)
