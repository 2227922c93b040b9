"""Makes a response of a request, for the liar that returns its input."""

from __future__ import annotations

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message

from testingkit.conformance.cases.model import Case
from testingkit.conformance.protobuf.schema import descriptor_of


def echo(case: Case) -> bytes:
    """Returns the request as a response of the case's method.

    Fields with the same name and type are copied. If the two types share none, the bytes of the
    request are parsed as a response, so that fields are matched by number; what does not fit is
    left out. The same is done with a request that is not a valid message.
    """
    request = case.method.parse_request(case.request)
    shared = _shared(case.method.request, case.method.response)
    if request is None or not shared:
        return _parse_as_response(case)
    response = case.method.new_response()
    for field, value in request.ListFields():
        if field.name in shared and not field.is_extension:
            _copy(response, field, value)
    return response.SerializePartialToString()


def _shared(request: Descriptor, response: Descriptor) -> frozenset[str]:
    """Returns the names of the fields that both types have with the same type."""
    return frozenset(
        field.name
        for field in request.fields
        if (other := response.fields_by_name.get(field.name)) is not None
        and _field_type(field) == _field_type(other)
    )


def _field_type(field: FieldDescriptor) -> tuple[object, ...]:
    named = field.message_type or field.enum_type
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        # Every map field has an entry type of its own.
        return ("map", *(_field_type(part) for part in field.message_type.fields))
    return field.is_repeated, field.type, None if named is None else named.full_name


def _copy(response: Message, field: FieldDescriptor, value: object) -> None:
    if field.is_repeated:
        getattr(response, field.name).MergeFrom(value)
    elif field.message_type is not None:
        getattr(response, field.name).CopyFrom(value)
        getattr(response, field.name).SetInParent()
    else:
        setattr(response, field.name, value)


def _parse_as_response(case: Case) -> bytes:
    response = case.method.new_response()
    try:
        response.ParseFromString(case.request)
    except DecodeError:
        return b""
    if descriptor_of(response).full_name != case.method.request.full_name:
        response.DiscardUnknownFields()
    return response.SerializePartialToString()
