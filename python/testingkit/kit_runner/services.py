"""Registers every service of the kit: the one place that lists them."""

from __future__ import annotations

from typing import Any

from testingkit.kit.v1 import render_pb2_grpc, value_pb2_grpc
from testingkit.kit_runner.render import RenderService
from testingkit.kit_runner.value import ValueService


def add_to(server: Any) -> None:
    """Registers the services with a server, in the form that generated code expects."""
    render_pb2_grpc.add_RenderServiceServicer_to_server(RenderService(), server)
    value_pb2_grpc.add_ValueServiceServicer_to_server(ValueService(), server)
