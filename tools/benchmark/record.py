"""Reads and writes the record of a benchmark: every sample, the commit and the machine."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark import machine
from benchmark.errors import BenchError
from benchmark.lines import Samples, figures

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of one `make bench`."""

    commit: str
    machine: Mapping[str, str]
    figures: Mapping[str, float]


def write(path: Path, rounds: Sequence[Samples], *, is_quick: bool) -> Record:
    """Writes the rounds to a file, and returns their record."""
    record = Record(machine.commit(), machine.facts(), figures(rounds))
    keys = record.figures
    document = {
        "format": _FORMAT,
        "commit": record.commit,
        "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "quick": is_quick,
        "machine": record.machine,
        "figures": record.figures,
        "samples": {key: [s[key] for s in rounds if key in s] for key in keys},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return record


def read(path: Path) -> Record:
    """Returns a record that `write` wrote.

    Raises:
        BenchError: The file cannot be read, or is not a record.
    """
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BenchError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise BenchError(f"{path} is not a record of make bench: {error}") from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise BenchError(f"{path} is not a record of make bench")
    return Record(document["commit"], document["machine"], document["figures"])
