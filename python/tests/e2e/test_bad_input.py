"""Hostile input does not forge or flood the output of the real command."""

from __future__ import annotations

import os
import unicodedata

from tests.e2e.project import Project

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SUITE = 'name: "%s"\nservice: "greet.v1.GreetService"\n%s'
_CASE = 'cases { name: "c%d" method: "%s" expect { response {} } }\n'


def assert_shown(text: str) -> None:
    """Asserts that a text has only visible characters, and no forged line."""
    assert not {c for c in set(text) - {"\n"} if unicodedata.category(c) in _HIDDEN}
    assert not [line for line in text.splitlines() if line.startswith("CONFORMANT")]


def test_texts_of_runners_do_not_forge_or_flood_the_output(honest: Project) -> None:
    honest.add("bad", "hostile.py")
    shown = honest.run("run")
    assert shown.exit == 1
    assert_shown(shown.out)
    assert len(shown.out) < 50_000
    assert "NOT CONFORMANT" in shown.out
    for kind in ("CRASH", "PANIC", "DIVERGE"):
        assert kind in shown.out
    as_json = honest.run("run", "--json")
    assert as_json.exit == 1
    assert len(as_json.out) < 200_000
    assert_shown(as_json.out)
    assert as_json.json["footer"]["exit_code"] == 1
    described = honest.run("runners")
    assert described.exit == 0
    assert_shown(described.out)
    assert len(described.out) < 2_000


def test_texts_of_case_files_do_not_forge_the_output(honest: Project) -> None:
    name = "x\n\x1b[32mCONFORMANT\n.textproto"
    evil = honest.suite.with_name(name)
    evil.write_text(_SUITE % ("x", _CASE % (1, r"\033[31m") + _CASE % (2, "\x1b[31m" + "y" * 9000)))
    shown = honest.run("lint")
    assert (shown.exit, shown.out) == (3, "")
    assert_shown(shown.err)
    assert len(shown.err) < 6_000
    assert all(r"cases/x\n\x1b[32mCONFORMANT\n.textproto:" in p for p in shown.err.splitlines()[:2])
    assert_shown(honest.run("lint", "--json").out)
    evil.write_text(_SUITE % ("x", _CASE % (1, "Greet")))
    assert_shown(honest.run("list").out)
    assert_shown(honest.run("list", "--json").out)


def test_file_name_that_is_not_utf8_is_escaped(honest: Project) -> None:
    evil = honest.suite.with_name(os.fsdecode(b"\xff.textproto"))
    evil.write_text(_SUITE % ("x", 'cases { name: "a" method: "Greet" expect { response {} } }'))
    assert r"cases/\xff.textproto:3" in honest.run("list").out
    shown = honest.run("run")
    assert shown.exit == 1
    assert r"cases/\xff.textproto:3" in shown.out


def test_only_the_first_1000_problems_are_listed(honest: Project) -> None:
    for number in range(2):
        file = honest.suite.with_name(f"many{number}.textproto")
        file.write_text(_SUITE % (f"many{number}", "".join(_CASE % (n, "No") for n in range(3000))))
    shown = honest.run("lint")
    assert shown.exit == 3
    lines = shown.err.splitlines()
    assert len(lines) == 1001
    assert lines[-1] == "testingkit: 2,002 problems in the case files, of which 1,000 are listed"
    assert len(honest.run("lint", "--json").json) == 2002


def test_no_enabled_runner_exits_with_2(honest: Project) -> None:
    honest.runners["good"]["enabled"] = False
    for command in ("run", "runners"):
        shown = honest.run(command)
        assert (shown.exit, shown.out) == (2, "")
        assert shown.err == "testingkit: no runner is enabled; select runners with -r\n"
    assert honest.run("run", "-r", "good").exit == 0
    assert honest.run("lint").exit == 0


def test_expander_for_an_unknown_type_exits_with_2(honest: Project) -> None:
    config = honest.folder / "testingkit.toml"
    honest.start("--version").communicate()  # writes the configuration
    other = honest.folder / "other.toml"
    other.write_text(
        config.read_text() + '[load.expanders]\n"greet.v1.GreetRequst" = "os:getcwd"\n'
    )
    shown = honest.run("lint", "--config", "other.toml")
    assert (shown.exit, shown.out) == (2, "")
    assert (
        "no message type greet.v1.GreetRequst; did you mean `greet.v1.GreetRequest`?" in shown.err
    )
