"""The output of a run on a terminal, live and at the end, and in a pipe."""

from __future__ import annotations

import re
import signal
import unicodedata
from collections.abc import Sequence

import pytest

from tests.e2e.project import Project
from tests.e2e.terminal import terminal

_SGR = re.compile(r"\x1b\[[\d;]*m")
_MOVES = re.compile(r"\x1b(?!\[[\d;]*m)")  # every escape but those of colours
_BAR = "░"


@pytest.fixture
def hanging(honest: Project) -> Project:
    """A project with a correct runner, and one that hangs in the third of five cases."""
    honest.limits["call_timeout"] = "2s"
    honest.add_greeter("hangs", "never_answers")
    return honest


def _rows(lines: Sequence[str], name: str) -> Sequence[str]:
    return [line for line in lines if line.split()[0] == name]


def _is_live(lines: Sequence[str]) -> bool:
    return any("2/5" in line for line in _rows(lines, "hangs"))


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_live_rows_of_runners_are_removed_at_the_end(hanging: Project, columns: int) -> None:
    with terminal(hanging, "run", columns=columns) as shown:
        live = shown.wait_until(lambda lines: any("greets_trigger" in line for line in lines))
        (good,), (hangs,) = _rows(live, "good"), _rows(live, "hangs")
        assert "5/5" in good
        assert "█" in good
        assert "2/5" in hangs
        assert _BAR in hangs
        assert "ready " in good
        assert (" go1." in good) == (columns >= 60)
        assert re.search(r"greet/greets_trigger [1-9]\.\ds…", "\n".join(live))
        assert re.fullmatch(r" +\d\.\d s", live[-1])
        assert shown.end() == 1
    lines = shown.lines
    assert len([line for line in lines if line.startswith("testingkit 0.")]) == 1
    assert lines[-1] == "NOT CONFORMANT   1 problem: T1   exit 1"
    for trace in (_BAR, "█", "2/5", "greets_trigger 1."):
        assert trace not in "\n".join(lines)


def test_problems_and_divergences_are_counted_during_the_run(hanging: Project) -> None:
    hanging.add_greeter("wrong", "answers_wrong")
    hanging.limits |= {"call_timeout": "1s", "call_grace": "100ms"}
    text = hanging.suite.read_text()
    # Two cases that hang: the first is judged while the second goes on.
    again = 'cases { name: "again" request { name: "trigger" } expect { agree { reason: "x" } } }\n'
    hanging.suite.write_text(text + again)
    with terminal(hanging, "run") as shown:
        live = shown.wait_until(lambda lines: "✗" in "".join(_rows(lines, "wrong")))
        assert "1 ✗" in _rows(live, "wrong")[0]
        assert "1 divergence so far · " in live[-1]
        assert shown.end() == 1


def test_runners_that_start_are_shown(honest: Project) -> None:
    honest.add("slow", "faulty.py", "dies_when_file_exists")
    with terminal(honest, "run") as shown:
        live = shown.wait_until(lambda lines: "ready " in "".join(_rows(lines, "good")))
        assert "starting" in _rows(live, "slow")[0]
        (honest.folder / "die").touch()
        assert shown.end() == 5
    assert "starting" not in "".join(shown.lines)


def test_finished_runners_are_left_out_of_a_small_screen(hanging: Project) -> None:
    for name in "bcdef":
        hanging.add_greeter(name)
    with terminal(hanging, "run", rows=8) as shown:
        live = shown.wait_until(_is_live)
        assert len(live) <= 8
        assert "  … and 4 more" in live  # which are done
        assert shown.end() == 1
    assert _rows(shown.lines, "f")  # in the table at the end


@pytest.mark.parametrize("columns", [40, 160])
def test_terminal_may_change_its_size(hanging: Project, columns: int) -> None:
    with terminal(hanging, "run", columns=100) as shown:
        shown.wait_until(_is_live)
        shown.resize(columns, 24)
        shown.wait_until(lambda lines: any("greets_trigger" in line for line in lines))
        assert shown.end() == 1
    lines = shown.lines
    assert lines[0].startswith("testingkit 0.")
    assert lines[-1].startswith("NOT CONFORMANT")
    assert _BAR not in "\n".join(lines)


@pytest.mark.smoke
def test_interrupt_leaves_the_terminal_clean(hanging: Project) -> None:
    hanging.limits["call_timeout"] = "1m"
    with terminal(hanging, "run") as shown:
        shown.wait_until(_is_live)
        shown.type(b"\x03")
        assert shown.end() == 130
    assert shown.lines[-1].startswith("INTERRUPTED")
    assert _BAR not in "\n".join(shown.lines)
    assert "^C" not in "\n".join(shown.lines)
    assert (shown.screen.cursor.x, shown.screen.cursor.hidden) == (0, False)
    assert not hanging.orphans()


