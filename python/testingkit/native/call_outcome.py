"""How a call ended, with its native result."""

from __future__ import annotations

from typing import Generic, TypeVar

from testingkit.value import (
    ConversionError,
    Ending,
    Error,
    ErrorCode,
    Null,
    Outcome,
    Text,
    Value,
    to_value,
)

_Returned_co = TypeVar("_Returned_co", covariant=True)


class CallOutcome(Generic[_Returned_co]):
    """How a call ended. It converts to an outcome, the actual value of assertions on outcomes.

    Attributes:
        ending: How it ended.
        returned: What it returned; None if it did not return.
        raised: What it raised; None if it returned.
    """

    __slots__ = ("ending", "raised", "returned")

    def __init__(
        self,
        ending: Ending,
        returned: _Returned_co | None = None,
        raised: BaseException | None = None,
    ) -> None:
        self.ending = ending
        self.returned = returned
        self.raised = raised

    def __testingkit_value__(self) -> Value:
        return Outcome(self.ending, self._payload())

    def _payload(self) -> Value:
        match self.ending:
            case Ending.RETURNED:
                return _converted(self.returned, ".returned")
            case Ending.FAILED:
                return _failed(self.raised)
            case Ending.PANICKED:
                return Text(_scalars(str(self.raised)))
            case _:
                return Null()

    def __repr__(self) -> str:
        shown = self.returned if self.raised is None else self.raised
        return f"<{self.ending.value}: {shown!r}>"


def _converted(native: object, segment: str) -> Value:
    try:
        return to_value(native)
    except ConversionError as error:
        raise error.within(segment) from error.__cause__


def _failed(raised: object) -> Value:
    converted = _converted(raised, ".failed")
    if not isinstance(converted, Error):
        raise ConversionError(ErrorCode.NOT_CONVERTIBLE, "$.failed", type(raised).__name__)
    return converted


def _scalars(text: str) -> str:
    """Returns a text with U+FFFD for every lone surrogate."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
