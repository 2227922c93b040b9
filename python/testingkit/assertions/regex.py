"""The assertions of patterns (docs/kit/assertions.md, patterns)."""

from __future__ import annotations

from testingkit.assertions.entry import EvaluationError, Finding, Rule, opposite, plain
from testingkit.assertions.sizes import check_count
from testingkit.pattern import Match, Pattern, PatternError, Span, compile_pattern
from testingkit.value import ErrorCode, Int, Map, Null, Text, equal, map_of


def compiled(pattern: Text) -> Pattern:
    """Returns the pattern of a text, or raises `EvaluationError`."""
    try:
        return compile_pattern(pattern.value)
    except PatternError as error:
        raise EvaluationError(ErrorCode.BAD_PATTERN) from error


def check_pattern(pattern: Text) -> None:
    """Raises `EvaluationError` if a text is not a portable pattern."""
    compiled(pattern)


def _check_match_count(pattern: Text, count: Int) -> None:
    if compiled(pattern).can_match_empty:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)
    check_count(count)


def _check_groups(pattern: Text, groups: Map) -> None:
    check_pattern(pattern)
    for name, group in groups.entries:
        if not (isinstance(name, Text) and isinstance(group, Text | Null)):
            raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _matches(actual: Text, pattern: Text) -> bool:
    return compiled(pattern).matches_whole(actual.value)


def _contains(actual: Text, pattern: Text) -> bool:
    return compiled(pattern).find(actual.value) is not None


def _not_contains(actual: Text, pattern: Text) -> Finding:
    found = compiled(pattern).find(actual.value)
    if found is None:
        return Finding(passed=True)
    return Finding(passed=False, details=(("match", _part(actual, found.span)),))


def _has_match_count(actual: Text, pattern: Text, count: Int) -> Finding:
    found = Int(compiled(pattern).count(actual.value) or 0)
    return Finding(found == count, (("count", found),))


def _has_groups(actual: Text, pattern: Text, groups: Map) -> Finding:
    found = compiled(pattern).find(actual.value)
    if found is None:
        return Finding(passed=False)
    named = _groups(actual, found)
    return Finding(equal(named, groups), (("groups", named),))


def _groups(actual: Text, found: Match) -> Map:
    return map_of(
        (Text(name), Null() if span is None else _part(actual, span))
        for name, span in found.groups.items()
    )


def _part(actual: Text, span: Span) -> Text:
    return Text(actual.value[span.start : span.end])


def _is_portable(actual: Text) -> Finding:
    try:
        compile_pattern(actual.value)
    except PatternError as error:
        details = (("reason", Text(error.reason.value)), ("index", Int(error.index)))
        return Finding(passed=False, details=details)
    return Finding(passed=True)


RULES = {
    "matches_regex": plain(_matches, check_pattern),
    "not_matches_regex": opposite(_matches, check_pattern),
    "contains_regex": plain(_contains, check_pattern),
    "not_contains_regex": Rule(_not_contains, check_pattern),
    "has_regex_match_count": Rule(_has_match_count, _check_match_count),
    "has_regex_groups": Rule(_has_groups, _check_groups),
    "is_portable_regex": Rule(_is_portable),
}
