"""The ``testingkit`` command, and ``python -m testingkit.conformance``."""

from __future__ import annotations

import sys
import traceback

from testingkit.conformance.exit_codes import ExitCode
from testingkit.extras import require


def main() -> None:
    """Runs the command line, or prints what to install.

    Exit code 1 would mean that runners are not conformant, so a broken installation has another.
    """
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


if __name__ == "__main__":
    main()
