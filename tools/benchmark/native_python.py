"""Measures assertions on native values in Python, and the same in other libraries."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping

from benchmark.environment import environment
from benchmark.errors import BenchError
from benchmark.lines import Line, Samples, Target, Unit, at_most, ratio
from benchmark.settings import Settings
from benchmark.work import ROOT

_PYTHON = ROOT / ".build/peers/bin/python"
_PROGRAM = ROOT / "bench/python_assertions/test_assertions.py"

# The key and the target of what is measured; the program prints the figures by these keys.
_LINES: tuple[tuple[str, str, Target | None], ...] = (
    ("equal_ints", "require(1).equal(1)", at_most(1.5)),
    ("between", "require(5).is_between(1, 10)", None),
    ("text", 'require(text).starts_with("the")', None),
    ("expect", "expect(1).equal(1)", None),
    ("matcher", "assert 5 == match.is_between(1, 10)", None),
    ("assert_ints", "assert 1 == 1", None),
    ("assertpy_ints", "assert_that(1).is_equal_to(1)", None),
    ("equal_lists", "require(items).equal(same)", None),
    ("assert_lists", "assert items == same", None),
    ("assertpy_lists", "assert_that(items).is_equal_to(same)", None),
    ("many", "require(items).equal(same), 10,000 ints", None),
    ("assert_many", "assert items == same, 10,000 ints", None),
    ("failing", "failing require(order).equal(other)", None),
    ("failing_assert", "failing assert order == other, in pytest", None),
    ("failing_assertpy", "failing assert_that(order).is_equal_to(other)", None),
)
_LARGE_LINES = (
    ("large", "require(map).equal(same), 100,000 text keys"),
    ("deepdiff", "DeepDiff(same, map), 100,000 text keys"),
    ("large_failing", "failing require(map).equal(other), 100,000 text keys"),
    ("deepdiff_failing", "DeepDiff(other, map), 100,000 text keys"),
)
# What is compared: the key, the key of the other library, and the largest ratio.
_RATIOS = (
    ("many", "assert_many", "10,000 ints, relative to assert", 10),
    ("failing", "failing_assert", "failing equal, relative to pytest", 3),
    ("failing", "failing_assertpy", "failing equal, relative to assertpy", 3),
    ("large", "deepdiff", "100,000 text keys, relative to DeepDiff", 3),
    ("large_failing", "deepdiff_failing", "the same, failing, relative to DeepDiff", 3),
)


def lines() -> Iterator[Line]:
    """Yields a line for each statement; those of assertpy have figures if it is installed."""
    for key, what, target in _LINES:
        yield Line(f"native_python.{key}", f"n  Python: {what}", Unit.MICROS, target)
    for key, what in _LARGE_LINES:
        yield Line(f"native_python.{key}", f"n  Python: {what}", Unit.SECONDS)
    for key, other, what, bound in _RATIOS:
        shown = f"n  Python: {what}"
        yield Line(f"native_python.{key}.{other}", shown, Unit.TIMES, at_most(bound))


def measure(settings: Settings) -> Iterator[Samples]:
    """Yields the time of every statement, and the ratios."""
    for _ in range(settings.rounds):
        micros = _micros()
        seconds = {key: micros[key] / 1e6 for key, _ in _LARGE_LINES}
        ratios = {
            f"{key}.{other}": ratio(micros[key], micros[other])
            for key, other, _, _ in _RATIOS
            if other in micros
        }
        samples = {**micros, **seconds, **ratios}
        yield {f"native_python.{key}": figure for key, figure in samples.items()}


def _micros() -> Mapping[str, float]:
    """Returns the microseconds of every statement, which the program prints in several objects."""
    command = (str(_PYTHON), "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", str(_PROGRAM))
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment({"PYTHONPATH": str(ROOT / "python")}),
    )
    if done.returncode != 0:
        output = done.stdout + done.stderr
        raise BenchError(f"{' '.join(command)}: exit code {done.returncode}\n{output}")
    objects = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return {key: micros for line in objects for key, micros in json.loads(line).items()}
