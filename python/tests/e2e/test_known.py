"""Known divergences in real runs: what is untrue fails by name, and commands add and prune them."""

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
_AGREE = 'agree { reason: "nobody says how loud" }'


def _write_cases(project: Project, cases: Mapping[str, str], **expect: str) -> None:
    """Writes cases by their names, with whom to greet; they expect a greeting, or what is said."""
    text = _HEAD
    for name, whom in cases.items():
        greeting = f'response {{ text: "Hello, {whom}" length: {7 + len(whom)} }}'
        text += _CASE.format(name=name, whom=whom, expect=expect.get(name, greeting))
    project.suite.write_text(text)


def _known_file(project: Project, runner: str = "bad") -> Path:
    return project.folder / "cases" / "known_divergences" / f"{runner}.textproto"


def _entry(case: str, *, text: str = "HELLO, SHOUT", reason: str = "it shouts", **more: str) -> str:
    """An entry that pins a shouted greeting."""
    pin = f'outcome {{ response {{ text: "{text}" length: {len(text)} }} }}'
    rest = "".join(f'  {name}: "{value}"\n' for name, value in more.items())
    kind = "  kind: DIVERGENCE_KIND_BUG\n"
    return f'entries {{\n  case: "{case}"\n{kind}  {pin}\n  reason: "{reason}"\n{rest}}}\n'


@pytest.fixture
def contrary(honest: Project) -> Project:
    honest.add("bad", "scripted.py")
    return honest


def _stale(project: Project) -> list[tuple[int, str]]:
    """Line and text of every finding about a known divergence, all of them gated."""
    findings = [event.finding for event in project.events() if event.HasField("finding")]
    stale = [f for f in findings if f.kind == run_pb2.FINDING_KIND_STALE]
    assert all(f.gated and f.path == "cases/known_divergences/bad.textproto" for f in stale)
    return [(finding.line, finding.text) for finding in stale]


_SIX_WAYS = {
    "passes": "Ada",
    "changed": "shout",
    "expired": "shout",
    "unexplained": "shout",
    "broad": "shout",
}
_SIX_ENTRIES = [
    _entry("greet/passes"),
    _entry("greet/gone"),
    _entry("greet/changed", text="Hello? SHOUT"),
    "# It shall be mended soon.\n" + _entry("greet/expired", expires="2026-01-31"),
    _entry("greet/unexplained", reason=" "),
    _entry("**/broad"),
]


def test_each_way_of_being_untrue_fails_the_gate_by_name(contrary: Project) -> None:
    _write_cases(contrary, _SIX_WAYS)
    contrary.write_known("bad", "\n".join(_SIX_ENTRIES))
    shown = contrary.run("run")
    assert shown.exit == 1
    assert_totals_add_up(contrary.footer())
    assert _stale(contrary) == [
        (2, "bad passes greet/passes now"),
        (9, 'case: "greet/gone" matches no case'),
        (16, 'bad answers greet/changed differently now: text: "HELLO, SHOUT"'),
        (24, "the entry expired on 2026-01-31"),
        (32, "the entry has no reason"),
        (39, 'case: "**/broad" is too broad: name the suite at least'),
    ]
    for line, text in _stale(contrary):
        assert f"cases/known_divergences/bad.textproto:{line}\n" in shown.out
        assert text in shown.out
    # What needs no run, `lint` says too.
    linted = contrary.run("lint")
    assert linted.exit == 3
    assert [line.split(": ")[0] for line in linted.err.splitlines()[:-1]] == [
        f"cases/known_divergences/bad.textproto:{line}:1" for line in (9, 24, 32, 39)
    ]
    # A run of something else does not judge what it did not run.
    assert contrary.run("run", "-r", "good").exit == 0
    assert contrary.run("run", "-k", "greet/expired").exit == 1
    assert _stale(contrary) == [(24, "the entry expired on 2026-01-31")]
    _prune_the_six(contrary)


