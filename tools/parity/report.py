"""The report of `make parity`, for a terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assertion_catalog.read import Catalog, Group
from parity.answers import Answers

_TITLES = {"python": "Python", "rust": "Rust", "go": "Go"}
_HEAD = """\
# Parity of the kits

Written by `make parity ARGS=--write`, and checked by `make parity`.
The catalog of assertions is compared with the three kits:

- **Functions**: how many assertions a user of the kit can call.
  In Python after `require(...)` and `expect(...)`, and in `match`; in Rust in `matchers`.
  In Go in each of the packages `require`, `expect`, `match` and `gomega`.
- **Answers**: for how many assertions the runner of the kit answers every case as expected.
"""


@dataclass(frozen=True, slots=True)
class Parity:
    """What each kit has of the catalog.

    Attributes:
        catalog: The catalog.
        exports: The assertions that a user can call, by the name of the kit.
        answers: What the runners answer.
    """

    catalog: Catalog
    exports: Mapping[str, set[str]]
    answers: Answers

    @property
    def kits(self) -> Sequence[str]:
        """The names of the kits."""
        return list(self.exports)

    def missing(self) -> Iterator[str]:
        """Yields what a kit lacks, each as a line."""
        for entry in self.catalog.entries:
            for kit in self.kits:
                if entry.name not in self.exports[kit]:
                    yield f"{kit}: no function for {entry.name}"
                if not self.answers.is_answered(kit, entry.name):
                    passed, cases = self.answers.passed[kit][entry.name], self.answers.cases
                    yield (
                        f"{kit}: answers {passed} of {cases[entry.name]} cases of {entry.name} "
                        "as expected"
                    )

    def has_all(self) -> bool:
        """Returns whether every kit has every assertion."""
        return not any(self.missing())

    def functions(self, kit: str, group: Group) -> str:
        """Returns how many assertions of a group have a function."""
        found = sum(entry.name in self.exports[kit] for entry in group.entries)
        return f"{found}/{len(group.entries)}"

    def answered(self, kit: str, group: Group) -> str:
        """Returns for how many assertions of a group every case is answered."""
        found = sum(self.answers.is_answered(kit, entry.name) for entry in group.entries)
        return f"{found}/{len(group.entries)}"


def page(parity: Parity) -> str:
    """Returns the page of the documentation."""
    return "\n".join([_HEAD, *_rows(parity), "", *_sum(parity), ""])


def _rows(parity: Parity) -> Iterator[str]:
    columns = [f"{_TITLES[kit]} {what}" for what in ("functions", "answers") for kit in parity.kits]
    yield f"| group | {' | '.join(columns)} |"
    yield "|---|" + "---|" * len(columns)
    for group in parity.catalog.groups:
        cells = [parity.functions(kit, group) for kit in parity.kits]
        cells += [parity.answered(kit, group) for kit in parity.kits]
        yield f"| {group.title} | {' | '.join(cells)} |"


def _sum(parity: Parity) -> Iterator[str]:
    count = len(parity.catalog.entries)
    yield f"The catalog has {count} assertions."
    missing = list(parity.missing())
    if not missing:
        yield "Every kit has every assertion."
        return
    yield f"{len(missing)} are missing:"
    yield ""
    yield from (f"- {line}" for line in missing)


def text(parity: Parity) -> str:
    """Returns the report for a terminal."""
    count = len(parity.catalog.entries)
    lines = [f"{'group':<24}" + "".join(f"{_TITLES[kit]:>16}" for kit in parity.kits)]
    for group in parity.catalog.groups:
        cells = (
            f"{parity.functions(kit, group)} {parity.answered(kit, group)}" for kit in parity.kits
        )
        lines.append(f"{group.title:<24}" + "".join(f"{cell:>16}" for cell in cells))
    lines += ["", "each: functions, and assertions of which every case is answered", ""]
    lines += parity.missing()
    for kit in parity.kits:
        both = sum(
            entry.name in parity.exports[kit] and parity.answers.is_answered(kit, entry.name)
            for entry in parity.catalog.entries
        )
        lines.append(f"{kit}: {both}/{count} ({both * 100 // max(count, 1)} %)")
    return "\n".join(lines)
