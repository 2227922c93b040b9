"""Why a text is not a portable pattern (docs/kit/pattern.md, refusals)."""

from __future__ import annotations

import enum


class Reason(enum.Enum):
    """Why a pattern is refused. The kits use only these reasons."""

    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    BAD_ESCAPE = "bad_escape"
    BAD_GROUP = "bad_group"
    BAD_GROUP_NAME = "bad_group_name"
    UNCLOSED_GROUP = "unclosed_group"
    UNOPENED_GROUP = "unopened_group"
    UNCLOSED_CLASS = "unclosed_class"
    EMPTY_CLASS = "empty_class"
    BAD_CLASS_CHARACTER = "bad_class_character"
    BAD_RANGE = "bad_range"
    NOTHING_TO_REPEAT = "nothing_to_repeat"
    REPEATED_REPETITION = "repeated_repetition"
    BAD_REPETITION = "bad_repetition"
    REPETITION_TOO_LARGE = "repetition_too_large"


class PatternError(ValueError):
    """A text is not a portable pattern: the reason, and the index of the code point."""

    def __init__(self, reason: Reason, index: int) -> None:
        super().__init__(reason, index)
        self.reason = reason
        self.index = index

    def __str__(self) -> str:
        return f"{self.reason.value} at {self.index}"
