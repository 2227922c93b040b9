"""Expands short notations in case files with functions of the project.

A project can register, for a message type, a function that completes a message after it was parsed
from a case file: ``[load.expanders] "acme.v1.Money" = "acme_cases:expand_money"``. The function
takes the message, changes it in place, and raises ``ValueError`` if the notation is wrong. It runs
in a process of its own, the room ``expanding``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from google.protobuf.message import Message

from testingkit.conformance.config import Config
from testingkit.conformance.errors import ConfigError
from testingkit.conformance.expanding.client import ExpanderProcess, key_of
from testingkit.conformance.expanding.inputs import Inputs, read_inputs
from testingkit.conformance.expanding.walk import Expander, Walk
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.text.suggestions import did_you_mean


class Expanders:
    """The expanders of a project, by full name of the message type.

    Attributes:
        calls: Number of messages that were expanded.
        key: All that the result of an expander is known to depend on; part of a key of the cache.
    """

    def __init__(self, functions: Mapping[str, Expander]) -> None:
        """Takes functions to call in this process."""
        self._walk = Walk({name: self._counted(call) for name, call in functions.items()})
        self.calls = 0
        self.key = ""

    def expand(self, message: Message) -> None:
        """Expands every message of a registered type in ``message``, outermost first.

        Raises:
            ExpanderError: The code of an expander failed.
            ValueError: A notation is wrong.
        """
        self._walk.expand(message)

    @property
    def are_repeatable(self) -> bool:
        """Whether the results so far depend on nothing that is not in ``key``."""
        return True

    def close(self) -> None:
        """Ends the process in which the functions run."""

    def _counted(self, function: Expander) -> Expander:
        def call(message: Message) -> None:
            self.calls += 1
            function(message)

        return call


class _RemoteExpanders(Expanders):
    """Expanders that run in a process of their own."""

    def __init__(
        self, process: ExpanderProcess, names: Iterable[str], inputs: Inputs | None
    ) -> None:
        """``inputs`` are the declared inputs; None if the project declares none."""
        super().__init__({})
        # The process expands the messages in an expanded message as well.
        function = self._counted(process.expand)
        self._walk = Walk(dict.fromkeys(names, function), descends=False)
        self._process = process
        self._inputs = inputs
        declared = b"" if inputs is None else inputs.digest
        self.key = hashlib.sha256(process.digest_of_code() + declared).hexdigest()

    @property
    def are_repeatable(self) -> bool:
        if self._inputs is None or self._process.is_once:
            return False
        return not self._inputs.have_changed()

    def close(self) -> None:
        self._process.close()


def import_expanders(config: Config, schema: Schema) -> Expanders:
    """Returns the functions that the configuration names as ``module:function``.

    Raises:
        ConfigError: A function cannot be imported, its type does not exist, or a declared input
            cannot be read.
    """
    inputs = None
    if config.inputs is not None:
        declared = config.inputs
        inputs = read_inputs(config.path, config.root, declared.files, declared.environment)
    if not config.expanders:
        return Expanders({})
    check_types(config.path, config.expanders, schema)
    for name, reference in config.expanders.items():
        if ":" not in reference:
            text = f'expected "module:function", found {reference!r}'
            raise ConfigError(config.path, key_of(name), text)
    files = [] if inputs is None else [str(file) for file in inputs.files]
    process = ExpanderProcess(config.path, schema.all_files(), files)
    for name, reference in config.expanders.items():
        process.import_function(name, reference)
    return _RemoteExpanders(process, config.expanders, inputs)


def check_types(config_path: str, names: Iterable[str], schema: Schema) -> None:
    """Checks that the message types of expanders exist.

    Raises:
        ConfigError: A type does not exist, so that its expander would never be called.
    """
    for name in names:
        if schema.message_type(name) is None:
            hint = did_you_mean(name, schema.message_names())
            raise ConfigError(config_path, key_of(name), f"there is no message type {name}{hint}")
