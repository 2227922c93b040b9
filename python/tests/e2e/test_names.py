"""Names of suites and cases with dashes and dots, through the commands that take or show them."""

from __future__ import annotations

from tests.e2e.project import Project

_SUITE = """name: "spec-1.1.0/sect.2"
service: "greet.v1.GreetService"
defaults { method: "Greet" }
cases { name: "common-12" request { name: "trigger" } expect { golden {} } }
cases { name: "common-12.b" request { name: "trigger" } expect { golden { name: "v1.0-b" } } }
cases { name: "other-12" request { name: "Cy" } expect { agree { reason: "r" } } }
"""
_IDS = [f"spec-1.1.0/sect.2/{name}" for name in ("common-12", "common-12.b", "other-12")]


def test_names_with_dashes_and_dots_work_in_all_commands(honest: Project) -> None:
    honest.add_greeter("also")
    honest.suite.write_text(_SUITE)
    assert honest.run("accept", "--missing", "--yes").exit == 0
    goldens = honest.folder / "cases" / "goldens" / "greet"
    assert sorted(file.name for file in goldens.iterdir()) == [
        "common-12.textproto",
        "v1.0-b.textproto",
    ]
    assert honest.run("lint").exit == 0
    assert honest.run("run").exit == 0
    for expression, number in ((_IDS[0], 1), ("sect.2", 3), ("common-12", 2), ("not other-12", 2)):
        listed = honest.run("list", "-k", expression, "--json")
        assert len(listed.json) == number, expression

    honest.add_greeter("wrong", "answers_wrong")
    assert honest.run("run").exit == 1
    junit = honest.run("report", "--junit", "-").out
    assert [identifier for identifier in _IDS if identifier not in junit] == []
    for identifier in _IDS:
        assert honest.run("show", "--case", identifier).exit == 0
    assert honest.run("repro", _IDS[0]).exit == 0
    folder = honest.folder / ".testingkit" / "repro" / "spec-1..1..0.sect..2.common-12"
    assert (folder / "request.textproto").is_file()
    added = honest.run("known", "add", "-r", "wrong", "--kind", "bug", "--reason", "r", "--write")
    assert added.exit == 0, added.err
    assert honest.run("run").exit == 0
    assert honest.run("lint").exit == 0
