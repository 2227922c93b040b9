"""Validates the comparison of cases: the fields that it names, and its tolerance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.rpc import error_details_pb2

from testingkit.conformance.comparison.rules import IGNORE, UNORDERED
from testingkit.conformance.protobuf.field_paths import (
    find_full_name,
    full_name,
    is_map,
    reaches,
    resolve,
)
from testingkit.conformance.text.suggestions import did_you_mean
from testingkit.conformance.v1 import comparison_pb2

# Beyond these bounds a tolerance makes numbers equal that have nothing in common.
MAX_ABSOLUTE = 3.4028234663852886e38  # the largest `float`
MAX_RELATIVE = 1.0  # from here on, zero equals every number
MAX_ULPS = 1 << 23  # from here on, 1.0 equals 2.0 in a `float`

_TYPE_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
_RPC = error_details_pb2.DESCRIPTOR
_DETAILS = [f"{_RPC.package}.{name}" for name in _RPC.message_types_by_name]

Types = Callable[[], Iterable[Descriptor]]


class ComparisonRules:
    """Validates comparisons; cases of one suite mostly share one."""

    def __init__(self, types: Types) -> None:
        """``types`` returns the types that an ``Any`` can hold."""
        self._types = types
        self._checked: dict[tuple[str, str, Descriptor], str] = {}

    def problems(
        self, comparison: comparison_pb2.Comparison, response: Descriptor
    ) -> Iterator[str]:
        """Yields the problems of a comparison of responses of a type."""
        for setting in (IGNORE, UNORDERED):
            rules: Sequence[str] = getattr(comparison, setting)
            for rule in rules:
                key = setting, rule, response
                if key not in self._checked:
                    self._checked[key] = self._check(*key)
                if self._checked[key]:
                    yield f"compare.{setting}: {self._checked[key]}"
        yield from _tolerance(comparison.float_tolerance)
        for name in comparison.ignore_details:
            yield from _ignored_details(name)

    def _check(self, setting: str, rule: str, response: Descriptor) -> str:
        """Returns the problem of a rule; empty if it has none."""
        try:
            field = self._field(rule, response)
        except ValueError as error:
            return str(error)
        if setting == UNORDERED and (not field.is_repeated or is_map(field)):
            kind = "a map, which has no order" if is_map(field) else "not a repeated field"
            return f"{rule} is {kind}"
        return ""

    def _field(self, rule: str, response: Descriptor) -> FieldDescriptor:
        name = full_name(rule, response)
        if name is None:
            return self._field_of_path(rule, response)
        field = find_full_name(name, response)
        if field is None:
            raise ValueError(f"{rule}: no message type has a field of this full name")
        if not reaches(response, field):
            raise ValueError(f"{rule}: no {response.full_name} contains this field")
        return field

    def _field_of_path(self, rule: str, response: Descriptor) -> FieldDescriptor:
        try:
            return resolve(rule, response, tuple(self._types()))
        except ValueError as error:
            if find_full_name(rule, response) is None:
                raise
            raise ValueError(f"{error}; the full name is written .{rule}") from error


def _tolerance(tolerance: comparison_pb2.FloatTolerance) -> Iterator[str]:
    place = "compare.float_tolerance"
    absolute, relative, ulps = tolerance.absolute, tolerance.relative, tolerance.ulps
    if not 0 <= absolute <= MAX_ABSOLUTE:  # also for NaN
        expected = f"0 to {MAX_ABSOLUTE:.2g}, the largest float"
        yield f"{place}.absolute: {absolute} is not a bound: expected {expected}"
    if not 0 <= relative < MAX_RELATIVE:
        yield f"{place}.relative: {relative} is not a bound: expected 0 or more, and less than 1"
    if ulps >= MAX_ULPS:
        expected = f"less than {MAX_ULPS:,}, with which 1.0 equals 2.0"
        yield f"{place}.ulps: {ulps:,} is not a bound: expected {expected}"


def _ignored_details(name: str) -> Iterator[str]:
    """Yields why a name is not that of a type of details; only types of google.rpc are known."""
    if name == "*" or name in _DETAILS:
        return
    is_name = _TYPE_NAME.fullmatch(name) and name not in _RPC.message_types_by_name
    if not is_name or name.startswith(f"{_RPC.package}."):
        hint = did_you_mean(name, _DETAILS)
        yield f"compare.ignore_details: {name!r} is not the full name of a message type{hint}"
