"""Parses text format, exactly as the Text Format Language Specification describes it.

The parser of the Python runtime differs from it in both directions, and reports some mistakes
without their place; decision 0021 has the list.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from google.protobuf import message_factory
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import EncodeError, Message

from testingkit.conformance.cases.load.bracket_names import BracketName
from testingkit.conformance.cases.load.field_names import (
    extension_named,
    field_named,
    reserved_names,
)
from testingkit.conformance.cases.load.scalars import convert
from testingkit.conformance.cases.load.skipping import skip_value
from testingkit.conformance.cases.load.token_reader import TokenReader
from testingkit.conformance.cases.load.tokenizer import MESSAGE_OPENS, TextError
from testingkit.conformance.protobuf.any_parts import ANY
from testingkit.conformance.protobuf.field_paths import is_map
from testingkit.conformance.protobuf.schema import descriptor_of
from testingkit.conformance.protobuf.serialized import lacking

_ANY_FIELDS = frozenset({f"{ANY}.type_url", f"{ANY}.value"})


def _never(_: FieldDescriptor) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a parser needs besides the text.

    Args:
        pool: The types of ``Any`` messages, and the extensions.
        is_wrapped: Whether the message of a field may be in an ``Any`` of its type as well.
        skipped: Full names of fields of which only the syntax is checked.
    """

    pool: DescriptorPool
    is_wrapped: Callable[[FieldDescriptor], bool] = _never
    skipped: Container[str] = ()


class Parser:
    """Parses parts of one text into one message, each field of which is in one of the parts."""

    def __init__(self, text: str, message: Message, rules: Rules) -> None:
        self._text = text
        self._message = message
        self._rules = rules
        self._seen: set[str] = set()

    def parse(self, start: int = 0, end: int | None = None) -> None:
        """Parses ``text[start:end]`` into the message.

        Raises:
            TextError: The text does not fit the message.
        """
        seen = set(self._seen)
        try:
            reader = TokenReader(self._text, start, len(self._text) if end is None else end)
            part = _Part(reader, self._rules)
            while reader.kind != "end":
                part.field(self._message, seen)
        except RecursionError as error:
            raise TextError(start, "nested too deeply") from error
        self._seen = seen  # A field with a mistake is not set.


