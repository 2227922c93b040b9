"""Reflection of servers with one version of it, or none."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, cast

import grpc
import pytest
from grpc import aio
from grpc_reflection.v1alpha import reflection_pb2

from testingkit.conformance.runners.transport.reflection import fetch_services

V1, V1ALPHA = "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"


class _Stream:
    """Lists a subject and another service, or fails at the first write."""

    def __init__(self, code: grpc.StatusCode | None) -> None:
        self._code = code

    async def write(self, request: Any) -> None:
        if self._code is not None:
            raise aio.AioRpcError(self._code, aio.Metadata(), aio.Metadata())

    async def read(self) -> Any:
        answer = reflection_pb2.ServerReflectionResponse()
        for name in ("p.v1.S", "grpc.health.v1.Health"):
            answer.list_services_response.service.add(name=name)
        return answer

    async def done_writing(self) -> None:
        pass

    def cancel(self) -> None:
        pass


class _Channel:
    def __init__(self, codes: Mapping[str, grpc.StatusCode | None]) -> None:
        self._codes = codes

    def stream_stream(self, path: str, **_: Any) -> Any:
        service = path.split("/")[1]
        return lambda timeout: _Stream(self._codes[service])


def services(v1: grpc.StatusCode | None, v1alpha: grpc.StatusCode | None) -> Any:
    channel = cast(aio.Channel, _Channel({V1: v1, V1ALPHA: v1alpha}))
    return asyncio.run(fetch_services(channel, 1.0))


# grpcio reports INTERNAL for a write to a stream that was refused already.
@pytest.mark.parametrize("refusal", [grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.INTERNAL])
def test_older_version_is_used_if_the_newer_is_refused(refusal: grpc.StatusCode) -> None:
    assert services(refusal, None) == ["p.v1.S"]
    assert services(None, refusal) == ["p.v1.S"]
    assert services(refusal, refusal) is None


def test_server_that_does_not_answer_is_not_tried_again() -> None:
    assert services(grpc.StatusCode.DEADLINE_EXCEEDED, None) is None
