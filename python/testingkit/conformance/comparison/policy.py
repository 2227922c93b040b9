"""Policies, which say how two messages are compared."""

from __future__ import annotations

import functools
import math
import struct

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from testingkit.conformance.comparison.rules import IGNORE, UNORDERED, FieldRules
from testingkit.conformance.v1 import comparison_pb2

FLOATS = (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT)


class Policy:
    """A `Comparison` of messages of one type, with its defaults filled in."""

    def __init__(self, comparison: comparison_pb2.Comparison, message: Descriptor) -> None:
        self.nan_equal = comparison.nan_equal if comparison.HasField("nan_equal") else True
        self.signed_zero_equal = comparison.signed_zero_equal
        self.tolerance = (
            comparison.float_tolerance if comparison.HasField("float_tolerance") else None
        )
        written = {IGNORE: comparison.ignore, UNORDERED: comparison.unordered}
        self.rules = FieldRules(written, message)
        self._has_rules = any(written.values())
        self.ignore_details = frozenset(comparison.ignore_details)
        self.error_texts = comparison.error_texts

    @property
    def is_weak(self) -> bool:
        """Whether it accepts a difference that the default comparison reports."""
        return bool(
            self.signed_zero_equal
            or self.tolerance is not None
            or self._has_rules
            or self.ignore_details
        )

    def floats_equal(self, left: float, right: float, field: FieldDescriptor) -> bool:
        """Returns whether two values of a floating-point field are equal."""
        if math.isnan(left) or math.isnan(right):
            return self.nan_equal and math.isnan(left) and math.isnan(right)
        if left == right:
            same_sign = math.copysign(1.0, left) == math.copysign(1.0, right)
            return left != 0.0 or same_sign or self.signed_zero_equal
        if self.tolerance is None or math.isinf(left) or math.isinf(right):
            return False
        apart = abs(left - right)
        largest = max(abs(left), abs(right))
        return (
            apart <= self.tolerance.absolute
            or apart <= self.tolerance.relative * largest
            or _ulps(left, right, field) <= self.tolerance.ulps
        )


def policy_of(comparison: comparison_pb2.Comparison, message: Descriptor) -> Policy:
    """Returns the policy of a comparison of messages of a type; equal comparisons share one."""
    return _policy(comparison.SerializeToString(deterministic=True), message)


@functools.lru_cache(maxsize=128)
def _policy(data: bytes, message: Descriptor) -> Policy:
    return Policy(comparison_pb2.Comparison.FromString(data), message)


def _ulps(left: float, right: float, field: FieldDescriptor) -> int:
    """Returns how many representable values of the field's type two values are apart."""
    single = field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT
    layout, top = ("<i", 1 << 31) if single else ("<q", 1 << 63)
    pack = "<f" if single else "<d"

    def rank(value: float) -> int:
        bits: int = struct.unpack(layout, struct.pack(pack, value))[0]
        return bits if bits >= 0 else -(bits + top)

    return abs(rank(left) - rank(right))
