import itertools
import random
from collections.abc import Iterator

from testingkit.diff import diff_lines
from testingkit.diff.edits import DELETED, INSERTED, KEPT, Edit, Middle, edit_script
from testingkit.diff.search import search


def diff(expected: str, actual: str) -> str:
    return diff_lines(list(expected), list(actual))


def applied(text: str, expected: list[str]) -> list[str]:
    """Returns the actual lines: applies a difference to the expected lines."""
    result: list[str] = []
    used = 0
    for line in text.splitlines():
        if line.startswith("@@"):
            first, count = (int(part) for part in line.split()[1][1:].split(","))
            start = first - 1 if count else first
            result += expected[used:start]
            used = start
        elif line[0] == "+":
            result.append(line[1:])
        else:
            assert expected[used] == line[1:]
            result += [line[1:]] * (line[0] == " ")
            used += 1
    return result + expected[used:]


def test_equal_lines_have_an_empty_difference() -> None:
    assert diff("", "") == ""
    assert diff("ab", "ab") == ""


def test_a_side_without_lines_has_line_number_0() -> None:
    assert diff("", "a") == "@@ -0,0 +1,1 @@\n+a\n"
    assert diff("a", "") == "@@ -1,1 +0,0 @@\n-a\n"


def test_on_a_tie_the_deletion_comes_first() -> None:
    assert diff("ab", "ba") == "@@ -1,2 +1,2 @@\n-a\n b\n+a\n"


def test_an_insertion_comes_first_if_it_keeps_more_lines() -> None:
    assert diff("abc", "xabd").splitlines()[1:] == ["+x", " a", " b", "-c", "+d"]
    assert diff("axbc", "bcaz").splitlines()[1:] == ["-a", "-x", " b", " c", "+a", "+z"]


def test_changes_up_to_six_lines_apart_share_a_hunk() -> None:
    assert diff("a123456b", "A123456B").count("@@ -") == 1
    assert diff("a1234567b", "A1234567B") == (
        "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"
    )


def by_table(expected: list[str], actual: list[str]) -> list[Edit]:
    """Makes the choice with a table: [i][j] is the length of the longest common subsequence."""
    rows = [[0] * (len(actual) + 1) for _ in range(len(expected) + 1)]
    for i, j in itertools.product(range(len(expected))[::-1], range(len(actual))[::-1]):
        same = expected[i] == actual[j]
        rows[i][j] = rows[i + 1][j + 1] + 1 if same else max(rows[i + 1][j], rows[i][j + 1])
    edits: list[Edit] = []
    i = j = 0
    while i < len(expected) or j < len(actual):
        both = i < len(expected) and j < len(actual)
        if both and expected[i] == actual[j]:
            edits.append((KEPT, expected[i]))
            i, j = i + 1, j + 1
        elif j == len(actual) or (both and rows[i + 1][j] >= rows[i][j + 1]):
            edits.append((DELETED, expected[i]))
            i += 1
        else:
            edits.append((INSERTED, actual[j]))
            j += 1
    return edits


def random_sides(count: int) -> Iterator[tuple[list[str], list[str]]]:
    """Yields pairs of up to twelve lines, from few or many letters."""
    source = random.Random(1)
    for _ in range(count):
        letters = "abcdefghijkl"[: source.choice([1, 2, 3, 4, 12])]
        yield (
            source.choices(letters, k=source.randrange(13)),
            source.choices(letters, k=source.randrange(13)),
        )


def test_the_choice_is_that_of_the_table() -> None:
    for expected, actual in random_sides(2000):
        assert Middle(expected, actual).edits() == by_table(expected, actual), (expected, actual)


def test_a_search_visits_no_more_points_than_there_are_pairs_of_lines() -> None:
    for expected, actual in random_sides(500):
        left, right = ([ord(line) for line in side] for side in (expected, actual))
        visited = sum(len(least) for _, least in search(left, right, None).frontiers)
        assert visited <= (len(left) + 1) * (len(right) + 1), (expected, actual)


def test_what_is_common_is_kept_at_every_size() -> None:
    expected = [f"line {n}" for n in range(20_000)]
    actual = ["changed" if n % 1_000 == 0 else line for n, line in enumerate(expected)]
    text = diff_lines(expected, actual)
    assert len(text.splitlines()) == 20 + 40 + 19 * 6 + 3
    assert applied(text, expected) == actual


def test_lines_of_one_side_only_need_no_search() -> None:
    expected, actual = [f"e{n}" for n in range(20_000)], [f"a{n}" for n in range(20_000)]
    edits = Middle(expected, actual).edits()
    assert [mark for mark, _ in edits] == [DELETED] * 20_000 + [INSERTED] * 20_000


def test_a_large_difference_is_found_in_pieces_from_the_end() -> None:
    expected = [f"line {n}" for n in range(1_200)]
    actual = expected[::-1]
    edits = edit_script(expected, actual)
    assert [line for mark, line in edits if mark != INSERTED] == expected
    assert [line for mark, line in edits if mark != DELETED] == actual
    # Without a common line in it, the first piece takes 500 lines of each side. Before these, line
    # 699 is the first that both sides have.
    assert [line for mark, line in edits if mark == KEPT] == ["line 699"]


def test_applying_a_difference_gives_the_actual_lines() -> None:
    texts = ["".join(chars) for size in range(5) for chars in itertools.product("ab", repeat=size)]
    for expected, actual in itertools.product(texts, repeat=2):
        assert "".join(applied(diff(expected, actual), list(expected))) == actual
