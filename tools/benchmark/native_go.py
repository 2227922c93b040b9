"""Measures assertions on native values in Go, and the same in other libraries."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmark.environment import environment
from benchmark.errors import BenchError
from benchmark.lines import Line, Samples, Unit, at_most, ratio
from benchmark.settings import Settings
from benchmark.work import ROOT

_FOLDER = ROOT / "bench/go_assertions"
_PROGRAM = ROOT / ".build/bin/testingkit-bench-go-assertions"
_FIGURE = re.compile(r"^Benchmark(\w+)/(\w+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op", re.MULTILINE)
_TURNS = 5


@dataclass(frozen=True, slots=True)
class _Question:
    """A benchmark, what it is, and the other libraries in it."""

    name: str
    what: str
    libraries: tuple[str, ...] = ("testify", "gomega")
    compared: tuple[str, ...] = ()
    """The libraries of which the fastest counts for the target."""
    bound: float = 3
    unit: Unit = Unit.NANOS


_LARGE = ("cmp", "testify")
_QUESTIONS = (
    _Question("EqualInts", "Equal of ints", compared=("testify",)),
    _Question("EqualTexts", "Equal of texts"),
    _Question("EqualListsOf100Ints", "Equal of 100 ints"),
    _Question(
        "EqualListsOf10000Ints",
        "Equal of 10,000 ints",
        ("slices", "testify", "gomega"),
        ("slices",),
        10,
    ),
    _Question("EqualListsOf100Structs", "Equal of 100 structs"),
    _Question("IsLess", "IsLessThan"),
    _Question("ContainsText", "ContainsText"),
    _Question("FailingMaps", "failing Equal of maps", compared=("testify", "gomega")),
    _Question("FailingStructs", "failing Equal of structs", compared=("testify", "gomega")),
    _Question("LargeMaps", "Equal of 100,000 text keys", _LARGE, ("cmp",), unit=Unit.SECONDS),
    _Question(
        "FailingLargeMaps",
        "failing Equal of 100,000 text keys",
        _LARGE,
        ("cmp",),
        unit=Unit.SECONDS,
    ),
)


def lines() -> Iterator[Line]:
    """Yields the lines of the table."""
    for one in _QUESTIONS:
        what = f"n  Go: {one.what}"
        yield Line(f"native_go.{one.name}.testingkit", what, one.unit)
        for library in one.libraries:
            yield Line(f"native_go.{one.name}.{library}", f"{what}, {library}", one.unit)
        if one.compared:
            relative = f"{what}, relative to {' or '.join(one.compared)}"
            yield Line(f"native_go.{one.name}.ratio", relative, Unit.TIMES, at_most(one.bound))


def measure(settings: Settings) -> Iterator[Samples]:
    """Yields the time of every statement, the shortest of several, and the ratios."""
    _run("go", "test", "-c", "-o", str(_PROGRAM), ".")
    small = ("-test.skip", "LargeMaps", "-test.bench", ".", "-test.benchtime", "50ms")
    for _ in range(settings.rounds):
        output = _benchmarks(*small, "-test.count", str(_TURNS))
        output += _benchmarks("-test.bench", "LargeMaps", "-test.benchtime", "1x")
        yield {f"native_go.{key}": figure for key, figure in _samples(read_nanos(output)).items()}


def _benchmarks(*options: str) -> str:
    return _run(str(_PROGRAM), "-test.run", "^$", *options)


def read_nanos(output: str) -> Mapping[str, float]:
    """Returns the shortest time of every benchmark, by its name and the library: `IsLess.cmp`."""
    found: dict[str, float] = {}
    for name, library, nanos in _FIGURE.findall(output):
        key = f"{name}.{library}"
        found[key] = min(float(nanos), found.get(key, float(nanos)))
    return found


def _samples(nanos: Mapping[str, float]) -> Samples:
    figures: dict[str, float] = {}
    for one in _QUESTIONS:
        for library in ("testingkit", *one.libraries):
            key = f"{one.name}.{library}"
            figures[key] = nanos[key] * (1e-9 if one.unit is Unit.SECONDS else 1)
        if one.compared:
            best = min(nanos[f"{one.name}.{library}"] for library in one.compared)
            figures[f"{one.name}.ratio"] = ratio(nanos[f"{one.name}.testingkit"], best)
    return figures


def _run(*command: str) -> str:
    """Returns what a command prints."""
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=_FOLDER,
        env=environment({}),
    )
    if done.returncode != 0:
        output = done.stdout + done.stderr
        raise BenchError(f"{' '.join(command)}: exit code {done.returncode}\n{output}")
    return done.stdout
