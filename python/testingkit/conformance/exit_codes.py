"""What the exit code of ``testingkit`` says. Never a count, never combined by ``|``."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes, documented for users in ``docs/exit_codes.md``."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    USAGE = 2
    INVALID_CASES = 3
    NOTHING_RAN = 4
    INCOMPLETE = 5
    INTERNAL = 70
    INTERRUPTED = 130
