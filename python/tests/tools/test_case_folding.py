"""The generated tables of case folding."""

from __future__ import annotations

from itertools import pairwise

import case_folding
from testingkit.assertions.case_folding_table import RANGES


def test_the_generated_tables_are_those_of_the_data() -> None:
    for path, content in case_folding.tables(case_folding.ROOT).items():
        assert (case_folding.ROOT / path).read_text(encoding="utf-8") == content, path


def test_the_ranges_are_exactly_the_data() -> None:
    expanded = {
        code: code + delta
        for start, end, stride, delta in RANGES
        for code in range(start, end + 1, stride)
    }
    assert expanded == case_folding.read(case_folding.ROOT)
    assert len(expanded) == 1512


def test_the_ranges_are_sorted_and_do_not_overlap() -> None:
    assert all(one[1] < two[0] for one, two in pairwise(RANGES))


def test_what_a_code_point_folds_to_stays() -> None:
    foldings = case_folding.read(case_folding.ROOT)
    assert not foldings.keys() & set(foldings.values())
