"""Finds out whether a plain server serves a method.

Such a server answers UNIMPLEMENTED to a method that it does not serve. That is not an answer of a
handler: two servers that serve nothing would agree. So a method that surely does not exist is
called once for each service, and an UNIMPLEMENTED that looks the same is a refusal.

Without reflection, so is one that is that of a generated base class, and every one if that call
fails. With it, a method is served, unless the server answers in words that it does not exist:
reflection may be that of a proxy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from google.rpc import code_pb2

from testingkit.conformance.judging.generated_code import is_of_base_class
from testingkit.conformance.v1.observation_pb2 import Error

NO_METHOD = "TestingkitNoSuchMethod"

Probe = Callable[[str], Awaitable[Error | None]]


class Refusals:
    """Recognizes the refusals of one server."""

    def __init__(self, probe: Probe) -> None:
        """Takes a function that calls a method without a request.

        It returns the error, which has the code OK for a response, and None if the call fails.
        """
        self._probe = probe
        self._answers: dict[str, Error | None] = {}  # to the probe, by service
        self._probing = asyncio.Lock()

    async def is_refusal(self, method: str, error: Error, *, is_listed: bool = False) -> bool:
        """Returns whether an UNIMPLEMENTED shows that the server does not serve the method.

        ``is_listed``: whether reflection lists it.
        """
        service, _, name = method.rpartition("/")
        if not error.message:  # C++ and C# have no words for any UNIMPLEMENTED.
            return not is_listed
        if is_of_base_class(method, error) and not is_listed:
            return True
        answer = await self._answer(service)
        if answer is None:
            return not is_listed
        text = answer.message.replace(NO_METHOD, name)
        return (answer.code, text, answer.details) == (
            code_pb2.UNIMPLEMENTED,
            error.message,
            error.details,
        )

    async def _answer(self, service: str) -> Error | None:
        async with self._probing:
            if service not in self._answers:
                self._answers[service] = await self._probe(f"{service}/{NO_METHOD}")
            return self._answers[service]
