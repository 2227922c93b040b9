"""A group of commands that suggests a command for a mistyped one."""

from __future__ import annotations

import click

from testingkit.conformance.text.suggestions import did_you_mean


class SuggestingGroup(click.Group):
    """A group whose error for an unknown command names the nearest command, or all of them."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Returns the command that the first argument names."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            hint = did_you_mean(args[0], known) or f"; the commands are: {', '.join(known)}"
            raise click.UsageError(f"no such command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)
