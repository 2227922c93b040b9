"""The error codes of the kits, and the error of values that has one.

The codes are those of `ErrorCode` in `testingkit/kit/v1/value.proto`.
"""

from __future__ import annotations

import enum


class ErrorCode(enum.Enum):
    """The class of an error. The kits use only these codes."""

    WRONG_KIND = "wrong_kind"
    BAD_ARGUMENT = "bad_argument"
    BAD_PATTERN = "bad_pattern"
    BAD_PATH = "bad_path"
    NOT_COMPARABLE = "not_comparable"
    NOT_CONVERTIBLE = "not_convertible"
    CYCLE = "cycle"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"


class ConversionError(ValueError):
    """Something is not a value: the error code, and the path of the place in the value.

    `native_type` is the name of the native type at that place, if a native value was converted.
    """

    def __init__(self, code: ErrorCode, path: str = "$", native_type: str = "") -> None:
        super().__init__(code, path, native_type)
        self.code = code
        self.path = path
        self.native_type = native_type

    def __str__(self) -> str:
        return f"{self.code.value} at {self.path}"

    def within(self, segment: str | None) -> ConversionError:
        """Returns this error with the path from the container that holds the value.

        Args:
            segment: Path of the value in the container, or None if it has none, such as an item of
                a set. The path is then that of the container.
        """
        if segment is None:
            return ConversionError(self.code, native_type=self.native_type)
        return ConversionError(self.code, f"${segment}{self.path[1:]}", self.native_type)
