"""`lit`: canonical text of the kits' values as a notation for case files.

A case may write `left { lit: "[1, 2.5]" }` instead of the nested message of the same value. The
coordinator calls `expand` when it loads a case, so a runner never sees `lit`. The notation is
described in `docs/kit/lit.md`, the message in `proto/testingkit/kit/v1/value.proto`.

This package works by reflection on the message it is given and imports nothing of the kits: it
writes the questions and answers that the kits are graded with, so it must not share their code.
"""

from google.protobuf.message import Message

from testingkit.lit.parser import parse_into

__all__ = ["expand"]


def expand(message: Message) -> None:
    """Replace the `lit` of a `Value` by the value it stands for, in place.

    A message whose `lit` is not set stays as it is. Values inside it are not looked at: a loader
    calls this for every `Value` it meets.

    Raises `ValueError` naming the offset, in code points, and what was expected there; the message
    is unchanged then.
    """
    if not message.HasField("lit"):
        return
    value = type(message)()
    parse_into(value, message.lit)  # type: ignore[attr-defined]
    message.CopyFrom(value)