def test_killed_command_leaves_an_empty_line_for_the_prompt(hanging: Project) -> None:
    hanging.limits["call_timeout"] = "1m"
    with terminal(hanging, "run") as shown:
        shown.wait_until(_is_live)
        shown.process.send_signal(signal.SIGKILL)
        assert shown.end() == -signal.SIGKILL
    assert (shown.screen.cursor.x, shown.screen.cursor.hidden) == (0, False)
    assert not shown.screen.display[shown.screen.cursor.y].strip()


def test_error_during_a_run_leaves_only_its_message(project: Project) -> None:
    project.protos = []
    project.limits["start_timeout"] = "1s"
    project.add("slow", "faulty.py", "never_starts")
    with terminal(project, "run") as shown:
        shown.wait_until(lambda lines: "starting" in "".join(_rows(lines, "slow")))
        assert shown.end() == 5
    assert shown.lines[0].startswith("testingkit: the configuration has no project.protos")
    assert "starting" not in "\n".join(shown.lines)


@pytest.mark.parametrize("arguments", [("run",), ("show",), ("show", "--case", "greet/greets")])
def test_no_color_removes_every_style(hanging: Project, arguments: Sequence[str]) -> None:
    hanging.limits["call_timeout"] = "500ms"
    hanging.run("run")
    for no_color in ("1", ""):
        with terminal(hanging, *arguments, NO_COLOR=no_color) as shown:
            shown.end()
        assert bool(_SGR.search(shown.text)) == (not no_color)


def test_dumb_terminal_gets_lines_without_escapes(hanging: Project) -> None:
    hanging.limits["call_timeout"] = "500ms"
    with terminal(hanging, "run", TERM="dumb", NO_COLOR="") as shown:
        assert shown.end() == 1
    assert "\x1b" not in shown.text
    assert "\r" not in shown.text.replace("\r\n", "")
    assert any(line.startswith("  good  5/5  ") for line in shown.lines)


@pytest.mark.parametrize(("arguments", "ci"), [(("run",), "true"), (("run", "--quiet"), "")])
def test_ci_and_quiet_have_no_live_rows(
    hanging: Project, arguments: Sequence[str], ci: str
) -> None:
    hanging.limits["call_timeout"] = "500ms"
    with terminal(hanging, *arguments, NO_COLOR="", CI=ci) as shown:
        assert shown.end() == 1
    assert _SGR.search(shown.text)
    assert not _MOVES.search(shown.text)
    assert any(line.startswith("  good  5/5  ") for line in shown.lines) == bool(ci)


def test_pipe_gets_a_line_when_a_runner_is_done(hanging: Project) -> None:
    hanging.limits["call_timeout"] = "500ms"
    out = hanging.run("run").out
    assert not [c for c in out if unicodedata.category(c) == "Cc" and c != "\n"]
    head, *lines = out.splitlines()
    assert head.startswith("testingkit 0.")
    rows = [line for line in lines if re.match(r"  \S+  \d+/\d+  ", line)]
    assert re.fullmatch(r"  good  5/5  \d\.\ds", rows[0])
    assert re.fullmatch(r"  hangs  5/5  1 ✗  \d\.\ds", rows[1])
    assert len(rows) == 2
    coloured = hanging.run("run", NO_COLOR="", FORCE_COLOR="1").out
    assert _SGR.search(coloured)
    assert not _MOVES.search(coloured)


@pytest.mark.parametrize("columns", [40, 60])
def test_narrow_terminals_do_not_wrap_names_and_commands(mixed: Project, columns: int) -> None:
    name = "a_long_name_" * 6
    case = 'cases { name: "%s" request { name: "Ada" } expect { error { code: NOT_FOUND } } }'
    mixed.suite.write_text(mixed.suite.read_text() + case % name)
    with terminal(mixed, "run", "--quiet", columns=columns, rows=50) as shown:
        assert shown.end() == 1
    written = shown.text.replace("\r\n", "\n")
    assert f"\n   greet/{name}\n" in written
    assert f"\n   repro   testingkit run -k greet/{name}\n" in written
    with terminal(mixed, "list", columns=columns, rows=50) as shown:
        assert shown.end() == 0
    assert f"\ngreet/{name}\n    cases/greet.textproto:" in shown.text.replace("\r\n", "\n")


def test_terminal_too_narrow_for_the_table_gets_a_list(mixed: Project) -> None:
    with terminal(mixed, "show", columns=60) as shown:
        assert shown.end() == 0
    assert ["dying", "5", "4", "0", "1", "0", "0"] in [line.split() for line in shown.lines]
    with terminal(mixed, "show", columns=40) as shown:
        assert shown.end() == 0
    text = " ".join(shown.text.split())
    assert "good: 5 planned · 5 pass wrong: 5 planned · 4 pass · 1 fail" in text
    assert "dying: 5 planned · 4 pass · 1 crash idle: 5 planned · 5 unsup" in text
