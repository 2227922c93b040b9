"""Options that several commands share."""

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


def _said(_context: click.Context, option: click.Parameter, text: str | None) -> str:
    """What an option says; an empty one is a variable that was not set, and would choose all."""
    if text is not None and not text.strip(" ,"):
        raise UsageError(f"{option.opts[0]} is empty: leave it out to choose everything")
    return text or ""


config_option: Decorator = click.option(
    "-c",
    "--config",
    type=PathOf(dir_okay=False),
    help="Configuration file. Default: testingkit.toml here or in the nearest folder above.",
)
runner_option: Decorator = click.option(
    "-r",
    "--runners",
    metavar="NAMES",
    default=None,
    callback=_said,
    help="Only these runners, separated by commas.",
)
expression_option: Decorator = click.option(
    "-k",
    "expression",
    metavar="EXPR",
    default=None,
    callback=_said,
    help="Only cases by id, part of an id, or tag; with and, or, not, ( ).",
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
paths_argument: Decorator = click.argument("paths", nargs=-1, type=PathOf(), metavar="[PATHS]...")


def refuse_in_ci(what: str) -> None:
    """Refuses what takes a person who looks at it.

    Raises:
        UsageError: The environment says that nobody does.
    """
    if os.environ.get("CI"):
        raise UsageError(f"{what} refuses where CI is set: a person has to look at what it writes")


def open_project(config: Path | None) -> Project:
    """Opens the project of a configuration file, or the one of the working folder."""
    return Project(load_config(config or find_config(Path.cwd())))


def state_of(config: Path | None, *runs: str) -> Path:
    """Returns the folder of what a project recorded, in which runs are to be found by their names.

    Whoever was sent all of them as files needs no project: the folder may then not be there.

    Raises:
        ConfigError: There is no project, and a run is no file; or its configuration is wrong.
    """
    if config is None and all(os.path.isfile(run) for run in runs):  # noqa: PTH113 - any name
        try:
            find_config(Path.cwd())
        except ConfigError:
            return Path(STATE)
    return open_project(config).config.state


def make_selection(
    paths: tuple[Path, ...], runners: str, expression: str, config: Path | None = None
) -> Selection:
    """Makes a selection of what the options say."""
    names = [name.strip() for name in runners.split(",") if name.strip()]
    return Selection(paths, names, expression, "" if config is None else str(config))
