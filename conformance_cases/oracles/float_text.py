"""Prints the float cases of the render module, computed without any library's float printing.

    python3 conformance_cases/oracles/float_text.py > conformance_cases/render/floats.textproto

The shortest digits are found by exact arithmetic on fractions: for each number of digits the two
decimal candidates around the number are tried, and one reads back when it lies within half a gap
of the neighbouring binary64 numbers (`docs/kit/render.md`, Floats).
"""

from fractions import Fraction

# Name, bits, description.
NUMBERS = [
    ("one", 0x3FF0000000000000, "A whole number keeps its point, to be seen as a float."),
    ("one_tenth", 0x3FB999999999999A, "0.1"),
    ("three_tenths_by_addition", 0x3FD3333333333334, "0.1 + 0.2"),
    ("exact_tie_goes_down_to_even", 0x4318250E4B49E141, "Exactly ...648.25; Rust prints .3."),
    ("exact_tie_goes_up_to_even", 0x4318250E4B49E143, "Exactly ...648.75."),
    ("half_is_no_tie", 0x4318250E4B49E142, "Read back exactly, so there is nothing to choose."),
    ("single_precision_widened", 0x4024333340000000, "10.1 as binary32, widened"),
    ("tenth_power_minus_four", 0x3F1A36E2EB1C432D, "The smallest power of ten in positional form."),
    ("tenth_power_minus_five", 0x3EE4F8B588E368F1, "1e-5, and not 1e-05 as in Python."),
    ("below_minus_four", 0x3F1A36E2EB1C432C, "The number before 0.0001 is scientific."),
    ("tenth_power_fifteen", 0x430C6BF526340000, "1000000000000000.0"),
    ("tenth_power_sixteen", 0x4341C37937E08000, "Neither 1e+16 nor 10000000000000000.0."),
    ("below_tenth_power_sixteen", 0x4341C37937E07FFF, "The last one in positional form."),
    ("two_to_53", 0x4340000000000000, "9007199254740992.0"),
    ("digits_with_negative_exponent", 0x3E8421F5F40D8376, "1.5e-7"),
    ("largest", 0x7FEFFFFFFFFFFFFF, "The largest finite number."),
    ("smallest_normal", 0x0010000000000000, "Below a power of two the gap is half as wide."),
    ("largest_subnormal", 0x000FFFFFFFFFFFFF, "One bit less than the smallest normal number."),
    ("smallest_subnormal", 0x0000000000000001, "One digit, so no point; neither 4.9 nor 5.0."),
    ("second_subnormal", 0x0000000000000002, "1e-323, not 9.9e-324 or 10e-324"),
    ("ten_to_the_23", 0x44B52D02C7E14AF6, "The number is not 10^23; one digit is enough."),
    ("above_ten_to_the_23", 0x44B52D02C7E14AF7, "The next one above."),
    ("nine_quintillion", 0x43E0000000000000, "2^63: no digits that are not needed."),
    ("negative", 0xC00921FB54442D18, "-pi"),
    ("negative_zero", 0x8000000000000000, "The sign of zero is shown."),
    ("infinity", 0x7FF0000000000000, ""),
    ("negative_infinity", 0xFFF0000000000000, ""),
    ("nan", 0x7FF8000000000000, ""),
    ("nan_with_sign_and_payload", 0xFFF8000000000001, "Every NaN is the same NaN."),
]  # fmt: skip

HEADER = """\
# proto-file: testingkit/conformance/v1/case.proto
# proto-message: testingkit.conformance.v1.Suite

# Printed by conformance_cases/oracles/float_text.py.

name: "render/floats"
description: "Canonical text of floats, from an oracle that uses exact arithmetic"
service: "testingkit.kit.v1.RenderService"
audit { max_liar_share: 0.1 }
defaults {
  method: "Canonical"
}
"""


def value_of(bits: int) -> Fraction:
    """Give the exact value of a finite number that is not negative."""
    exponent, mantissa = bits >> 52, bits & (2**52 - 1)
    if exponent == 0:
        return Fraction(mantissa, 2**1074)
    return Fraction(2**52 + mantissa) * Fraction(2) ** (exponent - 1075)


def reads_back(candidate: Fraction, bits: int) -> bool:
    """Tell whether the nearest number to the candidate, ties to even, is this one."""
    number = value_of(bits)
    neighbour = value_of(bits - 1) if candidate < number else _above(bits)
    distance, half_gap = abs(candidate - number), abs(neighbour - number) / 2
    return distance < half_gap or (distance == half_gap and bits % 2 == 0)


def _above(bits: int) -> Fraction:
    """Give the next number; after the largest one, the one that more exponents would give."""
    return value_of(bits + 1) if bits + 1 < 0x7FF0000000000000 else Fraction(2) ** 1024


def shortest(bits: int) -> tuple[str, int]:
    """Give the digits and the exponent e of d.ddd x 10^e for a number above zero."""
    number = value_of(bits)
    exponent = 0
    while Fraction(10) ** exponent > number:
        exponent -= 1
    while Fraction(10) ** (exponent + 1) <= number:
        exponent += 1
    for count in range(1, 18):
        unit = Fraction(10) ** (exponent - count + 1)
        below = number // unit
        found = [n for n in (below, below + 1) if reads_back(n * unit, bits)]
        if found:
            best = min(found, key=lambda n: (abs(n * unit - number), n % 2))
            digits = str(best)
            # One more than 99...9 has one digit more, all zeros but the first.
            return digits[:count].rstrip("0"), exponent + len(digits) - count
    raise AssertionError("17 digits always read back")


def text_of(bits: int) -> str:
    """Give the canonical text."""
    sign, bits = "-" if bits >> 63 else "", bits & (2**63 - 1)
    if bits > 0x7FF0000000000000:
        return "NaN"
    if bits == 0x7FF0000000000000:
        return f"{sign}inf"
    if bits == 0:
        return f"{sign}0.0"
    digits, exponent = shortest(bits)
    if not -4 <= exponent < 16:
        return f"{sign}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{exponent}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{digits}"
    digits = digits.ljust(exponent + 1, "0")
    return f"{sign}{digits[: exponent + 1]}.{digits[exponent + 1 :] or '0'}"


def case(name: str, bits: int, description: str) -> str:
    """Give one case of the file."""
    lines = ["", "cases {", f'  name: "{name}"']
    if description:
        lines.append(f'  description: "{description}"')
    lines += [
        '  spec_ref: "docs/kit/render.md#floats"',
        f"  request {{ value {{ float_bits: {bits:#018x} }} }}",
        f'  expect {{ response {{ text: "{text_of(bits)}" }} }}',
        "}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(HEADER + "\n".join(case(*number) for number in NUMBERS))
