"""Outlines the types of methods as lines of text, to compare two versions of a proto.

An outline has only what changes the meaning of bytes: no comments, options, file names or order of
declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from google.protobuf.descriptor import (
    Descriptor,
    EnumDescriptor,
    FieldDescriptor,
    MethodDescriptor,
    OneofDescriptor,
)

_SCALARS = {
    value: name.removeprefix("TYPE_").lower()
    for name, value in vars(FieldDescriptor).items()
    if name.startswith("TYPE_")
}


def outline(methods: Iterable[MethodDescriptor]) -> Mapping[str, str]:
    """Returns the declarations of the methods and of their fields and enum values, by name."""
    lines: dict[str, str] = {}
    waiting: list[Descriptor | EnumDescriptor] = []
    for method in methods:
        name = f"{method.containing_service.full_name}/{method.name}"
        lines[name] = _method(method)
        waiting += [method.input_type, method.output_type]
    seen: set[str] = set()
    while waiting:
        kind = waiting.pop()
        if kind.full_name in seen:
            continue
        seen.add(kind.full_name)
        if isinstance(kind, EnumDescriptor):
            lines |= {f"{kind.full_name}.{v.name}": f"= {v.number}" for v in kind.values}
            continue
        for field in kind.fields:
            lines[f"{kind.full_name}.{field.name}"] = _field(field)
            waiting += [below for below in (field.message_type, field.enum_type) if below]
    return lines


def find_differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Sequence[str]:
    """Returns the differences of two outlines as texts, in the order of the names."""
    # Some servers write fields in another style, such as `sentAt` for `sent_at`.
    names = {_plain(name): name for name in ours}
    theirs = {names.get(_plain(name), name): text for name, text in theirs.items()}
    return [
        f"{name} is {_quoted(ours, name)} in the project's protos, {_quoted(theirs, name)} "
        "in the runner's"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    ]


def _plain(name: str) -> str:
    scope, dot, own = name.rpartition(".")
    return scope + dot + own.replace("_", "").lower()


def _quoted(lines: Mapping[str, str], name: str) -> str:
    return f"`{lines[name]}`" if name in lines else "missing"


def _method(method: MethodDescriptor) -> str:
    streams = ["stream " if s else "" for s in (method.client_streaming, method.server_streaming)]
    return (
        f"({streams[0]}{method.input_type.full_name}) returns "
        f"({streams[1]}{method.output_type.full_name})"
    )


def _field(field: FieldDescriptor) -> str:
    named = field.message_type or field.enum_type
    name = named.full_name if named is not None else _SCALARS[field.type]
    text = f"{_label(field)}{name} = {field.number}"
    oneof = _oneof(field)
    return f"{text} in oneof {oneof.name}" if oneof is not None else text


def _label(field: FieldDescriptor) -> str:
    if field.is_repeated:
        return "repeated "
    if field.is_required:
        return "required "
    # A field with a message type has presence without the keyword.
    is_optional = field.has_presence and field.message_type is None and _oneof(field) is None
    return "optional " if is_optional else ""


def _oneof(field: FieldDescriptor) -> OneofDescriptor | None:
    """Returns the oneof of a field; None without one, and for that of the keyword ``optional``."""
    oneof = field.containing_oneof
    if oneof is None or (len(oneof.fields) == 1 and oneof.name == f"_{field.name}"):
        return None
    return oneof
