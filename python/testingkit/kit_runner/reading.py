"""What every service does with a request that holds a malformed value."""

from __future__ import annotations

import grpc

from testingkit.kit_proto.v1 import value_pb2 as pb
from testingkit.kit_runner.proto_value import from_proto
from testingkit.value import ConversionError, ErrorCode, Value

_CODES = {code: pb.ErrorCode.Value(f"ERROR_CODE_{code.name}") for code in ErrorCode}


def read(message: pb.Value, context: grpc.ServicerContext) -> Value:
    """Reads a value of a request; ends the call with INVALID_ARGUMENT where it is malformed."""
    try:
        return from_proto(message)
    except ConversionError as error:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))


def code_to_proto(code: ErrorCode) -> pb.ErrorCode.ValueType:
    """The number of an error code."""
    return _CODES[code]


def error_to_proto(error: ConversionError) -> pb.ConversionError:
    """A conversion error as a message."""
    return pb.ConversionError(code=code_to_proto(error.code), path=error.path)
