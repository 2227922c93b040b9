"""Measures the harness and its baselines, and prints one table of figures and targets.

``make bench`` builds what is measured, then runs this. On two processors it takes seven minutes,
and one minute with ``--quick``. docs/performance.md explains the lines.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from benchmark import kits, record, table
from benchmark.errors import BenchError
from benchmark.lines import Samples
from benchmark.measurements import LINES, MEASUREMENTS, Measurement
from benchmark.settings import Settings, quick
from benchmark.work import ROOT
from testingkit.conformance.text.suggestions import did_you_mean

RECORD = ROOT / ".build/bench.json"
EXAMPLES = """\
examples:
  make bench                                      everything, including a million cases
  make bench ARGS="--quick"                       a fast look
  make bench ARGS="--only throughput,loop"        some of it
  make bench ARGS="--compare before.json"         also compare with an earlier record
  make bench ARGS="--compare before.json a.json"  compare two records without measuring
"""


def main(arguments: Sequence[str]) -> int:
    """Runs the command line.

    Returns:
        0, or 2 if something could not be measured. The figures do not change it.
    """
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return _compare(*options.compare) if len(options.compare) > 1 else _bench(options)
    except BenchError as error:
        return _failed([str(error)])


def _failed(problems: Sequence[str]) -> int:
    for problem in problems:
        print(f"bench: {problem}", file=sys.stderr)
    return 2 if problems else 0


def _parser() -> argparse.ArgumentParser:
    names = ", ".join(measurement.name for measurement in MEASUREMENTS)
    parser = argparse.ArgumentParser(
        prog="bench",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--rounds",
        type=_count,
        default=5,
        metavar="N",
        help="rounds of each measurement (default: 5)",
    )
    parser.add_argument("--only", default="", metavar="NAMES", help=f"measure some of: {names}")
    parser.add_argument("--quick", action="store_true", help="measure one round of small runs")
    parser.add_argument(
        "--compare",
        nargs="+",
        type=Path,
        default=[],
        metavar="RECORD",
        help="compare with a record, or two records without measuring",
    )
    return parser


def _bench(options: argparse.Namespace) -> int:
    chosen = _chosen(options.only)
    before = [record.read(path) for path in options.compare]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="testingkit-bench-") as name:
        rounds, problems = measure(chosen, _settings(options, Path(name)))
    measured = record.write(RECORD, rounds, is_quick=options.quick)
    lines = [line for line in LINES if line.key in measured.figures]
    tables = [table.table(lines, measured.figures) if lines else "", kits.table(measured.figures)]
    print("\n\n".join(filter(None, tables)))
    print(f"\n{_describe(measured)}\n{RECORD.relative_to(ROOT)} contains every sample")
    for old in before:
        print(f"\ncompared with {_describe(old)}")
        print(table.change(LINES, old.figures, measured.figures))
    print(f"bench: {time.monotonic() - started:.0f} s", file=sys.stderr)
    return _failed(problems)


def _compare(old_path: Path, new_path: Path, *more: Path) -> int:
    if more:
        raise BenchError("--compare takes one or two records")
    old, new = record.read(old_path), record.read(new_path)
    print(f"old  {_describe(old)}\nnew  {_describe(new)}\n")
    print(table.change(LINES, old.figures, new.figures))
    return 0


def _settings(options: argparse.Namespace, folder: Path) -> Settings:
    return quick(folder) if options.quick else Settings(folder, options.rounds)


def _chosen(names: str) -> Collection[Measurement]:
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    known = [measurement.name for measurement in MEASUREMENTS]
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or f"; choose from: {', '.join(known)}"
            raise BenchError(f"--only: unknown measurement {name!r}{hint}")
    return [m for m in MEASUREMENTS if not wanted or m.name in wanted]


def measure(
    chosen: Collection[Measurement], settings: Settings
) -> tuple[Sequence[Samples], Sequence[str]]:
    """Returns the rounds of all measurements, and a problem for each that did not finish.

    The other measurements run even if one fails. An interrupt keeps the rounds until then.
    """
    rounds: list[Samples] = []
    problems: list[str] = []
    started = time.monotonic()
    for measurement in chosen:
        _show_progress(started, f"{measurement.name} ...")
        try:
            for number, samples in enumerate(measurement.measure(settings), start=1):
                rounds.append(samples)
                _show_progress(started, f"{measurement.name} {number}")
        except BenchError as error:
            problems.append(f"{measurement.name} was not measured: {error}")
        except KeyboardInterrupt:
            problems.append(f"interrupted during {measurement.name}")
            break
    return rounds, problems


def _show_progress(started: float, text: str) -> None:
    print(f"{time.monotonic() - started:5.0f} s  {text}", file=sys.stderr, flush=True)


def _describe(measured: record.Record) -> str:
    facts = measured.machine
    return (
        f"{measured.commit} · {facts['cores']} cores · load {facts['load']} · "
        f"Python {facts['python']} · {facts['rustc']} · {facts['go']}"
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("expected 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
