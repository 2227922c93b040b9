"""Why a question makes no sense: the closed list of codes, and the error that carries one.

The codes are those of `ErrorCode` in `testingkit/kit/v1/value.proto`.
"""

from __future__ import annotations

import enum


class ErrorCode(enum.Enum):
    """The class of an error. The kits answer with these and no others."""

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
    """Something that is not a value: the class of the error, and where in the value it is."""

    def __init__(self, code: ErrorCode, path: str = "$") -> None:
        super().__init__(code, path)
        self.code = code
        self.path = path

    def __str__(self) -> str:
        return f"{self.code.value} at {self.path}"

    def within(self, segment: str | None) -> ConversionError:
        """The same error as seen by the container that holds the value under `segment`.

        None stands for parts without a path of their own: the error is then the container's.
        """
        if segment is None:
            return ConversionError(self.code)
        return ConversionError(self.code, f"${segment}{self.path[1:]}")
