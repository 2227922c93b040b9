"""The help of every command has a summary, a text for each option, and examples that parse."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from testingkit.conformance import cli


def _contexts(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            yield from _contexts(_child(context, name))


def _child(context: click.Context, name: str) -> click.Context:
    assert isinstance(context.command, click.Group)
    command = context.command.get_command(context, name)
    assert command is not None, name
    return click.Context(command, info_name=name, parent=context)


def _root() -> click.Context:
    return click.Context(cli._group, info_name="testingkit", **cli._group.context_settings)


CONTEXTS = {context.command_path: context for context in _contexts(_root())}
EVERY_COMMAND = pytest.mark.parametrize("path", CONTEXTS)


def _summary(command: click.Command) -> str:
    return (command.help or "").partition("\n\n")[0]


def _examples(command: click.Command) -> list[str]:
    section = re.search(r"^Examples:\n((?:  .+\n)+)", command.epilog or "", re.MULTILINE)
    return [line.strip() for line in section[1].splitlines()] if section else []


def _parse(line: str) -> None:
    """Parses a command line without running it.

    Raises:
        click.UsageError: The command does not take it.
    """
    program, *arguments = shlex.split(line, comments=True)
    assert program == "testingkit"
    context = _root()
    while isinstance(context.command, click.Group):
        context = _child(context, arguments.pop(0))
    context.command.make_parser(context).parse_args(arguments)


@EVERY_COMMAND
def test_summary_is_one_sentence_that_fits_the_list_of_commands(path: str) -> None:
    summary = _summary(CONTEXTS[path].command)
    assert re.fullmatch(r"[A-Z][^.]+\.", summary), summary
    assert len(summary) <= 66


def test_list_of_commands_has_the_summary_of_each_command() -> None:
    shown = {name: _summary(CONTEXTS[f"testingkit {name}"].command) for name in cli._COMMANDS}
    assert shown == cli._COMMANDS


@EVERY_COMMAND
def test_examples_are_command_lines_that_parse(path: str) -> None:
    examples = _examples(CONTEXTS[path].command)
    assert examples
    for line in examples:
        assert line.startswith(path)
        _parse(line)


@EVERY_COMMAND
def test_every_option_has_a_help_text_of_whole_sentences(path: str) -> None:
    for parameter in CONTEXTS[path].command.get_params(CONTEXTS[path]):
        if isinstance(parameter, click.Option):
            assert re.fullmatch(r"[A-Z].+\.", parameter.help or ""), parameter.name


@EVERY_COMMAND
def test_every_argument_is_explained(path: str) -> None:
    command = CONTEXTS[path].command
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            name = parameter.make_metavar(CONTEXTS[path]).strip("[].")
            assert re.search(rf"\b{name}\b", command.help or ""), name


@EVERY_COMMAND
def test_help_fits_80_columns(path: str) -> None:
    text = CONTEXTS[path].get_help()
    assert max(map(len, text.splitlines())) <= 80
    assert "\b" not in text
