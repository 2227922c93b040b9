"""Compiles the rules of a policy that name fields, and follows them through a message.

A rule is a path or a full name, see `field_paths`. The paths of a policy are one tree, of which a
comparison knows at every place the nodes that it has reached. So a place costs nothing more if no
rule is about it, and no path is built only to be looked up.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from testingkit.conformance.protobuf.field_paths import component, full_name, split

IGNORE = "ignore"
UNORDERED = "unordered"
_OF_ANY = frozenset({"type_url", "value"})  # fields of an ``Any`` itself


@dataclass(slots=True)
class _Node:
    """The settings that name a place, and the nodes below it, by component of a path."""

    settings: set[str] = field(default_factory=set)
    below: dict[str, _Node] = field(default_factory=dict)


Reached = tuple[_Node, ...]  # the nodes of a place; empty if no path leads there


class FieldRules:
    """The fields that the settings of a policy name."""

    def __init__(self, written: Mapping[str, Iterable[str]], message: Descriptor) -> None:
        """Compiles rules.

        Args:
            written: The rules that people wrote, by setting. One that is not valid names nothing.
            message: The type of the messages that are compared.
        """
        root = _Node()
        self._names: dict[str, set[str]] = {setting: set() for setting in written}
        for setting, rules in written.items():
            for rule in rules:
                name = full_name(rule, message)
                if name is not None:
                    self._names[setting].add(name)
                else:
                    _add(root, rule, setting)
        self.root: Reached = (root,) if root.below else ()

    def has(self, setting: str, field: FieldDescriptor, reached: Reached) -> bool:
        """Returns whether a setting names a field, given the nodes of the field."""
        names = self._names[setting]
        return any(setting in node.settings for node in reached) or (
            bool(names) and field.full_name in names
        )


def _add(root: _Node, path: str, setting: str) -> None:
    with contextlib.suppress(ValueError):
        node = root
        for part in split(path):
            node = node.below.setdefault(part, _Node())
        node.settings.add(setting)


def into_field(reached: Reached, field: FieldDescriptor) -> Reached:
    """Returns the nodes of a field, of all its items or of all its values, from those above it."""
    if not reached:
        return ()
    return _step(reached, component(field))


def into_any(reached: Reached, packed: Descriptor) -> Reached:
    """Returns the nodes of the message in an ``Any``, from those of the ``Any``."""
    if not reached:
        return ()
    inside = (_Node(below=_without_own(node)) for node in reached)
    return (*_step(reached, f"[{packed.full_name}]"), *(node for node in inside if node.below))


def _step(reached: Reached, name: str) -> Reached:
    return tuple(node.below[name] for node in reached if name in node.below)


def _without_own(node: _Node) -> dict[str, _Node]:
    return {name: below for name, below in node.below.items() if name not in _OF_ANY}
