"""Makes copies of the contract's messages that have the types of a method instead of ``Any``.

In a case file the fields of a request are written without the ``Any`` wrapper, because the method
determines the type. `TypedMessages` makes at run time a copy of a message such as ``Case`` in which
the fields ``request`` and ``response`` have the types of the method. Messages between the copy and
an ``Any`` are copied as well. Names and numbers stay the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.any_pb2 import Any
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, EncodeError, Message

from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.load.tokenizer import TextError
from testingkit.conformance.cases.model import Method
from testingkit.conformance.errors import ProtoError
from testingkit.conformance.protobuf.any_parts import ANY, unambiguous
from testingkit.conformance.protobuf.nesting import too_deep
from testingkit.conformance.protobuf.schema import Schema, descriptor_of
from testingkit.conformance.protobuf.serialized import lacking

_PACKAGE = "testingkit.typed"
_TYPED_NAME = re.compile(rf"\b{re.escape(_PACKAGE)}\.p[0-9a-f]+\.")
REQUEST = "request"
RESPONSE = "response"
_REPLACED = frozenset({REQUEST, RESPONSE})


class _ContentError(Exception):
    """A request or a response lacks a required field, or nests too deeply."""


class TypedMessages:
    """Makes and caches typed copies for the methods of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._classes: dict[tuple[str, str, str], type[Message]] = {}

    def new(self, message: type[Message], method: Method) -> Message:
        """Returns an empty typed copy of ``message`` for a method."""
        key = (message.DESCRIPTOR.full_name, method.request.full_name, method.response.full_name)
        if key not in self._classes:
            # A digest of the content, so that every copy for this schema has the same name.
            digest = hashlib.sha256(" ".join(key).encode()).hexdigest()[:16]
            package = f"{_PACKAGE}.p{digest}"
            self._classes[key] = self._make(message.DESCRIPTOR.full_name, method, package)
        return self._classes[key]()

    def _make(self, name: str, method: Method, package: str) -> type[Message]:
        root = self._schema.pool.FindMessageTypeByName(name)
        types = {REQUEST: method.request, RESPONSE: method.response}
        copied = _reaching_any(root)
        file = descriptor_pb2.FileDescriptorProto(
            name=f"{package.replace('.', '/')}.proto", package=package, syntax="proto3"
        )
        imports = {types[REQUEST].file.name, types[RESPONSE].file.name}
        for descriptor in copied.values():
            imports.add(descriptor.file.name)
            imports.update(dependency.name for dependency in descriptor.file.dependencies)
            _copy(descriptor, file.message_type.add(), copied, types, package)
        file.dependency.extend(sorted(imports))
        try:
            self._schema.pool.AddSerializedFile(file.SerializeToString())
            typed = self._schema.pool.FindMessageTypeByName(f"{package}.{root.name}")
        except (TypeError, KeyError) as error:  # the descriptors of a server may be inconsistent
            text = f"{method.name} has types that no message can hold: {error}"
            raise ProtoError(text) from error
        return message_factory.GetMessageClass(typed)


def parse_typed(
    text: str, message: Message, pool: DescriptorPool, start: int = 0, end: int | None = None
) -> None:
    """Parses ``text[start:end]`` into a typed copy.

    A request or response may have the ``Any`` wrapper of its type. Errors have the names of the
    contract's messages.

    Raises:
        TextError: The text does not fit the message.
    """
    try:
        Parser(text, message, Rules(pool, is_wrapped=_replaces_any)).parse(start, end)
    except TextError as error:
        shown = _TYPED_NAME.sub("testingkit.conformance.v1.", str(error))
        raise TextError(error.offset, shown) from error


def _replaces_any(field: FieldDescriptor) -> bool:
    """Returns whether a field of a typed copy is an ``Any`` in the message of the contract."""
    return field.name in _REPLACED and field.full_name.startswith(f"{_PACKAGE}.")


