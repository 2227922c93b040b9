"""A response that lacks a required field of proto2 breaks the protocol, in every command."""

from __future__ import annotations

import pytest

from tests.e2e.answering import (
    PARTIAL,
    PARTIAL_EXTRA,
    WHOLE,
    agree,
    answering,
    last_run,
    write_suite,
)
from tests.e2e.project import Project

LACKS = "legacy.v1.Told lacks the required field many[0].id"


@pytest.fixture
def partial(project: Project) -> Project:
    """A project whose runners agree on a response without a required field."""
    write_suite(project, agree("a"), agree("b"))
    given = {"a": PARTIAL, "b": WHOLE}
    return answering(project, one=given, two=given)


def test_agreement_on_a_partial_response_is_not_conformant(partial: Project) -> None:
    shown = partial.run("run")
    assert shown.exit == 5
    assert LACKS in " ".join(shown.out.split())
    assert "CONFORMANT" not in shown.out
    one, two = partial.footer().ledgers
    assert (one.passed, one.protocol_errors) == (two.passed, two.protocol_errors) == (1, 1)


def test_partial_extension_next_to_an_expected_response_is_a_protocol_error(
    project: Project,
) -> None:
    write_suite(project, 'name: "a" request { text: "a" } expect { response {} }')
    answering(project, one={"a": ""}, two={"a": PARTIAL_EXTRA})
    assert project.run("run").exit == 5
    assert "the required field extra.id" in project.run("show").out


def test_every_reader_of_the_run_shows_a_partial_response(partial: Project) -> None:
    partial.run("run")
    assert LACKS in " ".join(partial.run("show").out.split())
    forms = ("html", "junit", "junit-extended", "ctrf", "jsonl", "markdown", "annotations")
    for form in forms:
        assert partial.run("report", f"--{form}", f"{form}.out").exit == 0
        assert (partial.folder / f"{form}.out").stat().st_size
    assert partial.run("repro", "answers/a").exit == 0
    assert partial.run("diff", last_run(partial), "latest").out == "no difference\n"


def test_commands_that_take_answers_refuse_a_partial_one(partial: Project) -> None:
    write_suite(partial, 'name: "a" request { text: "a" } expect { golden {} }')
    accepted = partial.run("accept", "--missing", "--yes")
    assert accepted.exit != 0
    assert not list((partial.folder / "cases").rglob("goldens/*/*.textproto"))
    write_suite(partial, agree("a"))
    partial.run("run")
    added = partial.run("known", "add", "--kind", "bug", "--reason", "It does.", "--write")
    assert "no entry to add" in added.out + added.err
    doctor = partial.run("doctor")
    assert doctor.exit != 70
    repeated = partial.run("run", "--repeat", "3")
    assert repeated.exit == 5


def test_partial_responses_of_shards_can_be_merged(partial: Project) -> None:
    assert partial.run("run", "--shard", "1/2").exit == 5
    first = partial.folder / ".testingkit" / "runs" / last_run(partial)
    partial.run("run", "--shard", "2/2")
    second = partial.folder / ".testingkit" / "runs" / last_run(partial)
    assert partial.run("merge", str(first), str(second)).exit == 5
