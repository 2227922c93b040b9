"""The methods that a run calls, and what the runners' observations show about each."""

from __future__ import annotations

from testingkit.conformance.v1.observation_pb2 import Observation

# Observations that show nothing about a method: the call did not reach a handler.
_SHOW_NOTHING = frozenset({None, "protocol_error", "no_result", "not_run"})


class CalledMethods:
    """Collects methods while a run goes on.

    Attributes:
        names: The methods, each ``package.Service/Method``.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._unsupported: set[tuple[int, str]] = set()  # index of the runner, method
        self._served: set[tuple[int, str]] = set()

    def note(self, index: int, method: str, observation: Observation) -> None:
        """Takes an observation of a runner."""
        key = index, method
        if observation.response:  # the most frequent kind, whose empty bytes are handled below
            self._served.add(key)
            return
        kind = observation.WhichOneof("kind")
        if kind == "unsupported":
            self._unsupported.add(key)
        elif kind not in _SHOW_NOTHING:
            self._served.add(key)

    def is_unsupported(self, index: int, method: str) -> bool:
        """Returns whether a call of a method was observed as unsupported by a runner."""
        return (index, method) in self._unsupported

    def is_served(self, index: int, method: str) -> bool:
        """Returns whether a call of a method reached a handler of a runner."""
        return (index, method) in self._served
