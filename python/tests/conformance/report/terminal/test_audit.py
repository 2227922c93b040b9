"""An audit on the terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from testingkit.conformance.audit import Audit, CaseAudit, Coverage, Item, ServiceAudit, SuiteAudit
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.records import CasesInMemory
from testingkit.conformance.errors import Place
from testingkit.conformance.report.terminal.audit import print_audit
from testingkit.conformance.text.numbers import percent
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.case_pb2 import AuditLimits
from tests.conformance.support import make_case, says

HOSTILE = "\x1b[31m[bold]red\x07"


def suite(name: str, limits: AuditLimits | None = None, path: str = "a.textproto") -> SuiteAudit:
    cases = [make_case(says("x"), name=f"{name}/n{number}") for number in range(3)]
    message = case_pb2.Suite(name=name, audit=limits)
    return SuiteAudit(
        Suite(name, Place(path), message, CasesInMemory(cases)),
        [CaseAudit(case, ["constant"][:number]) for number, case in enumerate(cases)],
        Coverage([Item("a.B", "c")], []),
    )


def printed(*suites: SuiteAudit, width: int = 120, show_all: bool = False) -> Sequence[str]:
    missing = [
        Item("a.B", "plain"),
        Item("a.E", "E_ONE"),
        Item("a.B", "arm", "one"),
        Item("a.B", "other"),
        *[Item(f"a.B{number}", "x") for number in range(12)],
    ]
    service = ServiceAudit("a.Service", Coverage(missing, missing), ["Never", "Ever"])
    idle = [f"a.Idle{number}" for number in range(12)]
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    print_audit(console, Audit(suites, [service], idle), show_all=show_all)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0 %"),
        (0.0004, "<1 %"),
        (0.006, "1 %"),
        (0.5, "50 %"),
        (0.994, "99 %"),
        (0.9996, ">99 %"),
        (1.0, "100 %"),
    ],
)
def test_shares_are_rounded_and_never_to_0_or_100_percent(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_unexercised_names_are_grouped_by_type_and_oneof() -> None:
    lines = printed(suite("probe"))
    start = lines.index("  a.Service  0 % exercised, 0 of 16")
    assert lines[start + 1 : start + 4] == [
        "    methods  Never, Ever",
        "    a.B  plain, other; oneof one: arm",
        "    a.E  E_ONE",
    ]
    assert lines[start + 11] == "    … 5 more, with --all"
    assert "  … 2 more, with --all" in lines
    whole = printed(suite("probe"), show_all=True)
    assert not any("--all" in line for line in whole)
    assert "    a.B11  x" in whole
    assert "  a.Idle11  no case calls it" in whole


def test_limits_are_columns_next_to_their_values() -> None:
    limits = AuditLimits(max_liar_share=0.125)
    lines = printed(suite("plain"), suite("limited", limits))
    rows = [" ".join(line.split()) for line in lines]
    assert "plain 3 0 % 0 % 0 % 67 % 0 % 0 % 100 %" in rows
    assert "limited 3 0 % 0 % 0 % ✗ 67 % 0 % 0 % 12.5 % 100 %" in rows
    assert lines[-1] == "WEAK   1 limit does not hold   exit 1"


@pytest.mark.parametrize("width", [20, 60, 120])
def test_narrow_output_that_is_not_a_terminal_keeps_every_number(width: int) -> None:
    assert printed(suite("probe"), width=width) == printed(suite("probe"), width=500)


def test_control_characters_and_markup_are_escaped() -> None:
    limits = AuditLimits(max_liar_share=0)
    text = "\n".join(printed(suite(HOSTILE, limits, path=HOSTILE)))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert text.count("\\x1b[31m[bold]red\\x07") == 1 + 2 + 2
