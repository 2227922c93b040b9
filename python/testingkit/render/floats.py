"""Floats as text (docs/kit/render.md, floats)."""

from __future__ import annotations

import math


def float_text(number: float) -> str:
    """The shortest digits that read back, in the kits' own notation.

    `repr` gives these digits, and changes to an exponent at the same places; only the exponent is
    written differently (`1e-05`, `1e+16`).
    """
    if math.isnan(number):
        return "NaN"
    digits, mark, exponent = repr(number).partition("e")
    return f"{digits}e{int(exponent)}" if mark else digits
