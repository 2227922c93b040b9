"""Starts the process of the expanders, and asks it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import weakref
from collections.abc import Sequence

from google.protobuf.message import DecodeError, EncodeError, Message

from testingkit.conformance.errors import ConfigError, Place
from testingkit.conformance.expanding import frames

SECONDS = 60.0  # that an import, or one message, may take
_MAIN = """\
import json, sys
sys.path[:] = json.loads(sys.argv.pop(1))
from testingkit.conformance.expanding.process import main
main()
"""


class ExpanderError(ConfigError):
    """The code of an expander failed: it is not about the notation of a case."""

    def __init__(
        self, path: str, name: str, reference: str, text: str, place: Place | None = None
    ) -> None:
        self._facts = path, name, reference, text
        first, _, rest = text.partition("\n")
        at = "" if place is None else f", on {place}"
        super().__init__(path, key_of(name), f"{reference} {first}{at}{rest and chr(10)}{rest}")

    def at(self, place: Place) -> ExpanderError:
        """Returns the error with the place of the case that was expanded."""
        return ExpanderError(*self._facts, place)


def key_of(name: str) -> str:
    """Returns the key of an expander in the configuration."""
    return f'load.expanders."{name}"'


class ExpanderProcess:
    """The process in which the expanders of one project run. It ends with this object."""

    def __init__(self, config_path: str, types: bytes, declared: Sequence[str]) -> None:
        """Starts the process.

        Args:
            config_path: The configuration file in messages.
            types: A serialized ``FileDescriptorSet`` with all types.
            declared: Real paths of the files that the expanders may read.

        Raises:
            ConfigError: The process cannot be started.
        """
        self._path = config_path
        self._references: dict[str, str] = {}
        self._channel, theirs = socket.socketpair()
        lease, held = os.pipe()
        with theirs:
            try:
                self._process = _start(theirs.fileno(), lease, declared)
            except OSError as error:
                os.close(held)
                text = f"the process of the expanders cannot be started: {error.strerror}"
                raise ConfigError(config_path, "load.expanders", text) from error
            finally:
                os.close(lease)
        self._end = weakref.finalize(self, _end, self._process, self._channel, held)
        self.is_once = False  # a result may not be the same the next time
        self._ask("", frames.TYPES, types)

    def close(self) -> None:
        """Ends the process."""
        self._end()

    def import_function(self, name: str, reference: str) -> None:
        """Imports the expander of a message type.

        Raises:
            ExpanderError: It cannot be imported.
        """
        self._references[name] = reference
        self._ask(name, frames.IMPORT, name.encode() + b"\0" + reference.encode())

    def digest_of_code(self) -> bytes:
        """Returns a digest of the functions and of all modules that were loaded for them."""
        return self._ask(next(iter(self._references)), frames.CODE, b"")

    def expand(self, message: Message) -> None:
        """Expands a message of the type of an expander, and all messages in it, in place.

        Raises:
            ExpanderError: The code of an expander failed.
            ValueError: The notation is wrong.
        """
        name = message.DESCRIPTOR.full_name
        try:
            data = name.encode() + b"\0" + message.SerializePartialToString(deterministic=True)
            expanded = self._ask(name, frames.EXPAND, data)
            message.Clear()
            message.MergeFromString(expanded)
        except (EncodeError, DecodeError) as error:
            raise ValueError("nested too deeply") from error

    def _ask(self, name: str, kind: bytes, data: bytes) -> bytes:
        answer = self._exchange(name, kind, data)
        match answer.kind:
            case frames.WRONG:
                raise ValueError(answer.data.decode())
            case frames.FAILED:
                failed, _, text = answer.data.decode(errors="replace").partition("\0")
                raise self._error(failed, text)
            case _:
                self.is_once |= answer.kind == frames.DONE_ONCE
                return answer.data

    def _exchange(self, name: str, kind: bytes, data: bytes) -> frames.Frame:
        answer = None
        try:
            self._channel.settimeout(SECONDS)
            frames.send(self._channel, kind, data)
            answer = frames.receive(self._channel, SECONDS)
        except TimeoutError:
            raise self._error(name, f"took longer than {SECONDS:.0f} s") from None
        except OSError:  # The process has ended.
            pass
        if answer is None:
            raise self._error(name, self._how_it_ended()) from None
        return answer

    def _how_it_ended(self) -> str:
        """Returns how the process ended, for example by ``os._exit``."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        match self._process.returncode:
            case None:
                return "closed the connection of its process to testingkit"
            case code if code < 0:
                return f"ended its process by {_name_of_signal(-code)}"
            case code:
                return f"ended its process with exit code {code}"

    def _error(self, name: str, text: str) -> ConfigError:
        if not name:  # It has not imported a function yet.
            return ConfigError(self._path, "load.expanders", f"their process {text}")
        return ExpanderError(self._path, name, self._references[name], text)


def _start(channel: int, lease: int, declared: Sequence[str]) -> subprocess.Popen[bytes]:
    """Starts the process. It prints to standard error, and gets no signal of the terminal."""
    words = [json.dumps(sys.path), str(channel), str(lease), json.dumps(list(declared))]
    return subprocess.Popen(
        [sys.executable, "-c", _MAIN, *words],
        stdin=subprocess.DEVNULL,
        stdout=_standard_error(),
        pass_fds=(channel, lease),
        start_new_session=True,
    )


def _standard_error() -> int:
    try:
        os.fstat(2)
    except OSError:  # It was closed before this process started.
        return subprocess.DEVNULL
    return 2


def _end(process: subprocess.Popen[bytes], channel: socket.socket, lease: int) -> None:
    channel.close()
    os.close(lease)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _name_of_signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
