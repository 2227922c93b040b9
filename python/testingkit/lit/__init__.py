"""`lit`: the canonical text of values as a notation for case files.

A case can write `left { lit: "[1, 2.5]" }` instead of the nested message of the same value. The
coordinator calls `expand` when it loads a case, so a runner never receives `lit`. The notation is
described in `docs/kit/lit.md`, the message in `proto/testingkit/kit/v1/value.proto`.

This package works by reflection on the message and imports nothing of the kits. It writes the
requests and expectations that grade the kits, so it must not share code with them.
"""

from google.protobuf.message import Message

from testingkit.lit.parser import parse_into

__all__ = ["expand"]


def expand(message: Message) -> None:
    """Replaces the `lit` of a `Value` message by the value that it describes, in place.

    A message without `lit` does not change, and neither do values inside the message: a loader
    calls this function for every `Value` that it finds.

    Args:
        message: The `Value` message.

    Raises:
        ValueError: The text is malformed. The error has the offset, in code points, and what is
            expected there. The message does not change.
    """
    if not message.HasField("lit"):
        return
    value = type(message)()
    parse_into(value, message.lit)  # type: ignore[attr-defined]
    message.CopyFrom(value)
