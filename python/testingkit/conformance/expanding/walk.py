"""Finds the messages that functions expand, within other messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

Expander = Callable[[Message], None]


class Walk:
    """Calls functions, by full name of the message type, on all messages within a message."""

    def __init__(self, functions: Mapping[str, Expander], *, descends: bool = True) -> None:
        """``descends``: whether messages within an expanded message are expanded as well."""
        self._functions = functions
        self._descends = descends
        self._reaches: dict[str, bool] = {}

    def expand(self, message: Message) -> None:
        """Expands every message of a registered type in ``message``, outermost first.

        Raises:
            ValueError: A notation is wrong.
        """
        descriptor: Descriptor = message.DESCRIPTOR  # type: ignore[assignment]  # As at run time.
        if not self._functions or not self._can_reach(descriptor):
            return
        function = self._functions.get(descriptor.full_name)
        if function is not None:
            function(message)
            if not self._descends:
                return
        for field, value in message.ListFields():
            if field.message_type is None or not self._can_reach(field.message_type):
                continue
            for item in _messages(field, value):
                self.expand(item)

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


def _messages(field: FieldDescriptor, value: Any) -> Iterable[Message]:
    """Returns the messages that a field of messages has as its value."""
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        is_message = entry.fields_by_name["value"].message_type is not None
        found: Iterable[Message] = value.values() if is_message else ()
        return found
    messages: Iterable[Message] = value if field.is_repeated else (value,)
    return messages
