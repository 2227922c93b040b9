"""Expands short notations in case files with functions of the project.

A project can register, for a message type, a function that completes a message after it was parsed
from a case file: ``[load.expanders] "acme.v1.Money" = "acme_cases:expand_money"``. The function
takes the message, changes it in place, and raises ``ValueError`` if the notation is wrong.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message

from testingkit.conformance.errors import ConfigError
from testingkit.conformance.protobuf.schema import Schema, descriptor_of
from testingkit.conformance.text.suggestions import did_you_mean

Expander = Callable[[Message], None]
_COORDINATOR = "testingkit.conformance"


class Expanders:
    """The expanders of a project, by full name of the message type."""

    def __init__(self, functions: Mapping[str, Expander], modules: Iterable[str] = ()) -> None:
        """``modules`` are the modules that were loaded for the functions."""
        self._functions = functions
        self.code_digest = _digest_of_code(functions, modules)
        self.loads_late = False  # a function imported a module, which the digest does not cover
        self._reaches: dict[str, bool] = {}

    def expand(self, message: Message) -> None:
        """Expands every message of a registered type in ``message``, outermost first.

        Raises:
            ValueError: A notation is wrong.
        """
        if not self._functions or not self._can_reach(descriptor_of(message)):
            return
        function = self._functions.get(message.DESCRIPTOR.full_name)
        if function is not None:
            loaded = len(sys.modules)
            function(message)
            self.loads_late |= len(sys.modules) != loaded
        for field, value in message.ListFields():
            if field.message_type is None or not self._can_reach(field.message_type):
                continue
            if field.message_type.GetOptions().map_entry:
                if field.message_type.fields_by_name["value"].message_type is not None:
                    for item in value.values():
                        self.expand(item)
            elif field.is_repeated:
                for item in value:
                    self.expand(item)
            else:
                self.expand(value)

    def _can_reach(self, descriptor: Descriptor) -> bool:
        known = self._reaches.get(descriptor.full_name)
        if known is None:
            known = self._reaches[descriptor.full_name] = self._search(descriptor)
        return known

    def _search(self, root: Descriptor) -> bool:
        seen, waiting = {root.full_name}, [root]
        while waiting:
            descriptor = waiting.pop()
            if descriptor.full_name in self._functions:
                return True
            for field in descriptor.fields:
                below = field.message_type
                if below is not None and below.full_name not in seen:
                    seen.add(below.full_name)
                    waiting.append(below)
        return False


# The modules that were loaded by the first import of a function; a second import loads none.
_LOADED_FOR: dict[str, frozenset[str]] = {}


def _import(reference: str) -> object:
    """Returns the object ``module:attribute``, and keeps which modules its import loaded."""
    module, _, attribute = reference.partition(":")
    before = frozenset(sys.modules)
    found: object = getattr(importlib.import_module(module), attribute)
    _LOADED_FOR.setdefault(reference, frozenset(sys.modules) - before)
    return found


def _digest_of_code(functions: Mapping[str, Expander], modules: Iterable[str]) -> str:
    """Returns a digest of the code of the functions: of every module that they need.

    All loaded modules of their packages are included. The modules of the coordinator are not,
    because its code is part of the key of the cache already.
    """
    packages = {function.__module__.partition(".")[0] for function in functions.values()}
    own = {name for name in sys.modules if name.partition(".")[0] in packages}
    names = (f"{name}={f.__module__}:{f.__qualname__}" for name, f in functions.items())
    digest = hashlib.sha256("\0".join(sorted(names)).encode())
    for name in sorted(own.union(modules)):
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is None or name.startswith(_COORDINATOR):
            continue
        digest.update(f"\0{name}\0".encode())
        with contextlib.suppress(OSError):  # A module in an archive, which is not edited.
            digest.update(Path(file).read_bytes())
    return digest.hexdigest()


def import_expanders(config_path: str, names: Mapping[str, str]) -> Expanders:
    """Returns the functions that the configuration names as ``module:function``.

    Raises:
        ConfigError: A function cannot be imported.
    """
    functions: dict[str, Expander] = {}
    for message_type, reference in names.items():
        key = f'load.expanders."{message_type}"'
        if ":" not in reference:
            raise ConfigError(config_path, key, f'expected "module:function", found {reference!r}')
        try:
            function = _import(reference)
        except Exception as error:  # A project's own module may raise anything.
            message = f"{reference} cannot be imported: {error}"
            raise ConfigError(config_path, key, message) from error
        if not callable(function):
            raise ConfigError(config_path, key, f"{reference} is not a function")
        functions[message_type] = function
    return Expanders(functions, {m for name in names.values() for m in _LOADED_FOR[name]})


def check_types(config_path: str, names: Iterable[str], schema: Schema) -> None:
    """Checks that the message types of expanders exist.

    Raises:
        ConfigError: A type does not exist, so that its expander would never be called.
    """
    for name in names:
        if schema.message_type(name) is None:
            hint = did_you_mean(name, schema.message_names())
            key = f'load.expanders."{name}"'
            raise ConfigError(config_path, key, f"there is no message type {name}{hint}")
