"""Turns the answers that expectations state into observations, for liars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from google.rpc import code_pb2, error_details_pb2, status_pb2

from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation, Expectation
from testingkit.conformance.v1.observation_pb2 import Error, Observation


class _Details(NamedTuple):
    """What an error expectation may require besides the code; empty means not required."""

    reason: str
    domain: str
    field_path: str
    message: str


def stated_answers(expect: Expectation) -> Sequence[Observation]:
    """Returns the correct answers that an expectation states; none if it expects agreement."""
    match expect.WhichOneof("kind"):
        case "response":
            return [Observation(response=expect.response.value)]
        case "error":
            code = expect.error.code or code_pb2.UNKNOWN
            return [Observation(error=_error(code, _details(expect.error)))]
        case "any_of":
            return [answer for choice in expect.any_of.choices for answer in stated_answers(choice)]
        case _:
            return []


def stated_errors(expect: Expectation) -> Sequence[ErrorExpectation]:
    """Returns the errors that an expectation accepts."""
    choices = (expect, *expect.any_of.choices)
    return [choice.error for choice in choices if choice.HasField("error")]


def commonest_error(errors: Sequence[ErrorExpectation]) -> Observation:
    """Returns the error that most of some expectations require.

    It has the most common code, and the most common of the details that are required with it. If no
    error is expected, the code is that of a server without the method.
    """
    codes = Counter(code for error in errors for code in _codes(error))
    if not codes:
        code = code_pb2.UNKNOWN if errors else code_pb2.UNIMPLEMENTED
    else:
        code = codes.most_common(1)[0][0]
    fitting = [error for error in errors if not _codes(error) or code in _codes(error)]
    details = Counter(found for error in fitting if any(found := _details(error)))
    required = details.most_common(1)[0][0] if details else _Details("", "", "", "")
    return Observation(error=_error(code, required))


def _codes(error: ErrorExpectation) -> Sequence[int]:
    """Returns the codes that are accepted; none means any."""
    return [] if error.code == code_pb2.OK else [*dict.fromkeys((error.code, *error.other_codes))]


def _details(error: ErrorExpectation) -> _Details:
    return _Details(error.reason, error.domain, error.field_path, error.message)


def _error(code: int, required: _Details) -> Error:
    """Returns an error as a runner sends it, with the standard details that are required."""
    status = status_pb2.Status(code=code, message=required.message)
    if required.reason or required.domain:
        info = error_details_pb2.ErrorInfo(reason=required.reason, domain=required.domain)
        status.details.add().Pack(info)
    if required.field_path:
        request = error_details_pb2.BadRequest()
        request.field_violations.add(field=required.field_path)
        status.details.add().Pack(request)
    details = status.SerializeToString() if status.details else b""
    return Error(code=code, message=required.message, details=details)
