"""Proposed goldens on the terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from testingkit.conformance.accept.consensus import golden_of, text_of
from testingkit.conformance.accept.proposals import GoldenProposal, GoldenProposals, GoldenStatus
from testingkit.conformance.cases.load import Expanders, Goldens, TypedMessages
from testingkit.conformance.cases.model import Case, GoldenSource
from testingkit.conformance.report.terminal.accept import print_proposals
from testingkit.conformance.v1.golden_pb2 import Provenance, Witness
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_EXTRA, Difference
from tests.conformance.support import make_case, new, says, schema

HOSTILE = "\x1b[31mred\x07\u202e"
WITNESSES = [Witness(runner="go", version=f"0.2{HOSTILE}")]


def case(name: str = "probe/one", *, exists: bool = False) -> Case:
    source = GoldenSource(Path("g"), f"goldens/{HOSTILE}.textproto", exists=exists)
    return replace(make_case(says("x"), name=name, call="Echo"), golden=source)


def printed(*proposals: GoldenProposal, problems: dict[str, str] | None = None) -> str:
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False)
    print_proposals(console, GoldenProposals(["go"], problems or {}, proposals, schema()))
    return out.getvalue()


def new_golden(count: int, text: str) -> GoldenProposal:
    """Returns the proposal of an answer with so many numbers and a text."""
    answer = new("Everything", numbers=range(count), text=text)
    goldens = Goldens(schema(), TypedMessages(schema()), Expanders({}))
    observation = Observation(response=answer.SerializeToString())
    golden = golden_of(case(), observation, Provenance(accepted="2026-03-02", witnesses=WITNESSES))
    text = text_of(case(), golden, goldens)
    return GoldenProposal(case(), FinishedCase(), GoldenStatus.NEW, "", text, golden)


def test_new_golden_is_printed_as_in_the_file() -> None:
    lines = printed(new_golden(2, "provenance {\n")).splitlines()
    start = lines.index("   + response {")
    assert lines[start : start + 6] == [
        "   + response {",
        '   +   text: "provenance {\\n"',
        "   +   numbers: 0",
        "   +   numbers: 1",
        "   + }",
        "   → from go 0.2\\x1b[31mred\\x07\\u202e alone",
    ]


def test_long_answer_is_cut_and_the_rest_is_counted() -> None:
    shown = printed(new_golden(60, "x" * 5000))
    assert "… 23 more lines" in shown
    assert "…+" in shown
    assert len(shown) < 5000


def test_changed_golden_is_printed_field_by_field() -> None:
    differences = [
        Difference(field_path=f"words[{n}]", kind=DIFFERENCE_KIND_EXTRA, actual=f'"{HOSTILE}"')
        for n in range(13)
    ]
    change = GoldenProposal(
        case(exists=True), FinishedCase(), GoldenStatus.CHANGED, text="t", differences=differences
    )
    shown = printed(change)
    assert '   words[11]\n      - (not there)\n      + "\\x1b[31mred' in shown
    assert "words[12]" not in shown
    assert "… 1 more field\n" in shown


def test_unchanged_goldens_are_one_line() -> None:
    stays = [
        GoldenProposal(case(f"probe/n{n}"), FinishedCase(), GoldenStatus.UNCHANGED)
        for n in range(7)
    ]
    assert printed(*stays) == (
        "7 goldens stay the same: probe/n0, probe/n1, probe/n2, probe/n3, probe/n4 and 2 more\n"
    )


def test_control_characters_are_escaped() -> None:
    refused = GoldenProposal(case(HOSTILE), FinishedCase(), GoldenStatus.REFUSED, HOSTILE)
    shown = printed(refused, new_golden(0, HOSTILE), problems={"go": HOSTILE})
    assert not set("\x1b\x07\u202e") & set(shown)
