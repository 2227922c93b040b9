"""Registers all services of the kit and the fault service."""

from __future__ import annotations

from typing import Any

from testingkit.kit_proto.v1 import (
    assertions_pb2_grpc,
    diff_pb2_grpc,
    events_pb2_grpc,
    fault_pb2_grpc,
    jsontext_pb2_grpc,
    paths_pb2_grpc,
    pattern_pb2_grpc,
    render_pb2_grpc,
    value_pb2_grpc,
)
from testingkit.kit_runner.assertions import AssertionsService
from testingkit.kit_runner.diff import DiffService
from testingkit.kit_runner.events import EventsService
from testingkit.kit_runner.fault import FaultService
from testingkit.kit_runner.jsontext import JsontextService
from testingkit.kit_runner.paths import PathsService
from testingkit.kit_runner.pattern import PatternService
from testingkit.kit_runner.render import RenderService
from testingkit.kit_runner.value import ValueService


def add_to(server: Any) -> None:
    """Adds all services to a `Runner` or `grpc.Server`."""
    assertions_pb2_grpc.add_AssertionsServiceServicer_to_server(AssertionsService(), server)
    diff_pb2_grpc.add_DiffServiceServicer_to_server(DiffService(), server)
    events_pb2_grpc.add_EventsServiceServicer_to_server(EventsService(), server)
    fault_pb2_grpc.add_FaultServiceServicer_to_server(FaultService(), server)
    jsontext_pb2_grpc.add_JsontextServiceServicer_to_server(JsontextService(), server)
    paths_pb2_grpc.add_PathsServiceServicer_to_server(PathsService(), server)
    pattern_pb2_grpc.add_PatternServiceServicer_to_server(PatternService(), server)
    render_pb2_grpc.add_RenderServiceServicer_to_server(RenderService(), server)
    value_pb2_grpc.add_ValueServiceServicer_to_server(ValueService(), server)
