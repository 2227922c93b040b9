"""The diff module: line differences that are the same in every language.

The rules are in docs/kit/diff.md. The standard library's `difflib` has other rules: it ignores
frequent lines and does not find the longest common subsequence.
"""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.diff.edits import edit_script
from testingkit.diff.hunks import hunks_text
from testingkit.render import expanded
from testingkit.value import Value

__all__ = ["diff_lines", "diff_values"]


def diff_lines(expected: Sequence[str], actual: Sequence[str]) -> str:
    """Returns the difference of two sequences of lines as hunks of text, empty if they are equal.

    Args:
        expected: The expected lines, without line ends.
        actual: The actual lines, without line ends.
    """
    return hunks_text(edit_script(expected, actual))


def diff_values(expected: Value, actual: Value) -> str:
    """Returns the difference of the expanded texts of two values."""
    return diff_lines(expanded_lines(expected), expanded_lines(actual))


def expanded_lines(shown: Value) -> list[str]:
    """Returns the lines of the expanded text of a value, without line ends."""
    return expanded(shown).split("\n")[:-1]
