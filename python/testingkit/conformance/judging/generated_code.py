"""Recognizes the answers of generated code to methods that no one wrote."""

from __future__ import annotations

from google.rpc import code_pb2

from testingkit.conformance.v1.observation_pb2 import Error

# What the base classes of generated code answer; {name} and {full} replace the method. Those of C++
# and C# have no text, so that their answer can also be one of a handler.
_TEXTS = (
    "Method not implemented!",  # Python
    "method {name} not implemented",  # Go
    "Method {full} is unimplemented",  # Java and Kotlin
)


def is_of_base_class(method: str, error: Error) -> bool:
    """Returns whether an error is the answer of a generated base class.

    Args:
        method: The method that was called, ``package.Service/Method``.
        error: The error.
    """
    if error.code != code_pb2.UNIMPLEMENTED or error.details or not error.message:
        return False
    name = method.rpartition("/")[2]
    return error.message in {text.format(name=name, full=method) for text in _TEXTS}
