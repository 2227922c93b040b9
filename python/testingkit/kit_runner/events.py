"""Serves the events module: plays a script on a recorder."""

from __future__ import annotations

import threading

import grpc

from testingkit import events as kit
from testingkit.kit_proto.v1 import events_pb2 as pb
from testingkit.kit_proto.v1 import events_pb2_grpc as rpc
from testingkit.kit_runner.proto_value import to_proto
from testingkit.kit_runner.reading import code_to_proto, read
from testingkit.value import ConversionError, ErrorCode

_MAX_THREADS = 16


class EventsService(rpc.EventsServiceServicer):
    """Serves `testingkit.events` over gRPC."""

    def Record(self, request: pb.RecordRequest, context: grpc.ServicerContext) -> pb.RecordResponse:
        """Plays a script on a new recorder and returns what it recorded."""
        recorder = kit.Recorder()
        response = pb.RecordResponse()
        for index, step in enumerate(request.steps):
            try:
                _play(recorder, step, context)
            except ConversionError as error:
                response.refusals.add(step=index, code=code_to_proto(error.code))
        events = recorder.events()
        response.events.extend(map(_event_to_proto, events))
        response.trace = kit.trace_text(events)
        return response


def _play(
    recorder: kit.Recorder, step: pb.RecordRequest.Step, context: grpc.ServicerContext
) -> None:
    match step.WhichOneof("action"):
        case "record":
            fields = [(field.name, read(field.value, context)) for field in step.record.fields]
            recorder.record(step.record.kind, *fields)
        case "record_then_mutate":
            items = list(step.record_then_mutate.items)
            recorder.record(step.record_then_mutate.kind, ("items", items))
            items.append("late")
        case "clear":
            recorder.clear()
        case "burst":
            _burst(recorder, step.burst.threads)
        case _:
            raise ConversionError(ErrorCode.BAD_ARGUMENT)


def _burst(recorder: kit.Recorder, count: int) -> None:
    """Records one event from each of `count` threads, all at the same time."""
    if count > _MAX_THREADS:
        raise ConversionError(ErrorCode.BAD_ARGUMENT)
    together = threading.Barrier(max(count, 1))

    def record() -> None:
        together.wait()
        recorder.record("tick")

    threads = [threading.Thread(target=record) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _event_to_proto(event: kit.Event) -> pb.Event:
    fields = (pb.EventField(name=name, value=to_proto(value)) for name, value in event.fields)
    return pb.Event(seq=event.seq, kind=event.kind, fields=fields)
