import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.paths import (
    BadPathError,
    Index,
    Key,
    Name,
    Path,
    Reason,
    UnresolvedPathError,
    parse_path,
    resolve,
    step_to,
    without,
)
from testingkit.value import Map, Text, Value, map_of, to_value

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _TEXTS, st.binary()
)
_KEYS = st.one_of(_SCALARS, st.lists(_SCALARS, max_size=3), st.dictionaries(_TEXTS, _SCALARS))
_STEPS = st.one_of(
    _TEXTS.map(Name),
    st.integers(0, 10**15 - 1).map(Index),
    _KEYS.map(to_value).map(step_to),
)


@given(st.lists(_STEPS, max_size=5))
def test_written_paths_are_read_back(steps: list[Name | Index | Key]) -> None:
    path = Path(tuple(steps))
    assert parse_path(str(path)) == path


@given(st.lists(_KEYS.map(to_value), max_size=4))
def test_step_to_a_key_resolves_to_its_value(keys: list[Value]) -> None:
    value: Value = Text("end")
    for key in keys:
        value = map_of([(key, value), (to_value("other key"), value)])
    path = parse_path(str(Path(tuple(step_to(key) for key in reversed(keys)))))
    assert resolve(path, value) == Text("end")


@given(st.text('$.[]{}"\\u\x00ad019e', max_size=12))
def test_index_is_the_first_that_no_ending_repairs(text: str) -> None:
    index = _index(text)
    if index is not None:
        # What comes behind the index does not change it.
        assert _index(text[: index + 1]) == index
        assert _index(text[:index]) in (None, index)


def _index(text: str) -> int | None:
    try:
        parse_path(text)
    except BadPathError as error:
        return error.index
    return None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ('$["a', 4),
        ('$["\\', 4),
        ('$["\\u', 5),
        ('$["\\u{d800}"]', 10),
        ('$["\\u{00d800}"]', 11),
        ('$["\\u{0000000}"]', 12),
        ("${{}", 4),
        ('${"a', 4),
        ('${"\\', 4),
        ("$.a\n", 3),
        ("$[\uff11]", 2),
    ],
)
def test_index_of_a_text_that_is_not_a_path(text: str, index: int) -> None:
    assert _index(text) == index


def test_unresolved_path_has_reason_and_place() -> None:
    with pytest.raises(UnresolvedPathError) as caught:
        resolve(parse_path('$["a"][1].b'), to_value({"a": [1]}))
    assert caught.value.reason is Reason.NO_INDEX
    assert str(caught.value) == "no_index at $.a"


def test_errors_are_readable() -> None:
    with pytest.raises(BadPathError, match="not a path from index 1 on"):
        parse_path("$a")
    assert resolve(Path(), Map()) == Map()


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("$.a[0].x", {"a": [{"y": 2}, 3]}),
        ("$.a[0]", {"a": [3]}),
        ("$.a", {}),
        ("$.a[0].z", {"a": [{"x": 1, "y": 2}, 3]}),
        ("$", {"a": [{"x": 1, "y": 2}, 3]}),
    ],
)
def test_without_leaves_the_rest(path: str, rest: object) -> None:
    value = to_value({"a": [{"x": 1, "y": 2}, 3]})
    assert without(parse_path(path), value) == to_value(rest)
