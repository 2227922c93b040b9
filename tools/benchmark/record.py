"""The file beside the table: every sample, and on what it was measured."""

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
    """What one `make bench` measured."""

    commit: str
    machine: Mapping[str, str]
    figures: Mapping[str, float]


def write(path: Path, rounds: Sequence[Samples], *, is_quick: bool) -> Record:
    """Writes what was measured just now, and returns it."""
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
    """Reads what was measured before.

    Raises:
        BenchError: The file is not there, or is none that `write` wrote.
    """
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BenchError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BenchError(f"{path} is no record of make bench: {error}") from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise BenchError(f"{path} is no record of make bench")
    return Record(document["commit"], document["machine"], document["figures"])
