"""The assertions of numbers (docs/kit/assertions.md, numbers)."""

from __future__ import annotations

import math

from testingkit.assertions.entry import EvaluationError, Finding, Rule, opposite, plain
from testingkit.value import Bool, ErrorCode, Float, Int, is_nan

_Number = Int | Float

# Every int of the kit is between minus and plus 2 to the power of this.
_MAX_INT_BITS = 13_288


def _is_positive(actual: _Number) -> bool:
    return actual.value > 0


def _is_negative(actual: _Number) -> bool:
    return actual.value < 0


# NaN is not comparable, so that these are not the opposites of the two above.
def _is_not_positive(actual: _Number) -> bool:
    return actual.value <= 0


def _is_not_negative(actual: _Number) -> bool:
    return actual.value >= 0


def _is_zero(actual: _Number) -> bool:
    return actual.value == 0


def _is_even(actual: Int) -> bool:
    return actual.value % 2 == 0


def _check_divisor(divisor: Int) -> None:
    if divisor.value == 0:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _is_multiple_of(actual: Int, divisor: Int) -> Finding:
    remainder = actual.value % abs(divisor.value)
    return Finding(remainder == 0, (("remainder", Int(remainder)),))


def _is_finite(actual: _Number) -> bool:
    return isinstance(actual, Int) or math.isfinite(actual.value)


def _is_infinite(actual: _Number) -> bool:
    return isinstance(actual, Float) and math.isinf(actual.value)


def _is_negative_zero(actual: _Number) -> bool:
    return isinstance(actual, Float) and actual.value == 0 and math.copysign(1.0, actual.value) < 0


def _is_integral(actual: _Number) -> bool:
    return isinstance(actual, Int) or actual.value.is_integer()


def _check_bits(bits: Int, _signed: Bool) -> None:
    if bits.value < 1:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _fits_in_bits(actual: Int, bits: Int, signed: Bool) -> bool:
    width = bits.value - 1 if signed.value else bits.value
    bound = 1 << min(width, _MAX_INT_BITS)
    return (-bound if signed.value else 0) <= actual.value < bound


RULES = {
    "is_positive": plain(_is_positive),
    "is_negative": plain(_is_negative),
    "is_not_positive": plain(_is_not_positive),
    "is_not_negative": plain(_is_not_negative),
    "is_zero": plain(_is_zero),
    "is_not_zero": opposite(_is_zero),
    "is_even": plain(_is_even),
    "is_odd": opposite(_is_even),
    "is_multiple_of": Rule(_is_multiple_of, _check_divisor),
    "is_nan": plain(is_nan),
    "is_not_nan": opposite(is_nan),
    "is_finite": plain(_is_finite),
    "is_infinite": plain(_is_infinite),
    "is_negative_zero": plain(_is_negative_zero),
    "is_integral": plain(_is_integral),
    "fits_in_bits": plain(_fits_in_bits, _check_bits),
}
