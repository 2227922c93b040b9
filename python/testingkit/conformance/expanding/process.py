"""The process in which the expanders of a project run.

It answers one request at a time, until the coordinator closes the connection or ends. The answer is
one of `frames`, or this process ends without one: the code of the project can do no more.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import socket
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, EncodeError, Message

from testingkit.conformance.expanding import frames
from testingkit.conformance.expanding.reads import Reads
from testingkit.conformance.expanding.walk import Expander, Walk

_COORDINATOR = "testingkit.conformance"  # its code is part of the key of the cache already
_HEADING = "Traceback (most recent call last):"
_NOT_OF_THE_USER = (__file__, importlib.__file__, "<frozen importlib")
_MAX_FRAMES = 20
_MAX_TEXT = 8000  # characters


class _FailedError(Exception):
    """The code of an expander failed; the message says how, and where in that code."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name  # of the message type
        super().__init__(text)


class _Functions:
    """The functions of the project, and what is known of their code."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._before = frozenset(sys.modules)
        self._pool = DescriptorPool()
        self._functions: dict[str, Expander] = {}
        self._references: dict[str, str] = {}
        self._walk = Walk({})
        self._loads_late = False  # a function imported a module, which the digest does not cover

    @property
    def is_once(self) -> bool:
        """Whether the functions depend on more than their code and the declared inputs."""
        return self._loads_late or self._reads.undeclared

    def add_types(self, data: bytes) -> bytes:
        for file in descriptor_pb2.FileDescriptorSet.FromString(data).file:
            self._pool.AddSerializedFile(file.SerializeToString())
        return b""

    def import_function(self, data: bytes) -> bytes:
        name, reference = (part.decode() for part in data.split(b"\0", 1))
        self._reads.is_importing = True
        try:
            function = _import(name, reference)
        finally:
            self._reads.is_importing = False
        self._functions[name] = self._watched(name, function)
        self._references[name] = reference
        self._walk = Walk(self._functions)
        return b""

    def digest_code(self, _data: bytes) -> bytes:
        return _digest_of_code(self._references, frozenset(sys.modules) - self._before).encode()

    def expand(self, data: bytes) -> bytes:
        name, _, serialized = data.partition(b"\0")
        descriptor = self._pool.FindMessageTypeByName(name.decode())
        message = message_factory.GetMessageClass(descriptor)()
        loaded = len(sys.modules)
        try:
            message.MergeFromString(serialized)
            self._walk.expand(message)
            return message.SerializePartialToString(deterministic=True)
        except (DecodeError, EncodeError) as error:
            raise ValueError("nested too deeply") from error
        finally:
            self._loads_late |= len(sys.modules) != loaded

    def _watched(self, name: str, function: Expander) -> Expander:
        """Returns a function that calls another one, and reports all that is wrong with it."""

        def call(message: Message) -> None:
            try:
                result: object = function(message)  # type: ignore[func-returns-value]
            except ValueError:
                raise
            except BaseException as error:
                raise _FailedError(name, f"raised {_describe(error)}") from None
            if result is not None:
                kind = type(result).__name__
                text = f"returned a {kind}: it must change the message, and return nothing"
                raise _FailedError(name, text)

        return call


def _import(name: str, reference: str) -> Any:
    module, _, attribute = reference.partition(":")
    try:
        function = getattr(importlib.import_module(module), attribute)
    except BaseException as error:
        text = f"cannot be imported: {_describe(error)}"
        raise _FailedError(name, text) from None
    if not callable(function):
        raise _FailedError(name, "is not a function")
    return function


def _describe(error: BaseException) -> str:
    """Returns type and text of an exception, and then its places in the code of the project."""
    shown = traceback.TracebackException.from_exception(error, limit=-_MAX_FRAMES)
    _leave_out_own_frames(shown)
    # What comes before it, of a syntax error, is indented.
    head = next(text for text in shown.format_exception_only() if not text.startswith(" "))
    head = head.splitlines()[0]
    lines = "".join(shown.format()).splitlines()
    text = "\n".join([head, *(line for line in lines if line not in {_HEADING, head})])
    return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}…+{len(text) - _MAX_TEXT}"


def _leave_out_own_frames(shown: traceback.TracebackException) -> None:
    of_user = [frame for frame in shown.stack if not frame.filename.startswith(_NOT_OF_THE_USER)]
    shown.stack = traceback.StackSummary.from_list(of_user)
    for other in (shown.__cause__, shown.__context__):
        if other is not None:
            _leave_out_own_frames(other)


def _digest_of_code(references: Mapping[str, str], modules: frozenset[str]) -> str:
    """Returns a digest of the functions and of every module that was loaded for them."""
    names = (f"{name}={reference}" for name, reference in references.items())
    digest = hashlib.sha256("\0".join(sorted(names)).encode())
    for name in sorted(modules):
        file = getattr(sys.modules.get(name), "__file__", None)
        if not isinstance(file, str) or name.startswith(_COORDINATOR):
            continue
        digest.update(f"\0{name}\0".encode())
        with contextlib.suppress(OSError):  # A module in an archive, which is not edited.
            digest.update(Path(file).read_bytes())
    return digest.hexdigest()


def _end_with_the_coordinator(lease: int) -> None:
    """Ends this process as soon as no process has the other end of a pipe."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            os.read(lease, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _answers(functions: _Functions, channel: socket.socket) -> Iterator[frames.Frame]:
    actions = {
        frames.TYPES: functions.add_types,
        frames.IMPORT: functions.import_function,
        frames.CODE: functions.digest_code,
        frames.EXPAND: functions.expand,
    }
    while (request := frames.receive(channel)) is not None:
        try:
            data = actions[request.kind](request.data)
        except _FailedError as error:
            text = f"{error.name}\0{error}"
            yield frames.Frame(frames.FAILED, text.encode(errors="backslashreplace"))
        except ValueError as error:
            text = _text_of(error)
            yield frames.Frame(frames.WRONG, text.encode(errors="backslashreplace"))
        else:
            yield frames.Frame(frames.DONE_ONCE if functions.is_once else frames.DONE, data)


def _text_of(error: ValueError) -> str:
    kind = type(error).__name__
    try:
        return str(error) or f"the expander raised {kind} without a text"
    except BaseException as other:
        return f"{kind}, whose text is {type(other).__name__}"


def main() -> None:
    """Answers requests until the coordinator ends."""
    number, lease = int(sys.argv[1]), int(sys.argv[2])
    own = os.getpid()
    _end_with_the_coordinator(lease)
    # A process that the code forks may leave the process group, and holds standard error open.
    os.register_at_fork(after_in_child=lambda: _end_with_the_coordinator(lease))
    channel = socket.socket(fileno=number)
    functions = _Functions(Reads(json.loads(sys.argv[3])))
    with contextlib.suppress(OSError):  # The code of the project has closed the connection.
        for kind, data in _answers(functions, channel):
            if os.getpid() != own:  # The code of the project has forked this process.
                os._exit(1)
            frames.send(channel, kind, data)
    os._exit(0)  # Threads of the project and its exit handlers are not waited for.
