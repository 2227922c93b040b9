"""Progress on the terminal: its lines fit every screen, with any names."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from testingkit.conformance.engine.progress import Progress, RunnerProgress
from testingkit.conformance.report.terminal.lines import print_heading, print_line
from testingkit.conformance.report.terminal.progress import PlainProgress
from testingkit.conformance.report.terminal.progress_rows import progress_lines
from testingkit.conformance.text.escape import safe
from testingkit.conformance.v1.run_pb2 import RunnerReady
from testingkit.conformance.v1.runner_pb2 import DescribeResponse

NAMES = st.text(max_size=40) | st.sampled_from(
    ["日本語の実装", "🎉🎉🎉", "\x1b[31mred\x07", "e\u0301" * 30]
)


def ready(version: str = "1.0", problem: str = "") -> RunnerReady:
    description = DescribeResponse(version=version, runtime="cpython 3.12")
    return RunnerReady(description=description, start_nanos=30_000_000, problem=problem)


def of(name: str, done: int = 0, **others: object) -> RunnerProgress:
    fields = {"ready": ready(), "planned": 1_000, **others}
    return RunnerProgress(name=name, done=done, **fields)  # type: ignore[arg-type]  # of the right types


def shown(runners: Sequence[RunnerProgress], width: int = 100, height: int = 24) -> Sequence[str]:
    lines = progress_lines(Progress(runners, 1.0, divergences=2), width, height)
    return [line.plain for line in lines]


@given(
    st.lists(
        st.builds(
            RunnerProgress,
            name=NAMES,
            ready=st.none() | st.builds(ready, NAMES, st.just("") | NAMES),
            planned=st.just(1_000_000),
            done=st.integers(0, 1_000_000),
            problems=st.integers(0, 1_000_000),
            case_id=NAMES,
            case_seconds=st.floats(0, 1e6),
        ),
        min_size=1,
        max_size=30,
    ),
    st.integers(60, 220),
    st.integers(3, 30),
)
def test_progress_lines_fit_the_screen(
    runners: Sequence[RunnerProgress], width: int, height: int
) -> None:
    lines = shown(runners, width, height)
    assert len(lines) <= height
    for line in lines:
        assert line == safe(line)
        assert "\t" not in line
        assert cell_len(line) < width or "s…" in line  # The painter cuts the name of a case.


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_long_name_is_cut_and_numbers_are_not(width: int) -> None:
    long = of("a_runner_of_a_long_name", 999, problems=17, case_id="a" * 300, case_seconds=2.0)
    row = shown([long, of("日本語の実装", 3)], width)[0]
    assert row.startswith("  a_runner_of")
    assert "  999/1,000  17 ✗" in row


def test_columns_are_aligned_with_wide_characters() -> None:
    first, second, *_ = shown([of("日本語の実装", 10, problems=1), of("go", 10, problems=1)])
    assert cell_len(first) == cell_len(second)
    assert cell_len(first[: first.index("ready")]) == cell_len(second[: second.index("ready")])


def test_bar_is_full_only_when_all_calls_are_done() -> None:
    rows = shown([of("done", 1_000), of("nearly", 999), of("absent", ready=ready(problem="no"))])
    assert "░" not in rows[0]
    assert rows[1].count("░") == 1
    assert "█" not in rows[2]
    assert rows[2].endswith("did not start")


def test_runners_that_still_run_are_shown_first_if_rows_are_few() -> None:
    runners = [of(f"r{number}", 1_000 if number % 2 else 5) for number in range(40)]
    lines = shown(runners, height=24)
    assert len(lines) == 24
    assert [line.split()[0] for line in lines[:22]] == sorted(
        [*(f"r{number}" for number in range(0, 40, 2)), "r1", "r3"], key=lambda name: int(name[1:])
    )
    assert lines[22] == "  … and 18 more"
    assert lines[23].endswith("2 divergences so far · 1.0 s")


def test_current_case_is_below_its_runner_on_a_narrow_screen() -> None:
    runner = of("go", 3, case_id="backoff/jitter_full", case_seconds=2.14)
    assert shown([runner], 100)[0].endswith("  backoff/jitter_full 2.1s…")
    assert shown([runner], 60)[1] == "    backoff/jitter_full 2.1s…"


def test_without_a_terminal_a_line_for_each_runner_and_every_ten_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time = 0.0
    monkeypatch.setattr("time.monotonic", lambda: time)
    out = io.StringIO()
    plain = PlainProgress(Console(file=out, width=100))
    for number in range(3):
        plain.reading(number, 3)
        time += 11.0
    plain.progress(Progress([of("absent", ready=ready(problem="no"))], 1.0))
    plain.head(Text("head"))
    for number in range(250):
        runners = [of("fast", min(1_000, 8 * number)), of("slow", number, problems=3)]
        plain.progress(Progress(runners, number / 10, divergences=1))
        time += 0.1
    runners = [of("fast", 1_000), of("slow", 1_000, problems=3)]
    plain.progress(Progress(runners, 25.0, is_judged=True))
    assert out.getvalue().splitlines() == [
        "  reading case files: 1 of 3",
        "  reading case files: 2 of 3",
        "  1s",
        "head",
        "  10s · fast 800/1,000, slow 100/1,000 · 1 divergence so far",
        "  fast  1,000/1,000  12.5s",
        "  20s · slow 200/1,000 · 1 divergence so far",
        "  slow  1,000/1,000  3 ✗  25.0s",
    ]


def test_problems_are_so_far_until_the_run_is_judged() -> None:
    out = io.StringIO()
    plain = PlainProgress(Console(file=out, width=100))
    plain.head(Text("head"))
    plain.progress(Progress([of("fast", 1_000, problems=1), of("slow", 5)], 2.0))
    assert out.getvalue().splitlines()[1:] == ["  fast  1,000/1,000  1 ✗ so far  2.0s"]


def printed(text: str, width: int, *, is_terminal: bool = True) -> Sequence[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=is_terminal, color_system=None)
    print_line(console, text)
    return out.getvalue().splitlines()


def test_lines_are_broken_between_words_only() -> None:
    path = f"/{'a' * 50}/x.textproto:12"
    assert printed(f"see {path} and so on", 20) == ["   see", f"   {path}", "   and so on"]
    assert printed("go\N{NO-BREAK SPACE}✗, c\N{NO-BREAK SPACE}✓", 9) == [
        "   go\N{NO-BREAK SPACE}✗,",
        "   c\N{NO-BREAK SPACE}✓",
    ]
    assert printed("日本 日本 日本", 11) == ["   日本", "   日本", "   日本"]
    assert printed("one two three", 10, is_terminal=False) == ["   one two three"]


@given(st.text(), st.integers(5, 80))
def test_breaking_a_line_loses_only_blanks(text: str, width: int) -> None:
    whole = printed(text, width, is_terminal=False)
    broken = printed(text, width)
    assert "".join("".join(whole).split()) == "".join("".join(broken).split())


def test_name_too_long_for_its_heading_is_below_it() -> None:
    out = io.StringIO()
    console = Console(file=out, width=40, force_terminal=True, color_system=None)
    print_heading(console, "DIVERGE", "red", "x" * 60, "D1")
    rule, name = out.getvalue().splitlines()
    assert cell_len(rule) == 40
    assert rule.endswith("━ D1")
    assert name == "   " + "x" * 60
