import random
import re

import pytest

from testingkit.pattern import (
    MAX_DEPTH,
    MAX_PATTERN_POINTS,
    Match,
    PatternError,
    Reason,
    Span,
    compile_pattern,
)

RANDOM_PATTERNS = 2_000


def test_match_has_spans_of_code_points() -> None:
    found = compile_pattern("(?P<a>ä)|(?P<b>b)").find("😀b")
    assert found == Match(Span(1, 2), {"a": None, "b": Span(1, 2)})


def test_whole_match_tries_every_option() -> None:
    assert compile_pattern("a|ab").matches_whole("ab")


def test_matches_that_can_be_empty_are_not_counted() -> None:
    assert compile_pattern("aa").count("aaaaa") == 2
    assert compile_pattern("a*").count("aaa") is None


def test_refusal_has_reason_and_index() -> None:
    with pytest.raises(PatternError, match="bad_escape at 2") as caught:
        compile_pattern(r"äb\q")
    assert (caught.value.reason, caught.value.index) == (Reason.BAD_ESCAPE, 2)


def test_nested_repetitions_need_no_more_time() -> None:
    assert compile_pattern("(a*)*b").find("a" * 2_000) is None


def test_deepest_pattern_compiles() -> None:
    assert compile_pattern("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).find("a")


def test_longest_pattern_compiles() -> None:
    assert compile_pattern("a" * MAX_PATTERN_POINTS).find("a") is None


def test_spans_are_those_of_re_for_random_patterns() -> None:
    """Patterns and texts of which `re` has the same spans, and which it does not take long for."""
    chosen = random.Random(1)
    for _ in range(RANDOM_PATTERNS):
        written = _random_choice(chosen, depth=2)
        pattern = compile_pattern(written)
        oracle = re.compile(written.replace("$", r"\Z"), re.ASCII)
        for _ in range(3):
            text = "".join(chosen.choices("abc1 \n", k=chosen.randint(1, 7)))
            found, expected = pattern.find(text), oracle.search(text)
            span = (found.span.start, found.span.end) if found else None
            assert span == (expected.span() if expected else None), (written, text)
            whole = oracle.fullmatch(text) is not None
            assert pattern.matches_whole(text) == whole, (written, text)
            count = pattern.count(text)
            assert count in (None, len(oracle.findall(text))), (written, text)


def _random_choice(chosen: random.Random, depth: int) -> str:
    options = (
        "".join(_random_part(chosen, depth) for _ in range(chosen.randint(0, 3)))
        for _ in range(chosen.randint(1, 3))
    )
    return "|".join(options)


def _random_part(chosen: random.Random, depth: int) -> str:
    if chosen.random() < 0.1:
        return chosen.choice(["^", "$", r"\b", r"\B", r"\A"])
    atom = chosen.choice(["a", "b", "c", ".", "[ab]", "[^a]", r"\w", r"[^\w]"])
    if depth and chosen.random() < 0.3:
        inner = _random_choice(chosen, depth - 1)
        return f"(?:{inner})" + chosen.choice(["", "", "?", "??"])
    if chosen.random() < 0.4:
        counts = chosen.choice(["*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0}"])
        atom += counts + chosen.choice(["", "?"])
    return atom
