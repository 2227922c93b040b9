"""The Python kit with one rule broken: hunks have one line of context, not three."""

from __future__ import annotations

from testingkit import __version__
from testingkit.diff import hunks
from testingkit.kit_runner import services
from testingkit.runner import Runner

if __name__ == "__main__":
    hunks.CONTEXT_LINES = 1
    kit = Runner("python", version=__version__)
    services.add_to(kit)
    kit.serve()
