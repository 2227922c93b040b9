"""Formats figures as a table, and as the change from one record to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.lines import Line

_HEAD = ("line", "figure", "target", "of target", "reached")


def table(lines: Sequence[Line], figures: Mapping[str, float]) -> str:
    """Returns a table of the measured lines with figures and targets."""
    return aligned([_HEAD, *(_row(line, figures[line.key]) for line in lines)])


def change(lines: Sequence[Line], old: Mapping[str, float], new: Mapping[str, float]) -> str:
    """Returns a table of the lines that both records have, with both figures and the change."""
    rows = [("line", "old", "new", "change")]
    for line in lines:
        if line.key in old and line.key in new:
            before, after = old[line.key], new[line.key]
            percent = f"{(after / before - 1) * 100:+.0f} %" if before else ""
            rows.append((line.what, line.unit.text(before), line.unit.text(after), percent))
    return aligned(rows)


def _row(line: Line, figure: float) -> Sequence[str]:
    text = line.unit.text(figure)
    if line.target is None:
        return (line.what, text, "", "", "")
    sign = "≥" if line.target.is_floor else "≤"
    return (
        line.what,
        text,
        f"{sign} {line.unit.text(line.target.bound)}",
        f"{figure / line.target.bound:.2f}",
        "yes" if line.target.is_reached(figure) else "no",
    )


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Returns rows with the first column aligned left and the others right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
