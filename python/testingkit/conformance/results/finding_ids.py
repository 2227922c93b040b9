"""Orders findings, the most urgent kind first, and gives them ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding, FindingKind

# Letter of a finding's id, in the order in which findings are listed.
LETTERS: Mapping[FindingKind.ValueType, str] = {
    run_pb2.FINDING_KIND_RUNNER: "R",
    run_pb2.FINDING_KIND_PROTOCOL: "X",
    run_pb2.FINDING_KIND_CRASH: "C",
    run_pb2.FINDING_KIND_TIMEOUT: "T",
    run_pb2.FINDING_KIND_PANIC: "P",
    run_pb2.FINDING_KIND_FLAKY: "L",
    run_pb2.FINDING_KIND_DIVERGENCE: "D",
    run_pb2.FINDING_KIND_GOLDEN_SUSPECT: "G",
    run_pb2.FINDING_KIND_FAILURE: "F",
    run_pb2.FINDING_KIND_INCOMPLETE: "I",
    run_pb2.FINDING_KIND_STALE: "S",
    run_pb2.FINDING_KIND_WEAK: "W",
}


def in_order(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Returns the findings in order, each with an id such as ``D1``."""
    order = list(LETTERS)
    found = sorted(findings, key=lambda f: (order.index(f.kind), f.case_id, f.path, f.line, f.text))
    numbers: Counter[str] = Counter()
    for finding in found:
        letter = LETTERS[finding.kind]
        numbers[letter] += 1
        finding.id = f"{letter}{numbers[letter]}"
    return found
