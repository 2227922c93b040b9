"""Finds the fields of native objects that convert to records (docs/kit/value.md, native values)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from testingkit.value.native import class_name, scalars


def record_name(native: object) -> str:
    """Returns the name of the record for an object: that of its class; empty for a namespace."""
    return "" if type(native) is SimpleNamespace else class_name(type(native))


def public_fields(native: Any) -> list[str] | None:
    """Returns the names of the public fields of an object, or None if it does not have fields."""
    if isinstance(native, type):
        return None
    names = _names(native)
    return None if names is None else [scalars(name) for name in names if not _is_private(name)]


def named_tuple_fields(native: tuple[object, ...]) -> list[str] | None:
    """Returns the names of a named tuple, also made-up ones such as `_1`; None for other tuples."""
    names = getattr(type(native), "_fields", None)
    if not isinstance(names, tuple) or len(names) != len(native):
        return None
    return [scalars(name) for name in names]


def _names(native: Any) -> Iterable[str] | None:
    if isinstance(native, SimpleNamespace):
        return list(vars(native))
    native_type = type(native)
    if isinstance(getattr(native_type, "__dataclass_fields__", None), Mapping):
        return [field.name for field in dataclasses.fields(native_type)]
    pydantic = getattr(native_type, "model_fields", None)
    if isinstance(pydantic, Mapping):
        return pydantic
    attrs = getattr(native_type, "__attrs_attrs__", None)
    return None if attrs is None else [attribute.name for attribute in attrs]


def _is_private(name: str) -> bool:
    return name.startswith("_")
