"""Starting, watching and ending runner processes.

Every runner leads a process group of its own, listens in a private folder, has its output captured,
and ends when the coordinator does: by the lease on its standard input, and, for servers that know
nothing of leases, by the `Guardian`.
"""

from testingkit.conformance.runners.processes.guardian import Guardian
from testingkit.conformance.runners.processes.runner_process import (
    RunnerProcess,
    SilenceError,
    StartError,
    program_path,
)

__all__ = ["Guardian", "RunnerProcess", "SilenceError", "StartError", "program_path"]
