"""Reads the details of errors, and compares those of two errors with each other.

The details are a multiset of messages: all of them are compared, in any order. Of the types of
``google.rpc`` only the texts for people are left out, unless the case compares them: languages word
the same error differently, and a stack trace is that of one implementation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from google.protobuf import message_factory, struct_pb2
from google.protobuf.any_pb2 import Any
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor_pool import Default, DescriptorPool
from google.protobuf.message import DecodeError, Message
from google.rpc import error_details_pb2, status_pb2

from testingkit.conformance.comparison.differences import differences
from testingkit.conformance.comparison.keys import message_key
from testingkit.conformance.comparison.policy import Policy, policy_of
from testingkit.conformance.protobuf.field_text import cut
from testingkit.conformance.protobuf.schema import descriptor_of
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
_ALL = "*"  # of `ignore_details`
# Types that any error may have, also if the subject's protos do not import them.
_COMMON = frozenset({error_details_pb2.DESCRIPTOR.package, struct_pb2.DESCRIPTOR.package})
STANDARD_TYPES = frozenset(
    message.full_name for message in error_details_pb2.DESCRIPTOR.message_types_by_name.values()
)

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
    infos = sum(isinstance(detail.message, error_details_pb2.ErrorInfo) for detail in details)
    for detail in details:
        if infos > 1 or not _is_plain(detail.message):
            yield f"{detail.name} {detail.text}"


def _is_plain(message: Message | None) -> bool:
    """Returns whether a detail has only a reason and a domain, or only field paths."""
    if isinstance(message, error_details_pb2.ErrorInfo):
        return not message.metadata
    if isinstance(message, error_details_pb2.BadRequest):
        kind = error_details_pb2.BadRequest.FieldViolation
        return all(
            violation == kind(field=violation.field) for violation in message.field_violations
        )
    return False


def detail_differences(
    left: Error, right: Error, policy: Policy, pool: DescriptorPool
) -> Iterator[Difference]:
    """Yields where the details of two errors differ, under the policy of a case."""
    sides = [_by_type(error, policy, pool) for error in (left, right)]
    for name in sorted({*sides[0], *sides[1]}):
        yield from _of_type(name, sides[0].get(name, ()), sides[1].get(name, ()), policy)


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
            message = message_factory.GetMessageClass(descriptor)()
            try:
                message.ParseFromString(detail.value)
            except DecodeError:
                message = None
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
    is_common = name.rpartition(".")[0] in _COMMON
    try:
        return Default().FindMessageTypeByName(name) if is_common else _in_pool(name, pool)
    except KeyError:
        return None


def _in_pool(name: str, pool: DescriptorPool | None) -> Descriptor | None:
    return None if pool is None else pool.FindMessageTypeByName(name)


def _by_type(error: Error, policy: Policy, pool: DescriptorPool) -> Mapping[str, Sequence[_Detail]]:
    """Returns the details that are compared, by the names of their types."""
    found: dict[str, list[_Detail]] = {}
    status = parse_status(error)
    for detail in () if status is None or _ALL in policy.ignore_details else status.details:
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
    path = f"error.{name}"
    if len(left) == len(right) == 1 and left[0].message and right[0].message:
        own = _policy_of_type(descriptor_of(left[0].message), policy)
        found = differences(left[0].message, right[0].message, own)
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