def _prune_the_six(project: Project) -> None:
    """Removes what the divergence is gone of, after a run that says so, and nothing else."""
    file = _known_file(project)
    before = file.read_text()
    filtered = project.run("known", "prune", "--dry-run")
    assert "2 entries to remove" in filtered.err  # Which take no run to know.
    project.run("run")
    dry = project.run("known", "prune", "--dry-run")
    assert file.read_text() == before
    told = project.run("known", "prune")
    assert (told.exit, told.out) == (0, dry.out)
    place = "cases/known_divergences/bad.textproto"
    removed = {0: "2: bad passes greet/passes now", 1: '9: case: "greet/gone" matches no case'}
    removed[3] = "24: the entry expired on 2026-01-31"
    assert told.out == "".join(f"{place}:{why}\n{_SIX_ENTRIES[i]}\n" for i, why in removed.items())
    assert told.err.splitlines() == [
        f'{place}:16: bad answers greet/changed differently now: text: "HELLO, SHOUT"',
        f"{place}:32: the entry has no reason",
        f'{place}:39: case: "**/broad" is too broad: name the suite at least',
        "testingkit: 3 entries removed; 3 entries to check by hand",
    ]
    left = [entry for i, entry in enumerate(_SIX_ENTRIES) if i not in removed]
    assert file.read_text() == 'runner: "bad"\n\n' + "\n".join(left)
    again = project.run("known", "prune")
    assert (again.exit, again.out) == (0, "")
    assert again.err.splitlines()[-1].startswith("testingkit: 0 entries removed; 3 entries")


