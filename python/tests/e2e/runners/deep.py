"""A runner whose answers nest: ``deep.py raw|typed``.

It answers a request with as many messages in one another as the text of the request says. A `raw`
runner neither reads nor writes with protobuf, as a runtime without a limit.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import grpc
from google.protobuf import descriptor_pb2
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture

from testingkit.conformance.protobuf.wire import delimited, delimited_tag
from testingkit.runner import Runner

_SERVICE = "nest.v1.NestService"


def _answer(request: bytes, context: Any) -> bytes:
    """Returns a node in a node, and so on."""
    number = re.search(rb"depth (\d+)", request)
    data = b""
    for _ in range(int(number[1]) if number else 0):
        data = delimited_tag(1) + delimited(data)
    return data


def main(kind: str) -> None:
    handlers = {
        "raw": grpc.unary_unary_rpc_method_handler(_answer),
        "typed": grpc.unary_unary_rpc_method_handler(
            lambda request, context: greet_pb2.GreetRequest(),
            request_deserializer=descriptor_pb2.DescriptorProto.FromString,
            response_serializer=greet_pb2.GreetRequest.SerializeToString,
        ),
    }
    runner = Runner(kind, version="1.0.0")
    handler = grpc.method_handlers_generic_handler(_SERVICE, {"Nest": handlers[kind]})
    runner.add_generic_rpc_handlers([handler])
    runner.serve()


if __name__ == "__main__":
    main(sys.argv[1])
