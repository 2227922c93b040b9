"""Known divergences in real runs: stale entries fail, and commands add and prune entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from testingkit.conformance import cli
from testingkit.conformance.config import load_config
from testingkit.conformance.errors import OutputError
from testingkit.conformance.project import Project as CoordinatorProject
from testingkit.conformance.record.recorded_run import open_run
from testingkit.conformance.triage.add import EntryRequest, propose
from testingkit.conformance.v1 import run_pb2
from tests.e2e.project import Project, assert_totals_add_up

_HEAD = """\
# proto-file: testingkit/conformance/v1/case.proto
# proto-message: testingkit.conformance.v1.Suite
name: "greet"
service: "greet.v1.GreetService"
defaults { method: "Greet" timeout { nanos: 400000000 } }
"""
_CASE = """
cases {{
  name: "{name}"
  request {{ name: "{whom}" }}
  expect {{ {expect} }}
}}
"""
_AGREE = 'agree { reason: "the volume is not specified" }'


def _write_cases(project: Project, cases: Mapping[str, str], **expect: str) -> None:
    """Writes cases by name, each with the name to greet; a greeting is expected by default."""
    text = _HEAD
    for name, whom in cases.items():
        greeting = f'response {{ text: "Hello, {whom}" length: {7 + len(whom)} }}'
        text += _CASE.format(name=name, whom=whom, expect=expect.get(name, greeting))
    project.suite.write_text(text)


def _known_file(project: Project, runner: str = "bad") -> Path:
    return project.folder / "cases" / "known_divergences" / f"{runner}.textproto"


def _entry(case: str, *, text: str = "HELLO, SHOUT", reason: str = "it shouts", **more: str) -> str:
    """Returns an entry that pins a shouted greeting."""
    pin = f'outcome {{ response {{ text: "{text}" length: {len(text)} }} }}'
    rest = "".join(f'  {name}: "{value}"\n' for name, value in more.items())
    kind = "  kind: DIVERGENCE_KIND_BUG\n"
    return f'entries {{\n  case: "{case}"\n{kind}  {pin}\n  reason: "{reason}"\n{rest}}}\n'


@pytest.fixture
def diverging(honest: Project) -> Project:
    honest.add("bad", "scripted.py")
    return honest


def _stale(project: Project) -> list[tuple[int, str]]:
    """Returns line and text of every finding about a known divergence; all are gated."""
    findings = [event.finding for event in project.events() if event.HasField("finding")]
    stale = [f for f in findings if f.kind == run_pb2.FINDING_KIND_STALE]
    assert all(f.gated and f.path == "cases/known_divergences/bad.textproto" for f in stale)
    return [(finding.line, finding.text) for finding in stale]


_STALE_CASES = {
    "passes": "Ada",
    "changed": "shout",
    "expired": "shout",
    "unexplained": "shout",
    "broad": "shout",
}
_STALE_ENTRIES = [
    _entry("greet/passes"),
    _entry("greet/gone"),
    _entry("greet/changed", text="Hello? SHOUT"),
    "# It will be fixed soon.\n" + _entry("greet/expired", expires="2026-01-31"),
    _entry("greet/unexplained", reason=" "),
    _entry("**/broad"),
]


def test_every_kind_of_stale_entry_fails_the_gate_with_its_place(diverging: Project) -> None:
    _write_cases(diverging, _STALE_CASES)
    diverging.write_known("bad", "\n".join(_STALE_ENTRIES))
    shown = diverging.run("run")
    assert shown.exit == 1
    assert_totals_add_up(diverging.footer())
    assert _stale(diverging) == [
        (2, "bad passes greet/passes now"),
        (9, 'case: "greet/gone" matches no case'),
        (16, 'bad answers greet/changed differently now: text: "HELLO, SHOUT"'),
        (24, "the entry expired on 2026-01-31"),
        (32, "the entry has no reason"),
        (39, 'case: "**/broad" is too broad: name the suite at least'),
    ]
    for line, text in _stale(diverging):
        assert f"cases/known_divergences/bad.textproto:{line}\n" in shown.out
        assert text in shown.out
    # `lint` reports those that need no run.
    linted = diverging.run("lint")
    assert linted.exit == 3
    assert [line.split(": ")[0] for line in linted.err.splitlines()[:-1]] == [
        f"cases/known_divergences/bad.textproto:{line}:1" for line in (9, 24, 32, 39)
    ]
    # A run does not judge entries of runners and cases that it leaves out.
    assert diverging.run("run", "-r", "good").exit == 0
    assert diverging.run("run", "-k", "greet/expired").exit == 1
    assert _stale(diverging) == [(24, "the entry expired on 2026-01-31")]
    _prune_stale_entries(diverging)


def _prune_stale_entries(project: Project) -> None:
    """Prunes entries whose divergence does not exist any more, and no others."""
    file = _known_file(project)
    before = file.read_text()
    filtered = project.run("known", "prune", "--dry-run", "--from", "last")
    assert "2 entries to remove" in filtered.err  # those that are stale without a run
    project.run("run")
    dry = project.run("known", "prune", "--dry-run")
    assert file.read_text() == before
    result = project.run("known", "prune")
    assert (result.exit, result.out) == (0, dry.out)
    place = "cases/known_divergences/bad.textproto"
    removed = {0: "2: bad passes greet/passes now", 1: '9: case: "greet/gone" matches no case'}
    removed[3] = "24: the entry expired on 2026-01-31"
    assert result.out == "".join(
        f"{place}:{why}\n{_STALE_ENTRIES[i]}\n" for i, why in removed.items()
    )
    assert result.notes.splitlines() == [
        f'{place}:16: bad answers greet/changed differently now: text: "HELLO, SHOUT"',
        f"{place}:32: the entry has no reason",
        f'{place}:39: case: "**/broad" is too broad: name the suite at least',
        "testingkit: 3 entries removed; 3 entries to check by hand",
    ]
    left = [entry for i, entry in enumerate(_STALE_ENTRIES) if i not in removed]
    assert file.read_text() == 'runner: "bad"\n\n' + "\n".join(left)
    again = project.run("known", "prune")
    assert (again.exit, again.out) == (0, "")
    assert again.err.splitlines()[-1].startswith("testingkit: 0 entries removed; 3 entries")


_DIVERGING = {
    "greets": "Ada",
    "shouts_at_one": "shout",
    "shouts_at_two": "shout",
    "yells": "shout all",
    "denies": "deny",
    "panics": "panic",
    "dies": "die",
    "hangs": "hang",
    "disagrees": "shout",
}
_PROPOSED = """\
# cases/known_divergences/bad.textproto
# proto-file: testingkit/conformance/v1/divergence.proto
# proto-message: testingkit.conformance.v1.KnownDivergences

