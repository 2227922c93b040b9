"""What a session asks of a link, and what a link can report."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from testingkit.conformance.model import Call
from testingkit.conformance.v1.observation_pb2 import Observation

Deliver = Callable[[Observation], None]
Violate = Callable[[str], None]


class BrokenError(Exception):
    """The connection broke before everything was answered; the message is the transport's."""


class HangError(Exception):
    """No answer came in time."""


@dataclass(slots=True)
class Work:
    """Calls on their way: waiting, and sent to one process but not answered."""

    waiting: deque[Call]
    deliver: Deliver
    violate: Violate
    outstanding: dict[int, Call] = field(default_factory=dict)
    sharers: int = 1  # processes that take from `waiting`
    progress: float = field(default_factory=time.monotonic)  # when an answer last got us further

    def take(self) -> Call:
        """Moves the next waiting call to the outstanding ones."""
        if not self.outstanding:
            self.progress = time.monotonic()
        call = self.waiting.popleft()
        self.outstanding[call.id] = call
        return call

    def answer(self, observation: Observation) -> None:
        """Accepts an answer, or notes why it cannot be one."""
        if self.outstanding.pop(observation.call_id, None) is None:
            self.violate(f"answered call {observation.call_id}, which was not outstanding")
            return
        self.progress = time.monotonic()
        kind = observation.WhichOneof("kind")
        if kind not in _RUNNER_KINDS:
            text = f"answered with {kind or 'nothing'}, which a runner may not send"
            observation = Observation(call_id=observation.call_id)
            observation.protocol_error.text = text
        self.deliver(observation)


_RUNNER_KINDS = frozenset({"response", "error", "panic"})


class Link(Protocol):
    """A connection to one process of a runner."""

    async def run(self, work: Work) -> bool:
        """Sends everything that waits and returns when everything sent is answered.

        Returns:
            Whether the process took all of it; False where it ended the stream before.

        Raises:
            BrokenError: The connection broke.
            HangError: No answer came in time.
        """

    async def run_alone(self, work: Work) -> None:
        """Does the same one call at a time."""
