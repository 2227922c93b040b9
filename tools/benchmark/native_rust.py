"""Measures assertions on native values in Rust, and the same in other libraries."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

from benchmark.environment import environment
from benchmark.errors import BenchError
from benchmark.lines import Line, Samples, Target, Unit, at_most, ratio
from benchmark.settings import Settings
from benchmark.work import ROOT

_PACKAGE = ROOT / "bench/rust_assertions"
_TARGET = ROOT / "rust/target"

# The key and the target of what is measured; the program prints the figures by these keys.
_LINES: tuple[tuple[str, str, Target | None], ...] = (
    ("int.require", "require!(number, equal(123_456))", at_most(20)),
    ("int.expect", "expect!(number, equal(123_456))", at_most(20)),
    ("int.assert_eq", "assert_eq!(number, 123_456)", None),
    ("int.googletest", "googletest: assert_that!(number, eq(123_456))", None),
    ("text.require", "require!(text, equal(same))", at_most(20)),
    ("text.assert_eq", "assert_eq!(text, same)", None),
    ("text.googletest", "googletest: assert_that!(text, eq(same))", None),
    ("between.require", "require!(number, is_between(low, high))", at_most(20)),
    ("list.require", "require!(items, equal(same))", None),
    ("list.assert_eq", "assert_eq!(items, same)", None),
    ("list.googletest", "googletest: assert_that!(items, eq(same))", None),
    ("struct.require", "require!(point, equal(same)), no fast path", None),
    ("struct.assert_eq", "assert_eq!(point, same)", None),
    ("many.require", "require!(items, equal(same)), 10,000 ints", None),
    ("many.assert_eq", "assert_eq!(items, same), 10,000 ints", None),
    ("failing.require", "failing require!(point, equal(other))", None),
    ("failing.assert_eq", "failing assert_eq!(point, other)", None),
    ("failing.check", "failing check!(point, equal(other))", None),
    ("failing.googletest", "failing googletest: verify_that!(point, eq(other))", None),
)
# What is compared: the key, the key of the other library, and the largest ratio.
_RATIOS = (
    ("many.require", "many.assert_eq", "10,000 ints, relative to assert_eq!", 10),
    ("failing.require", "failing.assert_eq", "failing require!, relative to assert_eq!", 3),
    ("failing.check", "failing.googletest", "failing check!, relative to googletest", 3),
)


def lines() -> Iterator[Line]:
    """Yields the lines of the table."""
    for key, what, target in _LINES:
        yield Line(f"native_rust.{key}", f"n  Rust: {what}", Unit.NANOS, target)
    for key, _, what, bound in _RATIOS:
        yield Line(f"native_rust.{key}.ratio", f"n  Rust: {what}", Unit.TIMES, at_most(bound))


def measure(settings: Settings) -> Iterator[Samples]:
    """Yields the nanoseconds of every statement."""
    _cargo("build")
    for _ in range(settings.rounds):
        figures = json.loads(_cargo("run"))
        ratios = {f"{key}.ratio": ratio(figures[key], figures[peer]) for key, peer, _, _ in _RATIOS}
        yield {f"native_rust.{key}": figure for key, figure in {**figures, **ratios}.items()}


def _cargo(command: str) -> str:
    done = subprocess.run(
        ("cargo", command, "--quiet", "--release", "--locked"),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=_PACKAGE,
        env=environment({"CARGO_TARGET_DIR": str(_TARGET)}),
    )
    if done.returncode != 0:
        raise BenchError(f"cargo {command}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout
