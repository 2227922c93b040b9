"""The assertions of outcomes and errors (docs/kit/assertions.md, outcomes and errors)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from testingkit.assertions.entry import Body, Check, EvaluationError, Finding, Rule
from testingkit.assertions.model import Named
from testingkit.assertions.nested import satisfies
from testingkit.assertions.regex import check_pattern, compiled
from testingkit.value import Ending, Error, ErrorCode, Int, List, Outcome, Text, Value, equal
from testingkit.value.kinds import INT32

_Ended = Outcome | Error
_Detail = Callable[[Error], tuple[str, Value]]


def _ending_of(actual: _Ended) -> Ending:
    return actual.ending if isinstance(actual, Outcome) else Ending.FAILED


def _payload(actual: _Ended, ending: Ending) -> Value | None:
    """Returns what a call with this ending has as its result."""
    if _ending_of(actual) is not ending:
        return None
    return actual.payload if isinstance(actual, Outcome) else actual


def _error_of(actual: _Ended) -> Error | None:
    """Returns what the call failed with."""
    error = _payload(actual, Ending.FAILED)
    return error if isinstance(error, Error) else None


def _optional(name: str, detail: Value | None) -> Named:
    return () if detail is None else ((name, detail),)


def _succeeds(actual: _Ended) -> Finding:
    passed = _ending_of(actual) is Ending.RETURNED
    return Finding(passed, _optional("error", _error_of(actual)))


def _returns_value(actual: _Ended, value: Value) -> Finding:
    returned = _payload(actual, Ending.RETURNED)
    passed = returned is not None and equal(returned, value)
    return Finding(passed, _optional("value", returned) + _optional("error", _error_of(actual)))


def _returns_satisfying(actual: _Ended, check: Check) -> Finding:
    returned = _payload(actual, Ending.RETURNED)
    if returned is None:
        return Finding(passed=False, details=_optional("error", _error_of(actual)))
    return satisfies(check, returned)


def _fails(actual: _Ended) -> Finding:
    passed = _ending_of(actual) is Ending.FAILED
    return Finding(passed, _optional("value", _payload(actual, Ending.RETURNED)))


def _of_error(holds: Callable[..., bool], detail: _Detail) -> Body:
    """Returns the body of an assertion on the error that the call failed with."""

    def body(actual: _Ended, *arguments: Value) -> Finding:
        error = _error_of(actual)
        if error is None:
            return Finding(passed=False)
        return Finding(holds(error, *arguments), (detail(error),))

    return body


def _type_detail(error: Error) -> tuple[str, Value]:
    return "type", Text(error.type)


def _code_detail(error: Error) -> tuple[str, Value]:
    return "code", Int(error.code)


def _message_detail(error: Error) -> tuple[str, Value]:
    return "message", Text(error.message)


def _chain_detail(error: Error) -> tuple[str, Value]:
    links = (Error(link.type, link.message, link.code) for link in _chain(error))
    return "chain", List(tuple(links))


def _chain(error: Error) -> Iterator[Error]:
    """Returns the error and all its causes, depth first."""
    yield error
    for cause in error.causes:
        yield from _chain(cause)


def _is_of_type(error: Error, wanted: Text) -> bool:
    is_subtype = wanted.value != "" and error.type.startswith(f"{wanted.value}.")
    return error.type == wanted.value or is_subtype


def _is_of_exact_type(error: Error, wanted: Text) -> bool:
    return error.type == wanted.value


def _check_code(code: Int) -> None:
    if code.value not in INT32:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _has_code(error: Error, code: Int) -> bool:
    return error.code == code.value


def _has_message(error: Error, text: Text) -> bool:
    return error.message == text.value


def _has_message_containing(error: Error, text: Text) -> bool:
    return text.value in error.message


def _has_message_matching(error: Error, pattern: Text) -> bool:
    return compiled(pattern).find(error.message) is not None


def _has_cause_of_type(error: Error, wanted: Text) -> bool:
    return any(_is_of_type(cause, wanted) for cause in error.causes)


def _has_root_cause_message(error: Error, text: Text) -> bool:
    return any(not link.causes and link.message == text.value for link in _chain(error))


def _has_error_in_chain(error: Error, wanted: Text) -> bool:
    return any(_is_of_type(link, wanted) for link in _chain(error))


def _has_no_cause(error: Error) -> bool:
    return not error.causes


def _ends_with(ending: Ending) -> Body:
    """Returns the body of an assertion that passes for this ending."""

    def body(actual: _Ended) -> Finding:
        own = _ending_of(actual)
        return Finding(own is ending, (("outcome", Text(own.value)),))

    return body


def _panics_with_message(actual: _Ended, text: Text) -> Finding:
    message = _payload(actual, Ending.PANICKED)
    return Finding(message == text, _optional("message", message))


def _does_not_panic(actual: _Ended) -> Finding:
    passed = _ending_of(actual) in (Ending.RETURNED, Ending.FAILED)
    return Finding(passed, _optional("message", _payload(actual, Ending.PANICKED)))


RULES = {
    "succeeds": Rule(_succeeds),
    "returns_value": Rule(_returns_value),
    "returns_satisfying": Rule(_returns_satisfying),
    "fails": Rule(_fails),
    "fails_with_type": Rule(_of_error(_is_of_type, _type_detail)),
    "fails_with_exact_type": Rule(_of_error(_is_of_exact_type, _type_detail)),
    "fails_with_code": Rule(_of_error(_has_code, _code_detail), _check_code),
    "fails_with_message": Rule(_of_error(_has_message, _message_detail)),
    "fails_with_message_containing": Rule(_of_error(_has_message_containing, _message_detail)),
    "fails_with_message_matching": Rule(
        _of_error(_has_message_matching, _message_detail), check_pattern
    ),
    "has_cause_of_type": Rule(_of_error(_has_cause_of_type, _chain_detail)),
    "has_root_cause_message": Rule(_of_error(_has_root_cause_message, _chain_detail)),
    "has_error_in_chain": Rule(_of_error(_has_error_in_chain, _chain_detail)),
    "has_no_cause": Rule(_of_error(_has_no_cause, _chain_detail)),
    "panics": Rule(_ends_with(Ending.PANICKED)),
    "panics_with_message": Rule(_panics_with_message),
    "does_not_panic": Rule(_does_not_panic),
    "is_cancelled": Rule(_ends_with(Ending.CANCELLED)),
}
