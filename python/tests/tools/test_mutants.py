"""Tests of `make mutants`: its files, operators, score and exit codes. They build nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import mutants.__main__ as command
from mutants import equivalent, seeded
from mutants.kits import KITS, Copy, source_files
from mutants.model import ROOT, Mutant, MutantError
from mutants.operators import mutants_of, operator_mutants
from mutants.run import Outcome

PYTHON, GO = KITS["python"], KITS["go"]
PATH = "python/testingkit/assertions/maps.py"


def mutant(name: str) -> Mutant:
    return Mutant(name, "python", PATH, 0, "a", "b", "a rule")


def edited(kit: str, text: str) -> list[str]:
    """Returns the text after each of its operator mutants."""
    made = mutants_of(KITS[kit], "file", text)
    return [text[: one.offset] + one.new + text[one.offset + len(one.old) :] for one in made]


@pytest.mark.parametrize("name", KITS)
def test_the_seeded_mutants_fit_the_kit(name: str) -> None:
    assert len(seeded.seeded_mutants(KITS[name])) >= 30


@pytest.mark.parametrize("name", KITS)
def test_only_sources_of_rules_are_mutated(name: str) -> None:
    files = source_files(KITS[name])
    modules = {"assertions", "value", "render", "diff", "events", "pattern", "paths", "jsontext"}
    assert modules <= {part.partition(".")[0] for path in files for part in Path(path).parts}
    names = {Path(path).stem for path in files}
    assert not names & {"signatures", "case_folding_table", "tests", "conftest"}
    assert not any(path.endswith("_test.go") for path in files)


def test_the_equivalent_mutants_exist() -> None:
    assert all(reason.strip() for reason in equivalent.read_equivalent().values())


def test_an_equivalent_mutant_that_does_not_exist_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "equivalent.txt"
    file.write_text("# a comment\n\npython/none | a reason\n", encoding="utf-8")
    monkeypatch.setattr(equivalent, "_FILE", file)
    with pytest.raises(MutantError, match="no mutant has the id python/none"):
        equivalent.read_equivalent()


def test_an_id_may_have_the_separator() -> None:
    text = "path: < -> <= in: A | B | it is the same\n"
    assert equivalent.parse_equivalent(text) == {"path: < -> <= in: A | B": "it is the same"}


def test_an_equivalent_mutant_without_a_reason_is_an_error() -> None:
    with pytest.raises(MutantError, match="not `id"):
        equivalent.parse_equivalent("python/none\n")


@pytest.mark.parametrize(
    ("kit", "text"),
    [
        ("python", '"""Returns whether a < b and c."""\n# a < b\nx = "a < b"\n'),
        ("python", "from x import not_, a\n@dataclass(frozen=True)\n"),
        ("rust", '// a < b\nlet x = "a < b";\nuse a::{b, c};\nfn f() -> Range<0> {\n'),
        ("rust", 'let x = r#"a < "b" "#;\nlet quote = \'"\'; // a < b\n'),
        ("go", 'package a\n\nimport (\n\t"a && b"\n)\n// a\nx := `a < b`\ny := \'"\' // a < b\n'),
    ],
)
def test_texts_and_comments_are_not_mutated(kit: str, text: str) -> None:
    assert edited(kit, text) == []


def test_an_operator_has_a_mutant_for_each_replacement() -> None:
    assert edited("go", "if a < b {") == ["if a <= b {", "if a > b {"]
    assert edited("python", "return not a") == ["return a"]
    assert edited("rust", "(a..=b).any(c)") == ["(a..=b).all(c)", "(a..b).any(c)"]


def test_tests_inside_a_rust_file_are_not_mutated() -> None:
    text = "fn f() { a < b }\n#[cfg(test)]\nmod tests {\n  a < b\n}\n"
    assert len(edited("rust", text)) == 2


def test_an_id_has_the_line_and_not_its_number() -> None:
    before = [one.id for one in mutants_of(GO, "file", "if a < b {\nif a < b {\n")]
    after = [one.id for one in mutants_of(GO, "file", "x\nif a < b {\ny\nif a < b {\n")]
    assert before == after
    assert before[0] == "file: < -> <= in: if a < b {"
    assert before[2] == "file: < -> <= in: if a < b { (2)"
    assert len(set(before)) == len(before)


def test_a_seed_chooses_the_same_mutants_again() -> None:
    first, again, other = (operator_mutants(GO, 20, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert {one.id for one in operator_mutants(GO, 10, 1)} < {one.id for one in first}


def test_a_mutant_edits_the_copy_alone(tmp_path: Path) -> None:
    text = (ROOT / PATH).read_text(encoding="utf-8")
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text(text, encoding="utf-8")
    one = next(mutants_of(PYTHON, PATH, text))
    one.apply(tmp_path)
    assert (tmp_path / PATH).read_text(encoding="utf-8") != text
    assert (ROOT / PATH).read_text(encoding="utf-8") == text
    with pytest.raises(MutantError, match="not the file that it was made for"):
        one.apply(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[a]\nbreaks = ""\n', "has not the keys"),
        (f'[a]\nbreaks = ""\npath = "{PATH}"\nold = "no such text"\nnew = ""\n', "is 0 times"),
        (f'[a]\nbreaks = ""\npath = "{PATH}"\nold = "return"\nnew = ""\n', "times in"),
    ],
)
def test_a_malformed_seeded_mutant_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "seeded_python.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(seeded, "_FOLDER", tmp_path)
    with pytest.raises(MutantError, match=message):
        seeded.seeded_mutants(PYTHON)


class NoCorpus:
    """Has the outcomes instead of runs."""

    states: Sequence[str] = ()

    def __init__(self, _copy: object) -> None:
        self._states = iter(self.states)

    def check_unchanged(self) -> None:
        pass

    def try_out(self, one: Mutant) -> Outcome:
        return Outcome(one, next(self._states))


@pytest.fixture(autouse=True)
def _no_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Copy, "__init__", lambda _copy, _kit: None)
    monkeypatch.setattr(command, "Corpus", NoCorpus)
    monkeypatch.setattr(command, "read_equivalent", lambda: {"known": "no caller sees it"})


@pytest.mark.parametrize(
    ("states", "status", "score"),
    [
        (["caught", "caught"], 0, "2 of 2 caught, 0 equivalent, 0 survived; 0 do not compile"),
        (["caught", "invalid"], 0, "1 of 1 caught, 0 equivalent, 0 survived; 1 do not compile"),
        (["survived", "caught"], 0, "1 of 2 caught, 1 equivalent, 0 survived; 0 do not compile"),
        (["caught", "survived"], 1, "1 of 2 caught, 0 equivalent, 1 survived; 0 do not compile"),
    ],
)
def test_the_exit_status_is_1_if_a_mutant_survives_without_a_reason(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    states: list[str],
    status: int,
    score: str,
) -> None:
    monkeypatch.setattr(NoCorpus, "states", states)
    monkeypatch.setattr(command, "seeded_mutants", lambda _kit: [mutant("known"), mutant("new")])
    assert command.main(["--kit", "python"]) == status
    assert capsys.readouterr().out.splitlines()[-1] == f"python: {score}"


def test_the_exit_status_is_2_without_a_mutant(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["-k", "no such word"]) == 2
    assert "no mutant is selected" in capsys.readouterr().err


def test_the_exit_status_is_2_if_a_kit_fails_without_a_mutant(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_corpus: NoCorpus) -> None:
        raise MutantError("the go kit does not build")

    monkeypatch.setattr(NoCorpus, "check_unchanged", fail)
    assert command.main(["--kit", "go", "--operators", "1"]) == 2
    assert "the go kit does not build" in capsys.readouterr().err
