"""The exit codes of ``testingkit``. One decision each: never a count, never combined by ``|``."""

from enum import IntEnum


class ExitCode(IntEnum):
    """An exit code; ``docs/exit_codes.md`` describes each for users."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    USAGE = 2
    INVALID_CASES = 3
    NOTHING_RAN = 4
    INCOMPLETE = 5
    INTERNAL = 70
    INTERRUPTED = 130