class _Part:
    """A parser by recursive descent."""

    def __init__(self, reader: TokenReader, rules: Rules) -> None:
        self._reader = reader
        self._rules = rules

    def field(self, message: Message, seen: set[str]) -> None:
        """Reads one field; ``seen`` are the fields and oneofs of the message that are set.

        Few functions call each other for each level of nesting, because Python's stack is short.
        """
        reader = self._reader
        field = self._name(message, seen)
        if field is not None:
            if field.message_type is None:
                reader.expect(":")
                read = self._scalar
            else:
                reader.take(":")
                read = self._message
            if field.is_repeated and reader.word == "[":
                for _ in reader.elements():
                    read(message, field)
            else:
                read(message, field)
        reader.separator()

    def _name(self, message: Message, seen: set[str]) -> FieldDescriptor | None:
        """Reads the name of a field; a field that is read or skipped as a whole is None."""
        reader, descriptor, offset = self._reader, descriptor_of(message), self._reader.start
        if reader.word == "[":
            field = self._name_in_brackets(message, seen)
        elif reader.kind == "name":
            name = reader.word
            field = field_named(descriptor, name)
            if field is None and name not in reserved_names(descriptor):
                text = f'Message type "{descriptor.full_name}" has no field named "{name}".'
                raise TextError(offset, text)
            reader.advance()
            if field is None or field.full_name in self._rules.skipped:
                skip_value(reader)
                return None
        else:
            raise reader.expected("the name of a field")
        if field is not None and not field.is_repeated:
            _see(field, offset, seen)
        return field

    def _name_in_brackets(self, message: Message, seen: set[str]) -> FieldDescriptor | None:
        name, descriptor = self._reader.peek_bracket_name(), descriptor_of(message)
        self._reader.skip_bracket_name(name)
        if name.prefix:
            self._any(message, name, seen)
            return None
        field = extension_named(self._rules.pool, descriptor, name.type)
        if field is None:
            raise TextError(name.start, f"{descriptor.full_name} has no extension {name.type}")
        return field

    def _scalar(self, message: Message, field: FieldDescriptor) -> None:
        if self._reader.kind == "open":
            raise self._reader.expected(f"one value for {field.name}")
        value = convert(self._reader.scalar(), field)
        if field.is_repeated:
            _content(message, field).append(value)
        elif field.is_extension:
            _extensions(message)[field] = value
        else:
            setattr(message, field.name, value)

    def _message(self, message: Message, field: FieldDescriptor) -> None:
        if self._reader.word not in MESSAGE_OPENS:
            raise self._reader.expected(f"{{ for {field.name}")
        start = self._reader.start
        close = self._reader.open()
        content = _content(message, field)
        if is_map(field):
            entry = content.GetEntryClass()()
            self._rest(entry, close)
            _add_entry(content, entry, start, field.name)
        elif field.is_repeated:
            self._rest(content.add(), close)
        else:
            content.SetInParent()
            is_wrapped = self._reader.word == "[" and self._rules.is_wrapped(field)
            (self._maybe_wrapped if is_wrapped else self._rest)(content, close)

    def _rest(self, message: Message, close: str) -> None:
        """Reads the fields of a message up to its closing bracket."""
        seen: set[str] = set()
        while not self._reader.closes(close):
            self.field(message, seen)

    def _maybe_wrapped(self, message: Message, close: str) -> None:
        """Reads a message that may be in an ``Any``, as in ``{ [address/its.Type] { ... } }``."""
        reader, expected = self._reader, message.DESCRIPTOR.full_name
        name = reader.peek_bracket_name()
        if not name.prefix or (name.type != expected and expected == ANY):
            self._rest(message, close)
            return
        if name.type != expected:
            text = f"the method's type here is {expected}, the wrapper's is {name.type}"
            raise TextError(name.start, text)
        reader.skip_bracket_name(name)
        reader.take(":")
        self._rest(message, reader.open())
        reader.separator()
        if not reader.closes(close):
            raise reader.expected(f"{close} after the one message of an Any")

    def _any(self, message: Message, name: BracketName, seen: set[str]) -> None:
        """Reads the expanded form of an ``Any``."""
        full_name = message.DESCRIPTOR.full_name
        if full_name != ANY:
            text = f"{full_name} is not an Any: [{name.type_url}] cannot be in it"
            raise TextError(name.start, text)
        if not seen.isdisjoint(_ANY_FIELDS):
            raise TextError(name.start, "the Any is set twice")
        seen.update(_ANY_FIELDS)
        self._reader.take(":")
        inner = self._new(name)
        self._rest(inner, self._reader.open())
        if lacks := lacking(inner):
            raise TextError(name.start, lacks)
        try:
            value = inner.SerializeToString(deterministic=True)
        except EncodeError as error:
            raise TextError(name.start, "nested too deeply") from error
        setattr(message, "type_url", name.type_url)  # noqa: B010 - dynamic class
        setattr(message, "value", value)  # noqa: B010 - dynamic class

    def _new(self, name: BracketName) -> Message:
        try:
            descriptor = self._rules.pool.FindMessageTypeByName(name.type)
        except KeyError as error:
            raise TextError(name.start, f"there is no message type {name.type}") from error
        return message_factory.GetMessageClass(descriptor)()


def _see(field: FieldDescriptor, offset: int, seen: set[str]) -> None:
    """Adds a field to those that are set: once, and one of each oneof."""
    oneof = field.containing_oneof
    if field.full_name in seen:
        raise TextError(offset, f"{field.name} is set twice")
    seen.add(field.full_name)
    if oneof is not None:
        if oneof.full_name in seen:
            text = f"{field.name}: another field of oneof {oneof.name} is set already"
            raise TextError(offset, text)
        seen.add(oneof.full_name)


def _content(message: Message, field: FieldDescriptor) -> Any:
    """Returns the list, map or message that is the value of a field."""
    return _extensions(message)[field] if field.is_extension else getattr(message, field.name)


def _extensions(message: Message) -> Any:
    return message.Extensions


def _add_entry(entries: Any, entry: Any, offset: int, name: str) -> None:
    """Adds an entry to a map.

    The documentation of maps allows a parser of text to refuse a key that is written twice; to take
    the last one would hide the others.
    """
    if entry.key in entries:
        raise TextError(offset, f"{name} has this key already: a map has each key once")
    if entry.DESCRIPTOR.fields_by_name["value"].message_type is None:
        entries[entry.key] = entry.value
    else:
        entries[entry.key].CopyFrom(entry.value)