def to_canonical(typed: Message, canonical: Message, offset: int) -> None:
    """Copies a typed message into one of the contract, with requests and responses in ``Any``.

    Args:
        typed: The typed message.
        canonical: The message of the contract.
        offset: Where the typed message is in its text.

    Raises:
        TextError: It nests deeper than the wire format allows, or lacks a required field of
            proto2.
    """
    try:
        _copy_fields(typed, canonical)
    except _ContentError as error:
        raise TextError(offset, str(error)) from error
    except (EncodeError, DecodeError, RecursionError) as error:
        raise TextError(offset, "nested too deeply") from error


def to_typed(canonical: Message, typed: Message) -> None:
    """Copies a message whose fields include ``Any`` into a typed copy, to be printed."""
    rest = type(canonical)()
    rest.CopyFrom(canonical)
    for field, value in canonical.ListFields():
        if isinstance(value, Any) and field.name in _REPLACED:
            rest.ClearField(field.name)
            unpacked: Message = getattr(typed, field.name)
            unpacked.SetInParent()
            unpacked.MergeFromString(value.value)
            unpacked.CopyFrom(unambiguous(unpacked))
    typed.MergeFromString(rest.SerializeToString(deterministic=True))


def _copy_fields(typed: Message, canonical: Message) -> None:
    for field, value in typed.ListFields():
        target = canonical.DESCRIPTOR.fields_by_name[field.name]
        if target.message_type is None:
            _set_scalar(canonical, field, value)
        elif target.is_repeated:
            for item in value:
                _copy_message(item, getattr(canonical, field.name).add(), field)
        else:
            _copy_message(value, getattr(canonical, field.name), field)
            getattr(canonical, field.name).SetInParent()


def _set_scalar(canonical: Message, field: FieldDescriptor, value: object) -> None:
    if field.is_repeated:
        getattr(canonical, field.name).extend(value)
    else:
        setattr(canonical, field.name, value)


def _copy_message(typed: Message, canonical: Message, field: FieldDescriptor) -> None:
    if isinstance(canonical, Any) and field.name in _REPLACED:
        if lacks := lacking(typed):
            raise _ContentError(f"{field.name}: {lacks}")
        canonical.type_url = f"type.googleapis.com/{typed.DESCRIPTOR.full_name}"
        canonical.value = typed.SerializeToString(deterministic=True)
        if field.name == RESPONSE:
            _check_parses(canonical.value, type(typed))
    elif typed.DESCRIPTOR.full_name == canonical.DESCRIPTOR.full_name:
        canonical.ParseFromString(typed.SerializeToString(deterministic=True))
    else:
        _copy_fields(typed, canonical)


def _check_parses(data: bytes, response: type[Message]) -> None:
    """Raises an error for a response that does not parse, and so cannot be compared."""
    try:
        response.FromString(data)
    except DecodeError as error:
        if deep := too_deep(data, descriptor_of(response())):
            raise _ContentError(f"nested too deeply: {deep}") from error
        raise


def _reaching_any(root: Descriptor) -> dict[str, Descriptor]:
    """Returns the messages below ``root`` from which an ``Any`` can be reached, by full name."""
    seen: dict[str, Descriptor] = {}

    def collect(descriptor: Descriptor) -> None:
        if descriptor.full_name in seen or descriptor.full_name == ANY:
            return
        seen[descriptor.full_name] = descriptor
        for field in descriptor.fields:
            if field.message_type is not None:
                collect(field.message_type)

    collect(root)
    reaching: set[str] = {ANY}
    while True:
        more = {
            name
            for name, descriptor in seen.items()
            if name not in reaching
            and any(
                f.message_type and f.message_type.full_name in reaching for f in descriptor.fields
            )
        }
        if not more:
            return {name: seen[name] for name in seen if name in reaching or name == root.full_name}
        reaching |= more


def _copy(
    descriptor: Descriptor,
    target: descriptor_pb2.DescriptorProto,
    copied: Mapping[str, Descriptor],
    types: Mapping[str, Descriptor],
    package: str,
) -> None:
    descriptor.CopyToProto(target)
    for field in target.field:
        name = field.type_name.removeprefix(".")
        if name == ANY and field.name in types:
            field.type_name = f".{types[field.name].full_name}"
        elif name in copied:
            field.type_name = f".{package}.{copied[name].name}"
