"""``testingkit diff``."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import click
from rich.text import Text

from testingkit.conformance.cli.options import config_option, json_option, state_of
from testingkit.conformance.cli.recorded import open_named_log
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.record.run_diff import Change, ChangeKind, RunDiff
from testingkit.conformance.report.terminal.lines import HANGING, print_words
from testingkit.conformance.report.terminal.run import make_console
from testingkit.conformance.text.escape import brief, safe_json
from testingkit.conformance.text.numbers import count

_EXAMPLES = """\b
Examples:
  testingkit diff main/events.binpb latest
  testingkit diff 20270131T120000Z-7f3a latest --json
"""
_MAX_SHOWN = 50  # changes of each kind
_CODES = {ChangeKind.REGRESSED: ExitCode.NOT_CONFORMANT, ChangeKind.NOT_RUN: ExitCode.INCOMPLETE}
_STYLES = {ChangeKind.REGRESSED: "red", ChangeKind.NOT_RUN: "yellow", ChangeKind.FIXED: "green"}


@click.command("diff", epilog=_EXAMPLES)
@click.argument("old")
@click.argument("new")
@json_option
@config_option
def command(
    old: str,
    new: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Compare two recorded runs, case by case.

    OLD and NEW are names of runs in `.testingkit/runs`, paths of event logs or HTML reports,
    "latest" for the last run of everything, or "last" for the last run. A case is regressed, not
    run, changed, new, gone or fixed. It is "not run" if NEW ended early or the runner did not
    start. Answers are compared as in a run, under the comparison that the case has in NEW. A
    renamed case is found by its former names.

    Exit code 1 if a case regressed, else 5 if a case was not run.
    """
    state = state_of(config, old, new)
    diff = RunDiff(open_named_log(state, old), open_named_log(state, new))
    differences = list(diff.changes())
    counts = Counter(change.kind for change in differences)
    if as_json:
        entries = [{**dataclasses.asdict(c), "kind": c.kind.value} for c in differences]
        totals = {kind.value: counts[kind] for kind in ChangeKind}
        found = {"totals": totals, "changes": entries, "compared_as_bytes": diff.untyped}
        click.echo(safe_json(found))
    else:
        _print(differences, counts, diff.untyped)
    return next((code for kind, code in _CODES.items() if counts[kind]), ExitCode.CONFORMANT)


def _print(differences: list[Change], counts: Counter[ChangeKind], untyped: Counter[str]) -> None:
    console = make_console()
    for kind in ChangeKind:
        of_kind = [change for change in differences if change.kind is kind]
        for change in of_kind[:_MAX_SHOWN]:
            print_words(console, _line(change), HANGING)
        if len(of_kind) > _MAX_SHOWN:
            console.print(Text(f"… {len(of_kind) - _MAX_SHOWN:,} more {_word(kind)}"))
    for method, number in sorted(untyped.items()):
        text = f"{count(number, 'answer')} of {brief(method)} compared as bytes"
        console.print(Text(f"{text}: the log of the new run does not have its types"))
    totals = " · ".join(f"{counts[kind]:,} {_word(kind)}" for kind in ChangeKind if counts[kind])
    console.print(Text(totals or "no difference"))


def _word(kind: ChangeKind) -> str:
    return kind.value.replace("_", " ")


def _line(change: Change) -> Text:
    place = f"{brief(change.path)}:{change.line}"
    sides = " → ".join(brief(side) for side in (change.before, change.after) if side)
    detail = f" ({brief(change.detail)})" if change.detail else ""
    former = f" (was {brief(change.former_id)})" if change.former_id else ""
    head = (f"{_word(change.kind):<9}", _STYLES.get(change.kind, ""))
    return Text.assemble(
        head,
        f" {brief(change.case_id)}{former}  {brief(change.runner)}  {sides}{detail}  ",
        (place, "dim"),
    )
