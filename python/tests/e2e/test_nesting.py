"""Requests and answers that nest deeper than a runtime reads are named as what they are."""

from __future__ import annotations

import pytest

from tests.e2e.project import Project

_PROTO = """
syntax = "proto3";
package nest.v1;
service NestService { rpc Nest(Node) returns (Node); }
message Node { Node child = 1; string text = 2; Node nested_type = 3; }
"""
_DEEP = 150


@pytest.fixture
def nests(project: Project) -> Project:
    """A project with a type that contains itself."""
    (project.folder / "protos" / "nest.proto").write_text(_PROTO)
    return project


def _write(project: Project, request: str, expect: str = 'agree { reason: "any" }') -> None:
    project.suite.write_text(
        'name: "nest" service: "nest.v1.NestService" defaults { method: "Nest" }\n'
        f'cases {{ name: "deep" request {{ {request} }} expect {{ {expect} }} }}\n'
    )


def test_two_answers_that_nest_too_deeply_do_not_agree_and_have_their_depth(
    nests: Project,
) -> None:
    _write(nests, 'text: "depth 137"')
    nests.add("one", "deep.py", "raw")
    nests.add("two", "deep.py", "raw")
    result = nests.run("run")
    assert result.exit == 5
    text = "a nest.v1.Node nested 137 messages deep; the coordinator reads 100"
    assert text in " ".join(result.out.split())
    assert [ledger.protocol_errors for ledger in nests.footer().ledgers] == [1, 1]


def test_answer_at_the_limit_is_compared(nests: Project) -> None:
    _write(nests, 'text: "depth 100"')
    nests.add("one", "deep.py", "raw")
    nests.add("two", "deep.py", "raw")
    assert nests.run("run").exit == 0


def test_request_that_a_runtime_cannot_read_is_not_answered(nests: Project) -> None:
    _write(nests, "nested_type { " * _DEEP + "}" * _DEEP)
    nests.add("raw", "deep.py", "raw")
    nests.add("typed", "deep.py", "typed")
    result = nests.run("run")
    assert result.exit == 5
    told = "the request nests deeper than this runner's protobuf reads"
    assert told in " ".join(result.out.split())


@pytest.mark.parametrize(
    "words",
    [
        "lint",
        "list",
        "audit",
        "show nest/deep",
        "repro nest/deep",
        "report --html report.html",
        "convert cases/greet.textproto",
        "convert cases/greet.textproto --to binary --output out.binpb",
        "known add",
        "doctor",
    ],
)
def test_every_command_works_on_a_request_that_the_coordinator_cannot_read(
    nests: Project, words: str
) -> None:
    _write(nests, "child { " * _DEEP + "}" * _DEEP)
    nests.add("raw", "deep.py", "raw")
    nests.add("other", "deep.py", "raw")
    assert nests.run("run").exit == 0
    result = nests.run(*words.split())
    assert result.exit != 70, result.err


def test_response_in_a_case_that_nests_too_deeply_has_its_limit(nests: Project) -> None:
    deep = "child { " * _DEEP + "}" * _DEEP
    _write(nests, "", f"response {{ {deep} }}")
    nests.add("raw", "deep.py", "raw")
    result = nests.run("lint")
    assert result.exit == 3
    assert "nested too deeply: 150 messages deep; the coordinator reads 100" in result.err
