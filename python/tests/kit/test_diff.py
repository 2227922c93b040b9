import itertools

from testingkit.diff import diff_lines


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


def test_above_the_table_limit_all_lines_are_replaced() -> None:
    expected = ["first", *(f"e{n}" for n in range(1000)), "shared", "last"]
    actual = ["first", "shared", *(f"a{n}" for n in range(1000)), "last"]
    lines = diff_lines(expected, actual).splitlines()
    assert lines[0] == "@@ -1,1003 +1,1003 @@"
    assert [line[0] for line in lines[2:-1]] == ["-"] * 1001 + ["+"] * 1001


def test_at_the_table_limit_the_longest_common_part_is_found() -> None:
    expected = [*(f"e{n}" for n in range(999)), "shared"]
    actual = ["shared", *(f"a{n}" for n in range(999))]
    assert " shared" in diff_lines(expected, actual).splitlines()


def test_applying_a_difference_gives_the_actual_lines() -> None:
    texts = ["".join(chars) for size in range(5) for chars in itertools.product("ab", repeat=size)]
    for expected, actual in itertools.product(texts, repeat=2):
        assert "".join(applied(diff(expected, actual), list(expected))) == actual
