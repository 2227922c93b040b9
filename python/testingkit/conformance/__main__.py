"""The ``testingkit`` command, and ``python -m testingkit.conformance``."""

from __future__ import annotations

import os
import signal
import sys

_INTERRUPTED = 130  # as in `ExitCode`, which is not imported yet


def main() -> None:
    """Runs the command line, or prints what to install.

    Exit code 1 would mean that runners are not conformant, so a broken installation has another.
    """
    _end_at_interrupts()
    import traceback

    from testingkit.conformance.exit_codes import ExitCode
    from testingkit.extras import require

    try:
        require("conformance")
    except ModuleNotFoundError as error:
        print(f"testingkit: {error}", file=sys.stderr)
        sys.exit(ExitCode.USAGE)
    try:
        from testingkit.conformance import cli
    except Exception:  # noqa: BLE001 - packages of other versions may raise anything
        traceback.print_exc()
        sys.exit(ExitCode.INTERNAL)
    cli.main()


def _end_at_interrupts() -> None:
    """Has signals end the process while packages are imported, when there is nothing to tidy up.

    An exception could be lost there, or become another one. What the parent ignores stays ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: os._exit(_INTERRUPTED))


if __name__ == "__main__":
    main()
