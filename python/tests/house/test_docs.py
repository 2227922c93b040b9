"""The commands, configuration and files in documents exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from testingkit.conformance import cli
from testingkit.conformance.config import load_config
from testingkit.conformance.errors import ConfigError
from testingkit.conformance.results.finding_ids import LETTERS
from testingkit.conformance.results.finding_text import TITLES
from testingkit.conformance.runners.processes import runner_process
from tests.house.documents import documents

ROOT = Path(__file__).parents[3]
CONFIGURATION = ROOT / "docs/adding_a_runner.md"

# Commands after a prompt, in an indented block, or between backquotes. A wide gap ends the command,
# because a remark follows it. Other lines that begin with the name are output.
TYPED = re.compile(r"^(?: *\$ (?:\S*/)?| {4,})testingkit((?: [^\s#>|]\S*)*)", re.MULTILINE)
QUOTED = re.compile(r"`testingkit( [^`\n]+)`")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATH = re.compile(
    r"`((?:\.ci|conformance_cases|docs|examples|go|proto|python|requirements|rust|third_party|tools)"
    r"/[\w./-]*\w)`"
)
# Files that the reader of a guide creates.
READERS_FILES = re.compile(
    r"slug|go/(main\.go|go\.mod)|rust/(Cargo\.toml|build\.rs|src/main\.rs)|python/adapter\.py"
)


def commands() -> Iterator[tuple[str, str]]:
    for document in documents():
        text = document.read_text(encoding="utf-8")
        for match in (*TYPED.finditer(text), *QUOTED.finditer(text)):
            yield str(document.relative_to(ROOT)), match[1].strip()


def parse(line: str) -> None:
    """Parses a command line with the parser of its command, without running it.

    Raises:
        click.UsageError: The command line is not valid.
    """
    arguments = shlex.split(line)
    command: click.Command = cli._group
    context = click.Context(command, info_name="testingkit")
    while isinstance(command, click.Group):
        name, *arguments = arguments or [""]
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"no such command: {name}")
        command, context = found, click.Context(found, parent=context)
    command.make_parser(context).parse_args(arguments)


@pytest.mark.parametrize(("document", "line"), sorted(set(commands())))
def test_every_command_line_is_valid(document: str, line: str) -> None:
    if line.startswith("-"):
        assert line in {"--help", "--version"}, document
    elif line:
        parse(line)


def test_command_lines_are_found_and_wrong_ones_are_refused() -> None:
    assert len(set(commands())) > 10
    for line in ("explode", "run --explode", "convert --to", "known", "known explode"):
        with pytest.raises(click.UsageError):
            parse(line)


def documented_keys() -> Mapping[str, str]:
    """Returns the default of every key in the table of `testingkit.toml`."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    section = text.partition("\n## testingkit.toml\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([\w.]+)` \| `?(.*?)`? \|", section, re.MULTILINE))


def known_keys(folder: Path, prefix: str) -> set[str]:
    """Returns the known keys of a table, from the error for an unknown one."""
    file = folder / "testingkit.toml"
    text = f'runners.x.command = ["x"]\n{prefix}qqqqqqqq = "x"\n'
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    return set(re.findall(r"'(\w+)'", str(caught.value).partition("known:")[2]))


def test_the_table_of_the_configuration_has_every_key(tmp_path: Path) -> None:
    tables = {f"{name}.": f"{name}." for name in known_keys(tmp_path, "") - {"runners"}}
    tables["runners.NAME."] = "runners.x."
    known = {name + key for name, prefix in tables.items() for key in known_keys(tmp_path, prefix)}
    assert known == set(documented_keys())


def test_the_defaults_of_the_table_are_those_of_the_code(tmp_path: Path) -> None:
    file = tmp_path / "testingkit.toml"
    required = {"runners.NAME.command": '["x"]', "project.name": '"name"'}
    defaults = {**documented_keys(), **required}
    # TOML has no value for "none".
    spelled = {key: value for key, value in defaults.items() if value != "none"}
    lines = [f"{key.replace('NAME', 'x')} = {value}" for key, value in spelled.items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    spelled_out = load_config(file)
    file.write_text('project.name = "name"\nrunners.x.command = ["x"]', encoding="utf-8")
    assert spelled_out == load_config(file)
    (runner,) = spelled_out.runners
    without = {"load.environment", "load.inputs", "limits.run_timeout", "runners.NAME.memory_limit"}
    assert defaults.keys() - spelled == without
    assert spelled_out.inputs is None
    assert (spelled_out.limits.run_timeout, runner.memory_limit) == (None, 0)


def configurations() -> Iterator[Mapping[str, Any]]:
    for document in documents():
        for language, body in FENCE.findall(document.read_text(encoding="utf-8")):
            if language == "toml" and re.search(
                r"^\[(?:project|runners|limits|load)\b", body, re.MULTILINE
            ):
                yield tomllib.loads(body)


def test_every_sample_configuration_has_only_known_keys() -> None:
    shown = list(configurations())
    used = {
        f"{table}.NAME.{key}" if table == "runners" else f"{table}.{name}"
        for document in shown
        for table, entries in document.items()
        for name, entry in entries.items()
        for key in (entry if table == "runners" else [name])
    }
    assert shown
    assert used <= set(documented_keys())


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_document_exists(document: Path) -> None:
    named = set(PATH.findall(document.read_text(encoding="utf-8")))
    own = {name for name in named if not READERS_FILES.search(name)}
    folders = (ROOT, document.parent)
    assert [n for n in sorted(own) if not any((folder / n).exists() for folder in folders)] == []


def test_the_documented_variables_are_those_that_runners_get() -> None:
    source = Path(runner_process.__file__).read_text(encoding="utf-8")
    pattern = re.compile(r"TESTINGKIT_[A-Z_]+")
    assert set(pattern.findall(CONFIGURATION.read_text(encoding="utf-8"))) == set(
        pattern.findall(source)
    )


def test_the_headings_of_findings_are_those_of_the_terminal() -> None:
    text = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]) \| ([A-Z ?]+) \|", text, re.MULTILINE)
    assert rows == [(LETTERS[kind], TITLES[kind]) for kind in LETTERS]
