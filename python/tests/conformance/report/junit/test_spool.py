"""The spool returns bytes by key, and has a bounded number of them in memory."""

from __future__ import annotations

import io
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.report.junit.spool import Spool

_ADDED = st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=20)), max_size=50)


@given(_ADDED, st.integers(0, 100), _ADDED)
def test_bytes_are_returned_by_key_in_order(
    added: list[tuple[str, bytes]], max_held: int, later: list[tuple[str, bytes]]
) -> None:
    file = io.BytesIO()
    spool = Spool(file, max_held)
    expected: dict[str, bytes] = defaultdict(bytes)
    for some in (added, later):
        for key, data in some:
            spool.add(key, data)
            expected[key] += data
            in_file = len(file.getvalue())
            assert sum(map(len, expected.values())) - in_file <= max_held
        for key in "abcd":
            assert b"".join(spool.read(key)) == expected[key]
