"""Options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.config import STATE, find_config, load_config
from testingkit.conformance.errors import ConfigError, UsageError
from testingkit.conformance.project import Project, Selection

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _not_empty(_context: click.Context, option: click.Parameter, text: str | None) -> str:
    """Returns the text of an option.

    Raises:
        UsageError: It is empty. Most likely a shell variable is not set, and the command must not
            select everything because of it.
    """
    if text is not None and not text.strip(" ,"):
        raise UsageError(f"{option.opts[0]} is empty; leave it out to select everything")
    return text or ""


config_option: Decorator = click.option(
    "-c",
    "--config",
    type=PathOf(dir_okay=False),
    help="Configuration file. Default: the nearest testingkit.toml, in this folder or above.",
)
runner_option: Decorator = click.option(
    "-r",
    "--runners",
    metavar="NAMES",
    default=None,
    callback=_not_empty,
    help="Use only these runners, separated by commas.",
)
expression_option: Decorator = click.option(
    "-k",
    "expression",
    metavar="EXPR",
    default=None,
    callback=_not_empty,
    help="Select cases by id, part of an id, or tag; combine with and, or, not, ( ).",
)
json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Print the result as JSON."
)
paths_argument: Decorator = click.argument("paths", nargs=-1, type=PathOf(), metavar="[PATHS]...")


def refuse_in_ci(command: str) -> None:
    """Refuses a command whose changes a person must review.

    Raises:
        UsageError: The environment variable CI is set.
    """
    if os.environ.get("CI"):
        raise UsageError(
            f"{command} does not run if the environment variable CI is set: "
            "run it where a person reviews the files that it writes"
        )


def open_project(config: Path | None) -> Project:
    """Opens the project of a configuration file, or else of the working folder."""
    return Project(load_config(config or find_config(Path.cwd())))


def state_of(config: Path | None, *runs: str) -> Path:
    """Returns the folder in which a project records its runs.

    If all runs are given as files, no project is needed, and the folder may not exist.

    Raises:
        ConfigError: There is no project although a run is given by name, or its configuration is
            wrong.
    """
    if config is None and all(os.path.isfile(run) for run in runs):  # noqa: PTH113 - any name
        try:
            find_config(Path.cwd())
        except ConfigError:
            return Path(STATE)
    return open_project(config).config.state


def make_selection(paths: tuple[Path, ...], runners: str, expression: str) -> Selection:
    """Returns the selection that the options describe."""
    names = list(dict.fromkeys(name.strip() for name in runners.split(",") if name.strip()))
    return Selection(paths, names, expression)
