"""Numbers as people read them."""

from __future__ import annotations


def count(number: int, noun: str, plural: str = "") -> str:
    """A number and a noun in the right form, such as ``1 case`` or ``2 entries``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def percent(share: float) -> str:
    """A share for people, in which a little is never shown as nothing, nor nearly all as all."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "<1 %"
    if whole == 100 and share < 1:
        return ">99 %"
    return f"{whole} %"