runner: "bad"

entries {
  case: "greet/disagrees"
  kind: DIVERGENCE_KIND_UNSPECIFIED  # choose: …_BUG, …_BY_DESIGN, …_SPEC_AMBIGUOUS or …_FLAKY
  outcome { response { text: "HELLO, SHOUT" length: 12 } }
  reason: ""  # explain why this is accepted
}

entries {
  case: "greet/shouts_at_*"
"""
_PINS = [
    ("disagrees", 'outcome { response { text: "HELLO, SHOUT" length: 12 } }'),
    ("shouts_at_*", 'outcome { response { text: "HELLO, SHOUT" length: 12 } }'),
    ("yells", 'outcome { response { text: "HELLO, SHOUT ALL" length: 16 } }'),
    ("denies", "outcome { error { code: NOT_FOUND } }"),
    ("panics", "outcome { verdict: VERDICT_PANIC }"),
    ("dies", "outcome { verdict: VERDICT_CRASH }"),
    ("hangs", "outcome { verdict: VERDICT_TIMEOUT }"),
]


def _pins(text: str) -> list[tuple[str, str]]:
    """Returns the case and the outcome of every entry of a text."""
    cases = re.findall(r'^  case: "greet/(.*)"$', text, re.MULTILINE)
    return list(zip(cases, re.findall(r"^  (outcome .*)$", text, re.MULTILINE), strict=True))


@pytest.mark.smoke
def test_known_add_makes_the_next_run_conformant(diverging: Project) -> None:
    diverging.add_greeter("other")
    diverging.add_greeter("gone", "dies_at_start")
    _write_cases(diverging, _DIVERGING, disagrees=_AGREE)
    assert diverging.run("run").exit == 1
    shown = diverging.run("known", "add")
    assert (shown.exit, _pins(shown.out)) == (0, _PINS)
    assert shown.out.startswith(_PROPOSED)
    absent, summary = shown.notes.splitlines()
    assert absent.startswith("gone did not start: ")
    assert absent.endswith(", which no entry can cover")
    assert summary == (
        "testingkit: 7 entries for 8 results; to be valid, they need --kind and --reason"
    )
    assert not _known_file(diverging).exists()
    del diverging.runners["gone"]
    _add_in_two_steps(diverging)
    shown = diverging.run("run")
    assert (shown.exit, shown.out.splitlines()[-1]) == (0, "CONFORMANT")
    assert diverging.footer().ledgers[1].known == 8
    shown = diverging.run("known", "add")
    assert (shown.exit, shown.out, shown.notes) == (0, "", "testingkit: no entry to add\n")
    _prune_after_a_fix(diverging)


def _add_in_two_steps(project: Project) -> None:
    """Adds one entry with all fields, and then the others."""
    words = ("--kind", "by-design", "--reason", 'It is "loud",\nand proud.', "--write")
    more = ("--issue", "https://tracker.example/12", "--owner", "Åse", "--expires", "2999-12-31")
    shown = project.run("known", "add", "greet/shouts_*", "-r", "bad", *words, *more)
    assert shown.exit == 0
    file = "cases/known_divergences/bad.textproto"
    assert shown.notes == f"testingkit: 1 entry for 2 results, added to {file}\n"
    first = _known_file(project).read_text()
    assert shown.out == f"# {file}\n{first}"
    assert first.endswith("""
entries {
  case: "greet/shouts_at_*"
  kind: DIVERGENCE_KIND_BY_DESIGN
  outcome { response { text: "HELLO, SHOUT" length: 12 } }
  reason: "It is \\"loud\\",\\nand proud."
  issue: "https://tracker.example/12"
  owner: "Åse"
  expires: "2999-12-31"
}
""")
    shown = project.run("known", "add", "--kind", "bug", "--reason", "It diverges.", "--write")
    assert shown.exit == 0
    second = _known_file(project).read_text()
    assert second.startswith(first)
    assert _pins(second) == [*_PINS[1:], _PINS[0]]
    assert project.run("lint").exit == 0


def _prune_after_a_fix(project: Project) -> None:
    """Prunes all entries of a runner that passes now, except those of cases that were not run."""
    project.add("bad", "scripted.py", "fixed")
    before = _known_file(project).read_text()
    assert project.run("run", "-k", "dies or shouts", "-r", "bad").exit == 1
    shown = project.run("known", "prune", "--from", "last")
    assert shown.err.splitlines()[-1] == (
        "testingkit: 2 entries removed; 5 entries not judged: the run lacks results for them"
    )
    left = _known_file(project).read_text()
    assert _pins(left) == [*_PINS[2:5], _PINS[6], _PINS[0]]
    assert set(left.splitlines()) < set(before.splitlines())
    assert project.run("run", "-k", "not greets").exit == 1
    shown = project.run("known", "prune", "--from", "last")
    assert shown.notes == "testingkit: 5 entries removed\n"
    assert _known_file(project).read_text() == before.partition("\nentries")[0]
    assert project.run("run").exit == 0


def test_known_add_pins_the_wrong_outcome_of_a_flaky_runner(diverging: Project) -> None:
    _write_cases(diverging, {"is_flaky": "alternate", "greets": "Ada"})
    assert diverging.run("run", "--repeat", "4").exit == 1
    words = ("--kind", "bug", "--reason", "It is flaky.", "--write")
    assert diverging.run("known", "add", *words).exit == 0
    text = _known_file(diverging).read_text()
    pin = 'outcome { response { text: "HELLO, NOW AND THEN" length: 19 } }'
    assert _pins(text) == [("is_flaky", pin)]
    assert "kind: DIVERGENCE_KIND_FLAKY" in text
    assert diverging.run("run", "--repeat", "4").exit == 0
    # A flaky entry is not stale after one pass; passes in every repetition are reported.
    diverging.add("bad", "scripted.py", "fixed")
    assert diverging.run("run").exit == 0
    shown = diverging.run("known", "prune")
    assert (shown.out, shown.notes) == ("", "testingkit: 0 entries removed\n")
    assert diverging.run("run", "--repeat", "4").exit == 0
    shown = diverging.run("known", "prune")
    assert shown.out == ""
    assert "bad passed greet/is_flaky all 4 times" in shown.err
    assert _known_file(diverging).read_text() == text


def test_cases_that_changed_since_the_run_are_not_judged(diverging: Project) -> None:
    _write_cases(diverging, {"shouts": "shout", "greets": "Ada", "stays": "shout"})
    diverging.run("run")
    run = (diverging.folder / ".testingkit" / "runs" / "latest").resolve().name
    _write_cases(diverging, {"shouts": "shout!", "greets": "Eve", "stays": "shout"})
    shown = diverging.run("known", "add", "--from", run)
    assert _pins(shown.out) == [("stays", _PINS[0][1])]
    older = "the case has changed since the run; run it again"
    assert f"{older}: greet/greets, greet/shouts" in shown.err
    diverging.write_known("bad", _entry("greet/greets") + _entry("greet/st*"))
    shown = diverging.run("known", "prune", "--from", run)
    assert (shown.exit, shown.out) == (0, "")
    assert "bad.textproto:2: greet/greets has changed since the run" in shown.err


def test_prune_reports_the_stale_cases_of_a_pattern(diverging: Project) -> None:
    diverging.add_greeter("gone", "dies_at_start")
    diverging.add("off", "scripted.py", enabled=False)
    _write_cases(diverging, {"one": "shout", "two": "Ada"})
    diverging.write_known("bad", _entry("greet/*"))
    for runner in ("gone", "off", "rust"):
        diverging.write_known(runner, _entry("greet/two"))
    diverging.run("run")
    before = _known_file(diverging).read_text()
    shown = diverging.run("known", "prune")
    assert (shown.exit, shown.out) == (0, "")
    place = "cases/known_divergences/bad.textproto:2: "
    assert f"{place}bad passes greet/two now\n" in shown.err
    assert "rust.textproto:2: there is no runner rust\n" in shown.err
    assert shown.err.endswith(
        "testingkit: 0 entries removed; 2 entries to check by hand; "
        "2 entries not judged: the run lacks results for them\n"
    )
    assert _known_file(diverging).read_text() == before
    # An entry that pins another outcome needs a person, too: a case has only one entry.
    diverging.write_known("bad", _entry("greet/one", text="other"))
    shown = diverging.run("known", "add")
    assert shown.out == ""
    assert "bad.textproto:2 pins another outcome of bad; fix that entry: greet/one" in shown.err


def test_divergence_without_an_odd_one_out_needs_the_option_r(diverging: Project) -> None:
    _write_cases(diverging, {"disagrees": "shout"}, disagrees=_AGREE)
    assert diverging.run("run").exit == 1
    for words in ((), ("-r", "good,bad")):
        shown = diverging.run("known", "add", *words)
        assert (shown.exit, shown.out) == (0, "")
        assert "no runner is the odd one out; choose a runner with -r: greet/disagrees" in shown.err
    shown = diverging.run("known", "add", "-r", "bad", *_WORDS)
    assert (shown.exit, _pins(shown.out)) == (0, _PINS[:1])
    assert diverging.run("run").exit == 0
    # A runner alone has no divergence, so its entry is not judged.
    assert diverging.run("run", "-r", "bad").exit == 0
    assert diverging.run("known", "prune", "--from", "last").notes == (
        "testingkit: 0 entries removed; 1 entry not judged: the run lacks results for them\n"
    )


def test_unpinnable_answers_and_unwritable_files_are_reported(diverging: Project) -> None:
    _write_cases(diverging, {"exceeds": "exceed", "shouts": "shout"})
    diverging.run("run")
    folder = _known_file(diverging).parent
    folder.symlink_to("/proc/sys/user", target_is_directory=True)  # takes no files, even from root
    shown = diverging.run("known", "add", *_WORDS)
    assert (shown.exit, _pins(shown.out)) == (2, [("shouts", _PINS[0][1])])
    unpinned, failed = shown.notes.splitlines()
    assert unpinned == (
        "bad gives an answer that is different when read from a file, so no entry can pin it: "
        "greet/exceeds"
    )
    assert re.fullmatch(r"testingkit: \S+/bad.textproto cannot be written: .+", failed)
    folder.unlink()
    own = CoordinatorProject(load_config(diverging.folder / "testingkit.toml"))
    schema = own.schema()
    assert schema is not None
    proposal = propose(own, schema, open_run(own), EntryRequest())
    diverging.write_known("bad", "# Another change was faster.\n")
    with pytest.raises(OutputError, match="has changed in the meantime; try again"):
        proposal.write()
    assert "entries" not in _known_file(diverging).read_text()


_WORDS = ("--kind", "bug", "--reason", "It shouts.", "--write")
_ERRORS = [
    (("add", "--kind", "mistake"), 2, "'mistake' is not one of 'bug', 'by-design'"),
    (("add", "--write", "--reason", "r"), 2, "--write needs --kind and --reason"),
    (("add", "--write", "--kind", "bug", "--reason", " "), 2, "--write needs --kind and --reason"),
    (("add", "--expires", "31.1.2027"), 2, "--expires '31.1.2027': expected a date such as"),
    (("add", "--expires", "2026-01-31"), 2, "--expires 2026-01-31: that day has passed"),
    (("add", "--owner", "\udcff"), 2, "--owner '\\udcff' is not UTF-8 text"),
    (("add", "-r", "bda"), 2, "there is no runner 'bda'; did you mean `bad`?"),
    (("add", "greet/greest"), 4, "'greet/greest' matches no case; did you mean `greet/greets`?"),
    (("add", "--from", "yesterday"), 2, "there is no run 'yesterday'; the last ones are: "),
    (("add", "--from", "testingkit.toml"), 2, "testingkit.toml"),
    (("prune", "--from", "yesterday"), 2, "there is no run 'yesterday'; the last ones are: "),
    (("prone",), 2, "no such command 'prone'; did you mean `prune`?"),
    ((), 2, "Usage: testingkit known"),
]


def test_errors_have_one_clear_message(
    diverging: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("add", "prune"):
        shown = diverging.run("known", command)
        assert (shown.exit, shown.out) == (2, "")
        assert "runs yet; record one with: testingkit run" in shown.err
    diverging.run("run")
    monkeypatch.chdir(diverging.folder)
    monkeypatch.delenv("CI", raising=False)
    for words, code, text in _ERRORS:
        assert cli._run(["known", *words]) == code, words
        out, err = capsys.readouterr()
        assert out == "", words
        assert text in err, words
    diverging.write_known("bad", "entries {")
    for command in ("add", "prune"):
        shown = diverging.run("known", command)
        assert shown.exit == 3
        assert shown.notes.startswith("cases/known_divergences/bad.textproto:2:9: {")
    _refused_in_ci(diverging)


def _refused_in_ci(project: Project) -> None:
    """Asserts that CI cannot write entries, and can only print changes."""
    project.write_known("bad", _entry("greet/gone"))
    before = _known_file(project).read_text()
    for words in (("add", *_WORDS), ("prune",)):
        shown = project.run("known", *words, CI="true")
        assert (shown.exit, shown.out) == (2, "")
        assert "does not run if the environment variable CI is set" in shown.err
    for line in ("add", "prune --dry-run"):
        assert project.run("known", *line.split(), CI="true").exit == 0
        assert _known_file(project).read_text() == before
    assert project.run("known", "prune", CI="").exit == 0


@pytest.mark.parametrize("command", ["add", "prune"])
def test_help_has_examples(honest: Project, command: str) -> None:
    shown = honest.run("known", command, "--help")
    assert (shown.exit, shown.err) == (0, "")
    assert f"Examples:\n    testingkit known {command}" in shown.out


def test_entry_that_lint_refuses_accounts_for_nothing_in_a_run(diverging: Project) -> None:
    entry = 'entries {{ case: "greet/greets_trigger" kind: DIVERGENCE_KIND_BUG {} }}\n'
    wrong = [
        ('reason: "r" outcome { verdict: VERDICT_MISSING_ERROR }', "can be pinned"),
        ('reason: "\\342\\200\\213" outcome { response { text: "Hello, Trigger" length: 14 } }', "")
    ]  # fmt: skip
    for text, expected in wrong:
        diverging.write_known("bad", entry.format(text))
        for words in (("lint",), ("lint", "cases/greet.textproto")):
            shown = diverging.run(*words)
            assert shown.exit == 3
            assert (expected or "the entry has no reason") in shown.err + shown.out
        assert diverging.run("run").exit == 1
        assert [ledger.known for ledger in diverging.footer().ledgers] == [0] * len(
            diverging.runners
        )


def test_entry_that_is_not_valid_is_one_finding(diverging: Project) -> None:
    _write_cases(diverging, {"shouts": "shout"})
    entry = 'case: "greet/shouts" kind: DIVERGENCE_KIND_BUG reason: "it shouts"'
    diverging.write_known("bad", f"entries {{ {entry} }}\n")
    assert diverging.run("run").exit == 1
    assert _stale(diverging) == [(2, "the entry pins no outcome")]
