"""The step summary in Markdown, and the annotations, of real runs."""

from __future__ import annotations

import re

from testingkit.conformance.results.run_text import format_parity, used_columns
from testingkit.conformance.v1.run_pb2 import RunFooter
from tests.e2e.project import Project, assert_totals_add_up

_CASES = """\
name: "greet"
service: "greet.v1.GreetService"
defaults { method: "Greet" }
cases {
  name: "greets"
  request { name: "Ada" }
  expect { response { text: "Hello, Ada" length: 10 } }
}
cases {
  name: "greets_trigger"
  request { name: "trigger" }
  expect { response { text: "Hello, trigger" length: 14 } }
}
cases { name: "hopes" request { name: "Ada" } expect { response { text: "Hi, Ada" length: 7 } } }
cases {
  name: "divides"
  method: "Divide"
  request { dividend: 7 divisor: 2 }
  expect { response { quotient: 3 remainder: 1 } }
}
"""
_KNOWN = """\
entries {
  case: "greet/greets_trigger"
  kind: DIVERGENCE_KIND_BUG
  outcome { response { text: "Hello, Trigger" length: 14 } }
  reason: "it shouts"
}
"""


def _rows(markdown: str) -> list[list[str]]:
    """Returns the cells of the first table, without its header."""
    lines = markdown.partition("| runner |")[2].partition("\n\n")[0].split("\n")
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines[2:]]


def _expected_rows(project: Project, footer: RunFooter) -> list[list[str]]:
    used = used_columns(footer.ledgers)
    return [
        [name, *(f"{getattr(ledger, column):,}" for column, _ in used)]
        for name, ledger in zip(project.runners, footer.ledgers, strict=True)
    ]


def test_failing_run_has_a_table_findings_and_annotations(honest: Project) -> None:
    honest.suite.write_text(_CASES)
    honest.add_greeter("shouter", "answers_wrong")
    honest.write_known("shouter", _KNOWN)
    honest.add_greeter("mortal", "dies_midway")
    honest.add_greeter("lazy", "claims_nothing", unsupported=["greet.v1.GreetService/*"])
    assert honest.run("run").exit == 1
    footer = honest.footer()
    assert_totals_add_up(footer)
    for column in ("passed", "failed", "crashed", "known", "unsupported"):
        assert any(getattr(ledger, column) for ledger in footer.ledgers), column

    written = honest.run("report", "--markdown", "summary.md", "--annotations", "-")
    assert (written.exit, written.notes) == (0, "")
    summary = (honest.folder / "summary.md").read_text()
    assert summary.startswith("## ✗ NOT CONFORMANT\n")
    assert _rows(summary) == _expected_rows(honest, footer)
    assert f"\n{format_parity(footer.parity, 0)} · " in summary
    assert summary.count("<details") == len(honest.findings())
    crash, *rest = re.findall("<details.*?</details>", summary, re.DOTALL)
    assert "<b>CRASH</b> <code>greet&#47;greets&#95;trigger</code> · <code>mortal</code>" in crash
    assert "```text\nno way out\n```" in crash
    (golden,) = [section for section in rest if "GOLDEN?" in section]
    assert '| `text` | `"Hi, Ada"` | `"Hello, Ada"` ✗ |' in golden
    assert "```sh\ntestingkit run -k greet/hopes\n```" in golden
    assert "it shouts" not in summary
    assert re.search(r"### Reasons\n\n- .*answers? (is|are) not as expected\n", summary)

    *errors, notice = written.out.splitlines()
    assert len(errors) == len(honest.findings())
    assert all(line.startswith("::error file=cases/greet.textproto,line=") for line in errors), (
        errors
    )
    assert notice.startswith("::notice title=testingkit%3A NOT CONFORMANT::")
    for name, ledger in zip(honest.runners, footer.ledgers, strict=True):
        assert f"%0A{name}: {ledger.planned} planned, {ledger.passed} pass," in notice
    assert format_parity(footer.parity, 0) in notice


def test_conformant_run_has_a_table_and_its_parity(honest: Project) -> None:
    honest.add_greeter("other")
    assert honest.run("run").exit == 0
    shown = honest.run("report", "--markdown", "-")
    assert (shown.exit, shown.notes) == (0, "")
    assert shown.out.startswith("## ✓ CONFORMANT\n")
    assert _rows(shown.out) == [["good", "5", "5", "0"], ["other", "5", "5", "0"]]
    assert "parity 5 comparable: 5 agree" in shown.out
