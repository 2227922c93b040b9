"""Reads the details of errors, and compares those of two errors with each other.

The details are a multiset of messages: all of them are compared, in any order. Of the types of
``google.rpc`` only the texts for people are left out, unless the case compares them: languages word
the same error differently, and a stack trace is that of one implementation.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from google.protobuf import struct_pb2
from google.protobuf.any_pb2 import Any
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor_pool import Default, DescriptorPool
from google.protobuf.message import DecodeError, Message
from google.protobuf.unknown_fields import UnknownFieldSet
from google.rpc import error_details_pb2, status_pb2

from testingkit.conformance.comparison.differences import differences
from testingkit.conformance.comparison.keys import message_key
from testingkit.conformance.comparison.policy import Policy, policy_of
from testingkit.conformance.protobuf.field_text import cut, show_unknown
from testingkit.conformance.protobuf.schema import descriptor_of
from testingkit.conformance.protobuf.serialized import NotAMessageError, parse_serialized
from testingkit.conformance.protobuf.text_format import print_line, quote_bytes
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.observation_pb2 import Error
from testingkit.conformance.v1.verdict_pb2 import (
    DIFFERENCE_KIND_EXTRA,
    DIFFERENCE_KIND_MISSING,
    DIFFERENCE_KIND_VALUE,
    Difference,
)

# How the types of google.rpc are compared: lists of violations have no order, and what is ignored
# are the texts for people. Every other type is compared in full.
_STANDARD: Mapping[str, Comparison] = {
    "google.rpc.BadRequest": Comparison(
        unordered=["field_violations"],
        ignore=["field_violations.description", "field_violations.localized_message.message"],
    ),
    "google.rpc.DebugInfo": Comparison(ignore=["stack_entries", "detail"]),
    "google.rpc.Help": Comparison(ignore=["links.description"]),
    "google.rpc.LocalizedMessage": Comparison(ignore=["message"]),
    "google.rpc.PreconditionFailure": Comparison(
        unordered=["violations"], ignore=["violations.description"]
    ),
    "google.rpc.QuotaFailure": Comparison(
        unordered=["violations"], ignore=["violations.description"]
    ),
    "google.rpc.ResourceInfo": Comparison(ignore=["description"]),
}
_ERROR_INFO = error_details_pb2.ErrorInfo.DESCRIPTOR.full_name
_BAD_REQUEST = error_details_pb2.BadRequest.DESCRIPTOR.full_name
_ALL = "*"  # of `ignore_details`
# Types that any error may have, also if the subject's protos do not import them.
_COMMON = frozenset({error_details_pb2.DESCRIPTOR.package, struct_pb2.DESCRIPTOR.package})

M = TypeVar("M", bound=Message)


def parse_status(error: Error) -> status_pb2.Status | None:
    """Returns the status with the details of an error; None if its bytes are not valid."""
    try:
        return status_pb2.Status.FromString(error.details)
    except DecodeError:
        return None


def standard_details(error: Error, kind: type[M]) -> Sequence[M]:
    """Returns the details of one type of ``google.rpc``, in order, without those not valid."""
    status = parse_status(error)
    if status is None:
        return []
    found = []
    for detail in status.details:
        if detail.Is(kind.DESCRIPTOR):
            try:
                found.append(kind.FromString(detail.value))
            except DecodeError:
                continue
    return found


def other_details(error: Error, pool: DescriptorPool | None) -> Iterator[str]:
    """Yields the details with more than reason, domain and field paths, as text with their types.

    Args:
        error: The error.
        pool: The types of the subject, if they are known.
    """
    status = parse_status(error)
    if status is None:
        yield f"details {quote_bytes(error.details)}"
        return
    details = [_Detail.parse(detail, pool) for detail in status.details]
    infos = sum(detail.name == _ERROR_INFO for detail in details)
    for detail in details:
        if infos > 1 or not _is_plain(detail):
            yield f"{detail.name} {detail.text}"


def _is_plain(detail: _Detail) -> bool:
    """Returns whether a detail has only a reason and a domain, or only field paths."""
    if detail.message is None:
        return False
    if detail.name == _ERROR_INFO:
        return not error_details_pb2.ErrorInfo.FromString(detail.value).metadata
    if detail.name == _BAD_REQUEST:
        kind = error_details_pb2.BadRequest.FieldViolation
        request = error_details_pb2.BadRequest.FromString(detail.value)
        return all(v == kind(field=v.field) for v in request.field_violations)
    return False


def detail_differences(
    left: Error, right: Error, policy: Policy, pool: DescriptorPool
) -> Iterator[Difference]:
    """Yields where the details of two errors differ, under the policy of a case."""
    if _ALL in policy.ignore_details:
        return
    are_same = (left.code, left.details) == (right.code, right.details)
    if are_same and not policy.error_texts:  # A text counts only where the error has another.
        return
    yield from _status_differences(left, right, policy)
    sides = [_by_type(error, policy, pool) for error in (left, right)]
    for name in sorted({*sides[0], *sides[1]}):
        yield from _of_type(name, sides[0].get(name, ()), sides[1].get(name, ()), policy)


def _status_differences(left: Error, right: Error, policy: Policy) -> Iterator[Difference]:
    """Yields where the ``google.rpc.Status`` around the details differ.

    It repeats code and message of the error. What it leaves out is as in the error, so an error
    without details equals one with an empty list of them.
    """
    sides = [_status_fields(error, policy) for error in (left, right)]
    for name in sorted({*sides[0], *sides[1]}):
        values = [side.get(name, "") for side in sides]
        if values[0] != values[1]:
            kind = DIFFERENCE_KIND_VALUE
            if not all(values):
                kind = DIFFERENCE_KIND_MISSING if values[0] else DIFFERENCE_KIND_EXTRA
            expected, actual = map(cut, values)
            path = f"error.details.{name}"
            yield Difference(field_path=path, kind=kind, expected=expected, actual=actual)


def _status_fields(error: Error, policy: Policy) -> Mapping[str, str]:
    """Returns the fields around the details that differ from those of the error, as text."""
    status = parse_status(error)
    if status is None:
        return {}
    unknown = show_unknown(UnknownFieldSet(status))
    fields = {f"field {number}": text for number, text in unknown.items()}
    if status.code not in {0, error.code}:
        fields["code"] = str(status.code)
    if policy.error_texts and status.message not in {"", error.message}:
        fields["message"] = status.message
    return fields


@dataclass(frozen=True, slots=True)
class _Detail:
    """One detail of an error; without a message if its type is unknown or its bytes not valid."""

    name: str  # full name of its type
    value: bytes
    message: Message | None

    @classmethod
    def parse(cls, detail: Any, pool: DescriptorPool | None) -> _Detail:
        name = detail.type_url.rpartition("/")[2]
        descriptor = _find(name, pool)
        message = None
        if descriptor is not None:
            with contextlib.suppress(NotAMessageError):
                message = parse_serialized(detail.value, descriptor)
        return cls(name, detail.value, message)

    def key(self, policy: Policy) -> Hashable:
        """Returns what is equal for equal details; ``policy`` is that of a case."""
        if self.message is None:
            return self.value
        own = _policy_of_type(descriptor_of(self.message), policy)
        return message_key(self.message, own.rules.root, own)

    @property
    def text(self) -> str:
        """The detail as text for people."""
        if self.message is None:
            return f"{{{cut(quote_bytes(self.value))}}}"
        pool: DescriptorPool = descriptor_of(self.message).file.pool
        return f"{{{cut(print_line(self.message, pool))}}}"


def _find(name: str, pool: DescriptorPool | None) -> Descriptor | None:
    """Returns a type of the subject, whose ``Any`` holds other ones of the subject, or of ours."""
    is_common = name.rpartition(".")[0] in _COMMON
    for place in (pool, Default() if is_common else None):
        with contextlib.suppress(KeyError):
            if place is not None:
                return place.FindMessageTypeByName(name)
    return None


def _by_type(error: Error, policy: Policy, pool: DescriptorPool) -> Mapping[str, Sequence[_Detail]]:
    """Returns the details that are compared, by the names of their types."""
    found: dict[str, list[_Detail]] = {}
    status = parse_status(error)
    for detail in () if status is None else status.details:
        parsed = _Detail.parse(detail, pool)
        if parsed.name not in policy.ignore_details:
            found.setdefault(parsed.name, []).append(parsed)
    return found


def _of_type(
    name: str, left: Sequence[_Detail], right: Sequence[_Detail], policy: Policy
) -> Iterator[Difference]:
    keys = [Counter(detail.key(policy) for detail in side) for side in (left, right)]
    if keys[0] == keys[1]:
        return
    path = f"error.{name or '(no type)'}"
    one, other = (side[0].message if len(side) == 1 else None for side in (left, right))
    if one is not None and other is not None:
        found = differences(one, other, _policy_of_type(descriptor_of(one), policy))
        for difference in found:
            difference.field_path = f"{path}.{difference.field_path}".rstrip(".")
        yield from found
        if found:
            return
    expected, actual = ("; ".join(detail.text for detail in side) for side in (left, right))
    kind = DIFFERENCE_KIND_VALUE
    if not (left and right):
        kind = DIFFERENCE_KIND_MISSING if left else DIFFERENCE_KIND_EXTRA
    yield Difference(field_path=path, kind=kind, expected=cut(expected), actual=cut(actual))


def _policy_of_type(detail: Descriptor, policy: Policy) -> Policy:
    """Returns how details of a type are compared: exactly, except for the texts for people."""
    comparison = Comparison()
    comparison.CopyFrom(_STANDARD.get(detail.full_name, comparison))
    if policy.error_texts:
        comparison.ClearField("ignore")
    return policy_of(comparison, detail)
