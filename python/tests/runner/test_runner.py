"""Registration with a `Runner`."""

import subprocess
import sys
from typing import Any

import grpc
import pytest

from testingkit.kit_proto.v1 import diff_pb2_grpc
from testingkit.runner import Runner
from testingkit.runner.registry import Registry


class _Servicer(diff_pb2_grpc.DiffServiceServicer):
    def DiffLines(self, request: Any, context: Any) -> Any:
        return request

    def DiffValues(self, request: Any, context: Any) -> Any:
        return request


def test_a_service_registered_twice_is_refused() -> None:
    runner = Runner("python")
    diff_pb2_grpc.add_DiffServiceServicer_to_server(_Servicer(), runner)
    with pytest.raises(ValueError, match="DiffService/DiffLines is registered twice"):
        diff_pb2_grpc.add_DiffServiceServicer_to_server(_Servicer(), runner)


def test_generated_code_from_before_grpcio_1_66_can_register() -> None:
    registry = Registry()
    handlers: Any = {"Say": grpc.unary_unary_rpc_method_handler(lambda request, context: request)}
    registry.add_generic([grpc.method_handlers_generic_handler("acme.v1.Echo", handlers)])
    assert list(registry.methods) == ["acme.v1.Echo/Say"]
    assert registry.services() == ["acme.v1.Echo"]


def test_streaming_methods_are_served_and_not_declared() -> None:
    registry = Registry()
    handler: Any = grpc.unary_stream_rpc_method_handler(lambda request, context: iter([request]))
    registry.add_handlers("acme.v1.Echo", {"Repeat": handler})
    assert registry.methods == {}
    assert list(registry.streaming) == ["acme.v1.Echo/Repeat"]


def test_a_runner_refuses_a_port() -> None:
    with pytest.raises(RuntimeError, match=r"call serve\(\)"):
        Runner("python").add_insecure_port("localhost:0")


def test_importing_the_sdk_does_not_import_its_extras() -> None:
    code = (
        "import sys, testingkit.runner\n"
        "late = {'grpclib', 'grpc_health.v1', 'grpc_reflection.v1alpha'} & set(sys.modules)\n"
        "sys.exit(', '.join(late) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})
