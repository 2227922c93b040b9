"""Every command refuses an empty path, such as from a shell variable that is not set."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from testingkit.conformance import cli


def _paths(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Parameter]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _paths(found, click.Context(found, info_name=name, parent=context))
        return
    for parameter in command.params:
        if isinstance(parameter.type, click.Path):
            yield f"{context.command_path} {parameter.name}", parameter


PATHS = dict(_paths(cli._group, click.Context(cli._group, info_name="testingkit")))


def test_parameters_that_take_paths_are_found() -> None:
    assert {"testingkit repro output", "testingkit run paths", "testingkit run config"} <= {*PATHS}


@pytest.mark.parametrize("name", sorted(PATHS))
@pytest.mark.parametrize("empty", ["", " "])
def test_empty_path_is_a_usage_error(name: str, empty: str) -> None:
    parameter = PATHS[name]
    context = click.Context(click.Command("x"))
    with pytest.raises(click.BadParameter, match="the path is empty"):
        parameter.type_cast_value(context, [empty] if parameter.nargs == -1 else empty)
