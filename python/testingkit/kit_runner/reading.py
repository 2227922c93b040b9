"""Reads the values of requests, and writes errors."""

from __future__ import annotations

import grpc

from testingkit.kit_proto.v1 import value_pb2 as pb
from testingkit.kit_runner.proto_value import from_proto
from testingkit.value import ConversionError, ErrorCode, Value

_CODES = {code: pb.ErrorCode.Value(f"ERROR_CODE_{code.name}") for code in ErrorCode}


def read(message: pb.Value, context: grpc.ServicerContext) -> Value:
    """Returns the value of a message, or ends the call with INVALID_ARGUMENT if it is malformed."""
    try:
        return from_proto(message)
    except ConversionError as error:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))


def code_to_proto(code: ErrorCode) -> pb.ErrorCode.ValueType:
    """Returns the number of an error code."""
    return _CODES[code]


def error_to_proto(error: ConversionError) -> pb.ConversionError:
    """Returns a conversion error as a message."""
    return pb.ConversionError(code=code_to_proto(error.code), path=error.path)
