"""Prints an audit: liars and suites, the weakest cases, what no case exercises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from testingkit.conformance.audit import LIARS, Audit, Item, ServiceAudit, SuiteAudit
from testingkit.conformance.report.terminal.lines import print_words
from testingkit.conformance.text.escape import safe
from testingkit.conformance.text.numbers import count, percent

_MAX_CASES = 10
_MAX_TYPES = 10  # of a service
_MAX_SERVICES = 10  # that no case calls
_INDENT = "  "


def print_audit(console: Console, audit: Audit, *, show_all: bool) -> None:
    """Prints an audit; without ``show_all`` long lists are cut, and the rest is counted."""
    _print_liars(console, audit)
    _print_suites(console, audit.suites)
    _print_cases(console, audit, show_all=show_all)
    _print_services(console, audit, show_all=show_all)
    _print_limits(console, audit)


def _print_liars(console: Console, audit: Audit) -> None:
    cases = f"{count(audit.cases, 'case')} in {count(len(audit.suites), 'suite')}"
    _print_parts(console, (f"{cases}, and the liars that pass them", "bold"))
    width = max(len(liar.name) for liar in LIARS)
    for liar in LIARS:
        passed = audit.passed(liar.name)
        share = percent(passed / audit.cases)
        line = f"{_INDENT}{liar.name:<{width}}  {passed:>7,}  {share:>6}  "
        _print_parts(console, line, (liar.description, "dim"))


def _print_suites(console: Console, suites: Sequence[SuiteAudit]) -> None:
    has_limits = any(suite.limits.ListFields() for suite in suites)
    titles = ["suite", "cases", *(liar.name for liar in LIARS)]
    titles += ["allowed", "exercised", "required"] if has_limits else ["exercised"]
    rows = [[Text(title, "dim") for title in titles]]
    rows += [list(_suite_cells(suite, has_limits=has_limits)) for suite in suites]
    widths = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
    console.print()
    if console.is_terminal and sum(widths) + len(_INDENT) * len(widths) > console.width:
        _print_as_text(console, rows)
        return
    for row in rows:
        for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
            cell.align("right" if number else "left", width)
        line = Text(_INDENT) + Text(_INDENT).join(row)
        line.rstrip()
        console.print(line, soft_wrap=True)


def _print_as_text(console: Console, rows: Sequence[Sequence[Text]]) -> None:
    """Prints the rows of a table as text, for a screen that is too narrow for the table."""
    (_, *titles), *suites = rows
    for name, *cells in suites:
        parts = [
            Text(f"{title.plain} {cell.plain}".replace(" ", "\N{NO-BREAK SPACE}"), cell.style)
            for title, cell in zip(titles, cells, strict=True)
            if cell.plain
        ]
        print_words(
            console, Text.assemble(_INDENT, name, ": ", Text(" · ").join(parts)), _INDENT * 2
        )


def _suite_cells(suite: SuiteAudit, *, has_limits: bool) -> Iterator[Text]:
    limits, total, over = suite.limits, len(suite.cases), suite.liars_over_limit
    yield Text(safe(suite.suite.name))
    yield Text(f"{total:,}")
    for liar in LIARS:
        yield _share(suite.passed(liar.name) / total, wrong=liar.name in over)
    if has_limits:
        yield _limit(limits.max_liar_share, stated=limits.HasField("max_liar_share"))
    yield _share(suite.coverage.share, wrong=suite.is_under_coverage)
    if has_limits:
        yield _limit(limits.min_coverage, stated=limits.HasField("min_coverage"))


def _share(share: float, *, wrong: bool) -> Text:
    if wrong:
        return Text(f"✗ {percent(share)}", "bold red")
    return Text(percent(share), "" if share else "dim")


def _limit(share: float, *, stated: bool) -> Text:
    return Text(f"{100 * share:g} %" if stated else "", "dim")


def _print_cases(console: Console, audit: Audit, *, show_all: bool) -> None:
    weakest = audit.weakest_cases()
    shown = weakest if show_all else weakest[:_MAX_CASES]
    if not shown:
        return
    title = f"{count(len(weakest), 'case')} that a liar passes, those of most liars first"
    console.print()
    _print_parts(console, (title, "bold"))
    for weak in shown:
        place = f"{weak.case.place.path}:{weak.case.place.line}"
        names = ", ".join(weak.liars)
        if weak.case.expect.HasField("agree"):
            names += "; expects agreement alone"
        _print_parts(console, _INDENT, safe(weak.case.id), "  ", (safe(place), "cyan"), "  ", names)
    _print_rest(console, len(weakest) - len(shown), _INDENT)


def _print_services(console: Console, audit: Audit, *, show_all: bool) -> None:
    console.print()
    _print_parts(console, ("What no case exercises", "bold"))
    for service in audit.services:
        coverage = service.coverage
        share = f"{percent(coverage.share)} exercised"
        text = f"{share}, {coverage.exercised} of {len(coverage.items)}"
        _print_parts(console, _INDENT, safe(service.name), (f"  {text}", "dim"))
        lines = list(_missing_lines(service))
        shown = lines if show_all else lines[:_MAX_TYPES]
        for text in shown:
            _print_parts(console, _INDENT * 2, safe(text))
        _print_rest(console, len(lines) - len(shown), _INDENT * 2)
    untouched = audit.untouched if show_all else audit.untouched[:_MAX_SERVICES]
    for name in untouched:
        _print_parts(console, _INDENT, safe(name), ("  no case calls it", "dim"))
    _print_rest(console, len(audit.untouched) - len(untouched), _INDENT)


def _missing_lines(service: ServiceAudit) -> Iterator[str]:
    """Yields the methods that no case calls, then for each type what no case exercises."""
    if service.uncalled:
        yield f"methods  {', '.join(service.uncalled)}"
    by_owner: dict[str, list[Item]] = {}
    for item in service.coverage.missing:
        by_owner.setdefault(item.owner, []).append(item)
    for owner, items in by_owner.items():
        yield f"{owner}  {'; '.join(_groups(items))}"


def _groups(items: Iterable[Item]) -> Iterator[str]:
    """Yields the names of one type: those outside a oneof, then those of each oneof."""
    groups: dict[str, list[str]] = {}
    for item in items:
        groups.setdefault(item.oneof, []).append(item.name)
    for oneof, names in sorted(groups.items()):
        yield f"oneof {oneof}: {', '.join(names)}" if oneof else ", ".join(names)


def _print_rest(console: Console, number: int, indent: str) -> None:
    if number:
        _print_parts(console, (f"{indent}… {number:,} more, with --all", "dim"))


def _print_limits(console: Console, audit: Audit) -> None:
    console.print()
    weaknesses = audit.weaknesses()
    for weakness in weaknesses:
        place = (f"{safe(weakness.place.path)}:{weakness.place.line}", "cyan")
        _print_parts(console, _INDENT, place, "  ", safe(weakness.text))
    limited = [suite for suite in audit.suites if suite.limits.ListFields()]
    if weaknesses:
        number = len(weaknesses)
        text = "1 limit does not hold" if number == 1 else f"{number:,} limits do not hold"
        _print_parts(console, ("WEAK", "bold red"), f"   {text}   exit 1")
    elif limited:
        _print_parts(console, ("✓ ", "green"), f"the limits of {count(len(limited), 'suite')} hold")
    else:
        _print_parts(console, ("no suite is whole and sets limits", "dim"))


def _print_parts(console: Console, *parts: str | tuple[str, str]) -> None:
    """Prints a line of parts, each with its style or without one."""
    print_words(console, Text.assemble(*parts), _INDENT * 2)
