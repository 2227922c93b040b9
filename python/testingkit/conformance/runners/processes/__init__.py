"""Starts, watches and ends the processes of runners.

Every runner leads its own process group, listens in a private folder, and has its output captured.
It ends with the coordinator: by the lease on its standard input, and for servers without leases by
the `Guardian`.
"""

from testingkit.conformance.runners.processes.guardian import Guardian
from testingkit.conformance.runners.processes.runner_process import (
    RunnerProcess,
    SilenceError,
    StartError,
    program_path,
)
from testingkit.conformance.runners.processes.socket_folder import make_socket_folder

__all__ = [
    "Guardian",
    "RunnerProcess",
    "SilenceError",
    "StartError",
    "make_socket_folder",
    "program_path",
]
