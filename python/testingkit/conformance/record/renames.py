"""Matches the cases of two runs, also those that were renamed between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Names = Mapping[str, Sequence[str]]  # the former ids of every case, by its id


def match_cases(old: Names, new: Names) -> Mapping[str, str]:
    """Returns the old case of every new one that has one, by their ids.

    The same id is the same case. For the other cases former ids decide: either run can be the later
    one, and both can have renamed the case since. No case is matched twice.
    """
    found = {case_id: case_id for case_id in new if case_id in old}
    taken = set(found)
    by_name = {case_id: case_id for case_id in old if case_id not in taken}
    by_former = {name: case_id for case_id in by_name for name in old[case_id]}
    for names in (by_name, by_former):
        for case_id, former in new.items():
            if case_id in found:
                continue
            candidates = [names.get(name) for name in (case_id, *former)]
            match = next((one for one in candidates if one is not None and one not in taken), None)
            if match is not None:
                found[case_id] = match
                taken.add(match)
    return found
