"""TestingKit: one behaviour, several languages.

The Python test kit is the modules ``assertions``, ``diff``, ``events``, ``native``, ``render`` and
``value``, which need only the standard library. Tests import `require`, `expect`, `match` and
`outcome` from here; these load the kit when they are first used. ``conformance`` is the
coordinator, ``runner`` the runner SDK, and ``kit_runner`` serves the kit over gRPC with the
generated code in ``kit_proto``. ``lit`` is the notation for the kit's values in case files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from testingkit.native import match
    from testingkit.native.call_outcome import CallOutcome
    from testingkit.native.capture import outcome, outcome_async
    from testingkit.native.failures import AssertionFailed, ExpectationsFailed
    from testingkit.native.matcher import Matcher
    from testingkit.native.styles import expect, require
    from testingkit.native.subject import Subject

__all__ = [
    "AssertionFailed",
    "CallOutcome",
    "ExpectationsFailed",
    "Matcher",
    "Subject",
    "expect",
    "match",
    "outcome",
    "outcome_async",
    "require",
]

# The one source of the version: `make set-version` writes the other files that hold it.
__version__ = "0.1.0"

# Where the names of tests are. The coordinator, which uses none of them, starts without the kit.
_MODULES = {
    "AssertionFailed": "testingkit.native.failures",
    "CallOutcome": "testingkit.native.call_outcome",
    "ExpectationsFailed": "testingkit.native.failures",
    "Matcher": "testingkit.native.matcher",
    "Subject": "testingkit.native.subject",
    "expect": "testingkit.native.styles",
    "match": "testingkit.native",
    "outcome": "testingkit.native.capture",
    "outcome_async": "testingkit.native.capture",
    "require": "testingkit.native.styles",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(_MODULES[name], fromlist=[name])
    globals()[name] = getattr(module, name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
