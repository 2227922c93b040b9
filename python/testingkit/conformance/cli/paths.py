"""The type of paths in options and arguments."""

from __future__ import annotations

import os
from pathlib import Path

import click

STANDARD_OUTPUT = "-"  # the name of a file


class PathOf(click.Path):
    """A path that is not empty.

    An empty one is most likely a shell variable that is not set; it would mean the working folder.
    """

    def __init__(
        self,
        *,
        exists: bool = False,
        file_okay: bool = True,
        dir_okay: bool = True,
        allow_dash: bool = False,
    ) -> None:
        super().__init__(
            exists=exists,
            file_okay=file_okay,
            dir_okay=dir_okay,
            allow_dash=allow_dash,
            path_type=Path,
        )

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Returns the path as click does; fails if it is empty."""
        if isinstance(value, str) and not value.strip():
            self.fail("the path is empty", param, ctx)
        path = super().convert(value, param, ctx)
        # As a path, ./- is -, and it would mean standard output.
        is_file = path == Path(STANDARD_OUTPUT) and value != STANDARD_OUTPUT
        return Path.cwd() / STANDARD_OUTPUT if is_file else path
