"""``testingkit history`` adds, shows, exports and imports runs."""

from __future__ import annotations

import pytest

from tests.e2e.project import Project


def test_history_show_lists_the_lowest_pass_rate_first(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    for number in range(1, 4):
        honest.run("run")
        assert f"added: the history has {number} run" in honest.run("history", "add").out
    assert "already in the history" in honest.run("history", "add").out
    shown = honest.run("history", "show", "--min-runs", "3")
    lines = shown.out.splitlines()
    assert lines[0].startswith("greet/greets_trigger  bad  ✗✗✗  passes 0% of 3 (0% to 56%)")
    assert lines[1].startswith("greet/greets_trigger  parity  ✗✗✗  passes 0% of 3")
    assert lines[2] == "3 runs, 2 entries"
    assert honest.run("history", "show").out == "3 runs, 0 entries; 2 more with fewer than 5 runs\n"
    shown = honest.run("history", "show", "--case", "greet/greets")
    assert (shown.exit, shown.out) == (0, "3 runs, 0 entries; 3 more with fewer than 5 runs\n")


@pytest.mark.smoke
def test_exported_history_can_be_imported(honest: Project) -> None:
    honest.run("run")
    honest.run("history", "add")
    assert honest.run("history", "export", "carried.db").exit == 0
    (honest.folder / ".testingkit" / "history.db").unlink()
    assert "1 run added: the history has 1" in honest.run("history", "import", "carried.db").out
    words = ("history", "show", "--case", "greet/greets", "--min-runs", "1", "--json")
    own, parity = honest.run(*words).json
    assert (own["runner"], own["statuses"], own["passed"]["part"]) == ("good", ["passed"], 1)
    assert parity["runner"] == "parity"


def test_missing_and_damaged_histories_and_unknown_cases_exit_with_2(honest: Project) -> None:
    honest.run("run")
    for words in (["show"], ["export", "x.db"]):
        shown = honest.run("history", *words)
        assert (shown.exit, shown.out) == (2, "")
        assert "history.db does not exist; create it with testingkit history add" in shown.err
        assert not (honest.folder / ".testingkit" / "history.db").exists()
    honest.run("history", "add")
    shown = honest.run("history", "show", "--case", "greet/greet")
    message = "the history has no case 'greet/greet'; did you mean `greet/greets`?"
    assert (shown.exit, message in shown.err) == (2, True)
    shown = honest.run("history", "show", "--case", "\udcff")  # not UTF-8 on the command line
    assert (shown.exit, "the history has no case '\\udcff'" in shown.err) == (2, True)
    shown = honest.run("history", "show", "--last", "9" * 20)
    assert (shown.exit, "is not in the range 1<=x<=1000000" in shown.err) == (2, True)
    (honest.folder / "empty.db").touch()
    shown = honest.run("history", "import", "empty.db")
    assert (shown.exit, "empty.db is not a history of TestingKit" in shown.err) == (2, True)
    assert not (honest.folder / "empty.db").stat().st_size
    shown = honest.run("history", "export", "no/such/folder.db")
    message = "the history no/such/folder.db cannot be used: unable to open"
    assert (shown.exit, message in shown.err) == (2, True)
    own = honest.folder / ".testingkit" / "history.db"
    data = own.read_bytes()
    (honest.folder / "cut.db").write_bytes(data[: len(data) // 2])
    shown = honest.run("history", "import", "cut.db")
    assert (shown.exit, "the history cut.db " in shown.err) == (2, True), shown.err
    (honest.folder / "text.db").write_text("hello\n" * 100)
    shown = honest.run("history", "import", "text.db")
    assert (shown.exit, "cannot be used: file is not a database" in shown.err) == (2, True)


def test_export_overwrites_only_a_history(honest: Project) -> None:
    honest.run("run")
    honest.run("history", "add")
    shown = honest.run("history", "export", ".testingkit/history.db")
    assert (shown.exit, "is the history itself" in shown.err) == (2, True)
    other = honest.folder / "other.db"
    other.write_text("other notes\n" * 100)
    before = other.read_bytes()
    shown = honest.run("history", "export", "other.db")
    assert (shown.exit, other.read_bytes()) == (2, before)
