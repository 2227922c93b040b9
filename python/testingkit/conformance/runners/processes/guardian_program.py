"""The program of the guardian: ``guardian_program.py FOLDER MARK``.

Every run starts it, so it imports little: only the standard library, because it runs without
site-packages.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import sys
from pathlib import Path


def main(folder: str, mark: str) -> None:
    """Runs until the standard input closes, and then kills what is left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups.add(group)
        else:
            groups.discard(group)
    for group in groups:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    sys.path.insert(0, str(Path(__file__).parent))  # `-I` leaves it out
    importlib.import_module("marks").kill_marked(mark)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
