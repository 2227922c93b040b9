"""The process of a runner, and its services for standard gRPC tools."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from testingkit import __version__
from testingkit.conformance.v1 import runner_pb2, runner_pb2_grpc
from testingkit.kit_proto.v1 import diff_pb2, diff_pb2_grpc, render_pb2, render_pb2_grpc, value_pb2


def _diff(start: Any, *lines: str) -> str:
    stub = diff_pb2_grpc.DiffServiceStub(start.channel)
    answer: diff_pb2.DiffLinesResponse = stub.DiffLines(
        diff_pb2.DiffLinesRequest(expected=lines), timeout=30
    )
    return answer.text


def test_a_runner_describes_itself(start: Any) -> None:
    described = start.stub.Describe(runner_pb2.DescribeRequest(protocol_versions=[1]), timeout=30)
    assert list(described.protocol_versions) == [1]
    assert (described.name, described.version) == ("subject", "1.2.3")
    assert described.language == "python"
    assert described.runtime.split()[-1] == ".".join(map(str, sys.version_info[:3]))
    assert described.sdk_version == __version__
    assert list(described.methods) == [
        "testingkit.kit.v1.DiffService/DiffLines",
        "testingkit.kit.v1.DiffService/DiffValues",
        "testingkit.kit.v1.RenderService/Canonical",
        "testingkit.kit.v1.RenderService/Expanded",
        "testingkit.kit.v1.RenderService/Truncated",
    ]


def test_shutdown_ends_the_process_with_its_exit_functions(start: Any) -> None:
    start.stub.Shutdown(runner_pb2.ShutdownRequest(), timeout=30)
    _assert_graceful(start.process)


def test_the_end_of_standard_input_ends_the_process(start: Any) -> None:
    _assert_graceful(start.process)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process(start: Any, number: int) -> None:
    _diff(start, "up")  # The signal handlers are installed before the first answer.
    os.kill(start.process.pid, number)
    assert start.process.wait(30) == 0


def test_an_open_stream_and_a_hanging_handler_do_not_prevent_the_shutdown(start: Any) -> None:
    hanging = runner_pb2.Call(
        id=1,
        method="testingkit.kit.v1.DiffService/DiffLines",
        request=diff_pb2.DiffLinesRequest(expected=["hang"]).SerializeToString(),
    )
    responses = start.stub.Execute(iter([runner_pb2.ExecuteRequest(calls=[hanging])]), timeout=30)
    _diff(start, "up")
    # Standard error is not checked: grpcio may report the call that it cancels.
    output = start.process.communicate(timeout=30)[0]
    assert (start.process.returncode, output) == (0, "atexit ran\n")
    with pytest.raises(grpc.RpcError):
        list(responses)


@pytest.mark.parametrize(
    ("fault", "end"), [("block", "a signal"), ("refuse to be cancelled", "the lease")]
)
def test_a_coroutine_that_never_ends_does_not_prevent_the_shutdown(
    start: Any, fault: str, end: str
) -> None:
    _diff(start, "up")
    stub = render_pb2_grpc.RenderServiceStub(start.channel)
    request = render_pb2.CanonicalRequest(value=value_pb2.Value(text=fault))
    hanging = stub.Canonical.future(request, timeout=60)
    # Wait until the call has started: the process must be ended during the call.
    with pytest.raises(grpc.FutureTimeoutError):
        hanging.result(timeout=0.3)
    if end == "the lease":
        start.process.stdin.close()
    else:
        os.kill(start.process.pid, signal.SIGTERM)
    assert start.process.wait(30) == 0
    assert isinstance(hanging.exception(timeout=30), grpc.RpcError)


def _assert_graceful(process: Any) -> None:
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (0, "atexit ran\n", "")


def test_a_malformed_address_is_reported_in_one_line(launch: Any) -> None:
    process = launch("nowhere")
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert errors == (
        "testingkit runner subject: cannot listen: TESTINGKIT_RUNNER_ADDRESS is 'nowhere': "
        "expected unix:/absolute/path.sock or host:port\n"
    )
    assert output == "atexit ran\n"


def test_an_address_that_is_not_available_is_reported(tmp_path: Path, launch: Any) -> None:
    process = launch(f"unix:{tmp_path}/missing/runner.sock")
    errors = process.communicate(timeout=30)[1]
    assert process.returncode == 2
    assert f"cannot listen on unix:{tmp_path}/missing/runner.sock" in errors


def test_a_runner_started_by_hand_prints_its_address_and_ignores_standard_input(
    launch: Any,
) -> None:
    process = launch(None)
    process.stdin.close()
    line = process.stdout.readline()
    assert line.startswith("testingkit runner subject listens on 127.0.0.1:")
    with grpc.insecure_channel(line.split()[-1]) as channel:
        stub = runner_pb2_grpc.RunnerServiceStub(channel)
        assert stub.Describe(runner_pb2.DescribeRequest(), timeout=30).name == "subject"
        stub.Shutdown(runner_pb2.ShutdownRequest(), timeout=30)
    assert process.wait(30) == 0


def test_the_subject_is_served_to_plain_clients(start: Any) -> None:
    assert _diff(start, "a", "b") == "a b"


@pytest.mark.parametrize(
    ("action", "code", "message"),
    [
        ("fail", grpc.StatusCode.INVALID_ARGUMENT, "bad text"),
        ("panic", grpc.StatusCode.INTERNAL, "panic: ValueError: bad input"),
        ("leave", grpc.StatusCode.INTERNAL, "panic: SystemExit: 3"),
    ],
)
def test_plain_clients_get_a_status(
    start: Any, action: str, code: grpc.StatusCode, message: str
) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        _diff(start, action)
    assert (raised.value.code(), raised.value.details()) == (code, message)
    assert _diff(start, "alive") == "alive"


def test_plain_clients_get_the_details_of_an_error(start: Any) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        _diff(start, "fail with details")
    error: Any = raised.value
    assert "grpc-status-details-bin" in dict(error.trailing_metadata())


@pytest.mark.parametrize("service", ["", "testingkit.kit.v1.DiffService"])
def test_every_service_is_healthy(start: Any, service: str) -> None:
    stub = health_pb2_grpc.HealthStub(start.channel)
    answer = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=30)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_reflection_lists_the_services(start: Any) -> None:
    stub = reflection_pb2_grpc.ServerReflectionStub(start.channel)
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    [answer] = stub.ServerReflectionInfo(iter([request]), timeout=30)
    names = [service.name for service in answer.list_services_response.service]
    assert "testingkit.kit.v1.DiffService" in names
    assert "testingkit.conformance.v1.RunnerService" in names
