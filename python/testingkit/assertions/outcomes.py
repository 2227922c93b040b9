"""The assertions of outcomes and errors (docs/kit/assertions.md, outcomes and errors)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from testingkit.assertions.entry import (
    ANY,
    CHECK,
    INT,
    TEXT,
    Body,
    Check,
    Entry,
    EvaluationError,
    Finding,
    Kinds,
)
from testingkit.assertions.model import Named
from testingkit.assertions.nested import satisfies
from testingkit.assertions.regex import check_pattern, compiled
from testingkit.value import (
    Ending,
    Error,
    ErrorCode,
    Int,
    Kind,
    List,
    Outcome,
    Text,
    Value,
    equal,
)
from testingkit.value.kinds import INT32

_ENDED: Kinds = frozenset({Kind.OUTCOME, Kind.ERROR})
_VALUE = (("value", ANY),)
_CHECK = (("check", CHECK),)
_TYPE = (("type", TEXT),)
_CODE = (("code", INT),)
_TEXT = (("text", TEXT),)
_PATTERN = (("pattern", TEXT),)

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


def _on_error(
    name: str,
    arguments: tuple[tuple[str, Kinds], ...],
    detail: str,
    holds: Callable[..., bool],
) -> Entry:
    return Entry(name, arguments, _ENDED, (detail,), _of_error(holds, _DETAILS[detail]))


_DETAILS: dict[str, _Detail] = {
    "type": _type_detail,
    "message": _message_detail,
    "chain": _chain_detail,
}

ENTRIES = (
    Entry("succeeds", (), _ENDED, ("error",), _succeeds),
    Entry("returns_value", _VALUE, _ENDED, ("value", "error"), _returns_value),
    Entry("returns_satisfying", _CHECK, _ENDED, ("failure", "error"), _returns_satisfying),
    Entry("fails", (), _ENDED, ("value",), _fails),
    _on_error("fails_with_type", _TYPE, "type", _is_of_type),
    _on_error("fails_with_exact_type", _TYPE, "type", _is_of_exact_type),
    Entry(
        "fails_with_code",
        _CODE,
        _ENDED,
        ("code",),
        _of_error(_has_code, _code_detail),
        _check_code,
    ),
    _on_error("fails_with_message", _TEXT, "message", _has_message),
    _on_error("fails_with_message_containing", _TEXT, "message", _has_message_containing),
    Entry(
        "fails_with_message_matching",
        _PATTERN,
        _ENDED,
        ("message",),
        _of_error(_has_message_matching, _message_detail),
        check_pattern,
    ),
    _on_error("has_cause_of_type", _TYPE, "chain", _has_cause_of_type),
    _on_error("has_root_cause_message", _TEXT, "chain", _has_root_cause_message),
    _on_error("has_error_in_chain", _TYPE, "chain", _has_error_in_chain),
    _on_error("has_no_cause", (), "chain", _has_no_cause),
    Entry("panics", (), _ENDED, ("outcome",), _ends_with(Ending.PANICKED)),
    Entry("panics_with_message", _TEXT, _ENDED, ("message",), _panics_with_message),
    Entry("does_not_panic", (), _ENDED, ("message",), _does_not_panic),
    Entry("is_cancelled", (), _ENDED, ("outcome",), _ends_with(Ending.CANCELLED)),
)
