"""Floats as text (docs/kit/render.md, floats)."""

from __future__ import annotations

import math


def float_text(number: float) -> str:
    """Returns the shortest digits that parse to the same number, in the notation of the kits.

    `repr` returns the same digits and uses an exponent for the same numbers, but writes it
    differently (`1e-05`, `1e+16`).
    """
    if math.isnan(number):
        return "NaN"
    digits, mark, exponent = repr(number).partition("e")
    return f"{digits}e{int(exponent)}" if mark else digits
