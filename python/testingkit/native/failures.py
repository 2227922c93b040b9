"""The failures of `require` and `expect`.

The pytest plugin imports this module in every run of pytest, so it imports nothing of the kit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from testingkit.assertions import Verdict

# pytest leaves the frames of modules with this name out of what it prints.
__tracebackhide__ = True

MAX_SHOWN = 100
"""Failures in the message of `ExpectationsFailed`."""


class AssertionFailed(AssertionError):  # noqa: N818 - named by what happened
    """An assertion did not pass. The message is the failure text.

    Attributes:
        verdict: The verdict, FAIL or ERROR; None if the actual value or an argument does not
            convert.
    """

    def __init__(self, text: str, verdict: Verdict | None = None) -> None:
        super().__init__(text)
        self.verdict = verdict

    @property
    def is_error(self) -> bool:
        """Whether the assertion could not be evaluated, so that its negation fails as well."""
        return self.verdict is None or self.verdict.code is not None

    def __reduce__(self) -> tuple[type[AssertionFailed], tuple[str, Verdict | None]]:
        return type(self), (str(self), self.verdict)


@dataclass(frozen=True, slots=True)
class Collected:
    """A failure of `expect`, and where the call is: `test_basket.py:12`."""

    place: str
    failure: AssertionFailed


class ExpectationsFailed(AssertionError):  # noqa: N818 - named by what happened
    """Assertions of `expect` did not pass. The message has all failure texts.

    Attributes:
        failures: The failures, in the order of the calls.
    """

    def __init__(self, text: str, failures: Sequence[Collected]) -> None:
        super().__init__(text)
        self.failures = tuple(failures)

    def __reduce__(self) -> tuple[type[ExpectationsFailed], tuple[str, Sequence[Collected]]]:
        return type(self), (str(self), self.failures)


for _shown in (AssertionFailed, ExpectationsFailed):
    _shown.__module__ = "testingkit"


def text_of(failures: Sequence[Collected], raised: BaseException | None = None) -> str:
    """Returns the numbered failure texts, and what was raised after them."""
    count = "1 expectation" if len(failures) == 1 else f"{len(failures)} expectations"
    then = "" if raised is None else f", then {type(raised).__name__} was raised"
    shown = enumerate(failures[:MAX_SHOWN], start=1)
    numbered = [f"{number}) {one.place}\n{one.failure}" for number, one in shown]
    if len(failures) > MAX_SHOWN:
        numbered.append(f"… {len(failures) - MAX_SHOWN} more")
    return "\n\n".join([f"{count} failed{then}", *numbered])