_CONTRARY = {
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
    """The case and the outcome of every entry of a text."""
    cases = re.findall(r'^  case: "greet/(.*)"$', text, re.MULTILINE)
    return list(zip(cases, re.findall(r"^  (outcome .*)$", text, re.MULTILINE), strict=True))


@pytest.mark.smoke
def test_what_is_added_makes_the_next_run_conformant(contrary: Project) -> None:
    contrary.add("other", "greeter.py")
    contrary.add("gone", "faulty.py", "dies_at_start")
    _write_cases(contrary, _CONTRARY, disagrees=_AGREE)
    assert contrary.run("run").exit == 1
    shown = contrary.run("known", "add")
    assert (shown.exit, _pins(shown.out)) == (0, _PINS)
    assert shown.out.startswith(_PROPOSED)
    absent, summary = shown.err.splitlines()
    assert absent.startswith("gone did not start: ")
    assert absent.endswith(", which no entry can cover")
    assert summary == (
        "testingkit: 7 entries for 8 results; to be valid, they need --kind and --reason"
    )
    assert not _known_file(contrary).exists()
    del contrary.runners["gone"]
    _add_by_parts(contrary)
    shown = contrary.run("run")
    assert (shown.exit, shown.out.splitlines()[-1]) == (0, "CONFORMANT")
    assert contrary.footer().ledgers[1].known == 8
    shown = contrary.run("known", "add")
    assert (shown.exit, shown.out, shown.err) == (0, "", "testingkit: no entry to add\n")
    _prune_the_reformed(contrary)


def _add_by_parts(project: Project) -> None:
    """Adds some entries, with all that can be said of them, and then the others."""
    words = ("--kind", "by-design", "--reason", 'It is "loud",\nand proud.', "--write")
    more = ("--issue", "https://tracker.example/12", "--owner", "Åse", "--expires", "2999-12-31")
    shown = project.run("known", "add", "greet/shouts_*", "-r", "bad", *words, *more)
    assert shown.exit == 0
    file = "cases/known_divergences/bad.textproto"
    assert shown.err == f"testingkit: 1 entry for 2 results, added to {file}\n"
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
    shown = project.run("known", "add", "--kind", "bug", "--reason", "It is contrary.", "--write")
    assert shown.exit == 0
    second = _known_file(project).read_text()
    assert second.startswith(first)
    assert _pins(second) == [*_PINS[1:], _PINS[0]]
    assert project.run("lint").exit == 0


def _prune_the_reformed(project: Project) -> None:
    """A runner that passes now leaves no entry but those that the run was not about."""
    project.add("bad", "scripted.py", "fixed")
    before = _known_file(project).read_text()
    assert project.run("run", "-k", "dies or shouts", "-r", "bad").exit == 1
    shown = project.run("known", "prune")
    assert shown.err.splitlines()[-1] == (
        "testingkit: 2 entries removed; 5 entries not judged: the run lacks results for them"
    )
    left = _known_file(project).read_text()
    assert _pins(left) == [*_PINS[2:5], _PINS[6], _PINS[0]]
    assert set(left.splitlines()) < set(before.splitlines())
    assert project.run("run", "-k", "not greets").exit == 1
    shown = project.run("known", "prune")
    assert shown.err == "testingkit: 5 entries removed\n"
    assert _known_file(project).read_text() == before.partition("\nentries")[0]
    assert project.run("run").exit == 0


def test_a_flaky_answer_is_pinned_beside_the_right_one(contrary: Project) -> None:
    _write_cases(contrary, {"is_flaky": "alternate", "greets": "Ada"})
    assert contrary.run("run", "--repeat", "4").exit == 1
    words = ("--kind", "bug", "--reason", "It wavers.", "--write")
    assert contrary.run("known", "add", *words).exit == 0
    text = _known_file(contrary).read_text()
    pin = 'outcome { response { text: "HELLO, NOW AND THEN" length: 19 } }'
    assert _pins(text) == [("is_flaky", pin)]
    assert "kind: DIVERGENCE_KIND_FLAKY" in text
    assert contrary.run("run", "--repeat", "4").exit == 0
    # What passes once is not stale, and what passes every time may be said.
    contrary.add("bad", "scripted.py", "fixed")
    assert contrary.run("run").exit == 0
    shown = contrary.run("known", "prune")
    assert (shown.out, shown.err) == ("", "testingkit: 0 entries removed\n")
    assert contrary.run("run", "--repeat", "4").exit == 0
    shown = contrary.run("known", "prune")
    assert shown.out == ""
    assert "bad passed greet/is_flaky all 4 times" in shown.err
    assert _known_file(contrary).read_text() == text


def test_what_has_changed_since_the_run_is_not_judged_by_it(contrary: Project) -> None:
    _write_cases(contrary, {"shouts": "shout", "greets": "Ada", "stays": "shout"})
    contrary.run("run")
    run = (contrary.folder / ".testingkit" / "runs" / "latest").resolve().name
    _write_cases(contrary, {"shouts": "shout!", "greets": "Eve", "stays": "shout"})
    shown = contrary.run("known", "add", "--from", run)
    assert _pins(shown.out) == [("stays", _PINS[0][1])]
    older = "the case has changed since the run; run it again"
    assert f"{older}: greet/greets, greet/shouts" in shown.err
    contrary.write_known("bad", _entry("greet/greets") + _entry("greet/st*"))
    shown = contrary.run("known", "prune", "--from", run)
    assert (shown.exit, shown.out) == (0, "")
    assert "bad.textproto:2: greet/greets has changed since the run" in shown.err


def test_of_a_pattern_that_is_half_true_is_told_which_half(contrary: Project) -> None:
    contrary.add("gone", "faulty.py", "dies_at_start")
    contrary.add("off", "scripted.py", enabled=False)
    _write_cases(contrary, {"one": "shout", "two": "Ada"})
    contrary.write_known("bad", _entry("greet/*"))
    for runner in ("gone", "off", "rust"):
        contrary.write_known(runner, _entry("greet/two"))
    contrary.run("run")
    before = _known_file(contrary).read_text()
    shown = contrary.run("known", "prune")
    assert (shown.exit, shown.out) == (0, "")
    place = "cases/known_divergences/bad.textproto:2: "
    assert f"{place}bad passes greet/two now\n" in shown.err
    assert "rust.textproto:2: there is no runner rust\n" in shown.err
    assert shown.err.endswith(
        "testingkit: 0 entries removed; 2 entries to check by hand; "
        "2 entries not judged: the run lacks results for them\n"
    )
    assert _known_file(contrary).read_text() == before
    # What is pinned otherwise is for a person as well: a second entry would be about the same case.
    contrary.write_known("bad", _entry("greet/one", text="other"))
    shown = contrary.run("known", "add")
    assert shown.out == ""
    assert "bad.textproto:2 pins another outcome of bad; fix that entry: greet/one" in shown.err


def test_where_nobody_is_odd_a_person_chooses_the_side(contrary: Project) -> None:
    _write_cases(contrary, {"disagrees": "shout"}, disagrees=_AGREE)
    assert contrary.run("run").exit == 1
    for words in ((), ("-r", "good,bad")):
        shown = contrary.run("known", "add", *words)
        assert (shown.exit, shown.out) == (0, "")
        assert "no runner is the odd one out; choose a runner with -r: greet/disagrees" in shown.err
    shown = contrary.run("known", "add", "-r", "bad", *_WORDS)
    assert (shown.exit, _pins(shown.out)) == (0, _PINS[:1])
    assert contrary.run("run").exit == 0
    # Alone it differs from nobody, which says nothing of the entry.
    assert contrary.run("run", "-r", "bad").exit == 0
    assert contrary.run("known", "prune").err == (
        "testingkit: 0 entries removed; 1 entry not judged: the run lacks results for them\n"
    )


def test_what_cannot_be_written_is_told(contrary: Project) -> None:
    _write_cases(contrary, {"exceeds": "exceed", "shouts": "shout"})
    contrary.run("run")
    folder = _known_file(contrary).parent
    folder.symlink_to("/proc/sys/user", target_is_directory=True)  # takes no files, even from root
    shown = contrary.run("known", "add", *_WORDS)
    assert (shown.exit, _pins(shown.out)) == (2, [("shouts", _PINS[0][1])])
    unpinned, failed = shown.err.splitlines()
    assert unpinned == (
        "bad gives an answer that is different when read from a file, so no entry can pin it: "
        "greet/exceeds"
    )
    assert re.fullmatch(r"testingkit: \S+/bad.textproto cannot be written: .+", failed)
    folder.unlink()
    own = CoordinatorProject(load_config(contrary.folder / "testingkit.toml"))
    schema = own.schema()
    assert schema is not None
    proposal = propose(own, schema, open_run(own), EntryRequest())
    contrary.write_known("bad", "# Somebody was faster.\n")
    with pytest.raises(OutputError, match="has changed in the meantime; try again"):
        proposal.write()
    assert "entries" not in _known_file(contrary).read_text()


_WORDS = ("--kind", "bug", "--reason", "It shouts.", "--write")
_MISTAKES = [
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


def test_mistakes_have_one_clear_message(
    contrary: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("add", "prune"):
        shown = contrary.run("known", command)
        assert (shown.exit, shown.out) == (2, "")
        assert "runs yet; record one with: testingkit run" in shown.err
    contrary.run("run", "-k", "greet/greets")
    monkeypatch.chdir(contrary.folder)
    monkeypatch.delenv("CI", raising=False)
    for words, code, text in _MISTAKES:
        assert cli._run(["known", *words]) == code, words
        out, err = capsys.readouterr()
        assert out == "", words
        assert text in err, words
    contrary.write_known("bad", "entries {")
    for command in ("add", "prune"):
        shown = contrary.run("known", command)
        assert shown.exit == 3
        assert shown.err.startswith("cases/known_divergences/bad.textproto:2:9: { is not closed")
    _refused_in_ci(contrary)


def _refused_in_ci(project: Project) -> None:
    """Nobody is excused where nobody looks."""
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
