"""Formats numbers for people."""

from __future__ import annotations


def count(number: int, noun: str, plural: str = "") -> str:
    """Returns a number and its noun in singular or plural: ``1 case``, ``2 entries``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def percent(share: float) -> str:
    """Returns a share in per cent; only exactly 0 and 1 are ``0 %`` and ``100 %``."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "<1 %"
    if whole == 100 and share < 1:
        return ">99 %"
    return f"{whole} %"
