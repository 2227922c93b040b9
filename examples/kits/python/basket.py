"""Computes the price of an order, in cents."""

from __future__ import annotations

from dataclasses import dataclass

# The cents that each voucher takes off.
VOUCHERS = {"WELCOME5": 500, "SORRY": 1500}


class QuantityError(ValueError):
    """A quantity is negative."""


class VoucherError(ValueError):
    """No voucher has this code."""


@dataclass(frozen=True)
class Line:
    name: str
    unit_price: int
    quantity: int

    @property
    def price(self) -> int:
        return self.unit_price * self.quantity


class Basket:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._percent = 0
        self._voucher = 0

    def add(self, name: str, unit_price: int, quantity: int) -> None:
        if quantity < 0:
            raise QuantityError(f"negative quantity: {quantity}")
        self.lines.append(Line(name, unit_price, quantity))

    def discount(self, percent: int) -> None:
        self._percent = percent

    def redeem(self, code: str) -> None:
        if code not in VOUCHERS:
            raise VoucherError(f"unknown voucher: {code}")
        self._voucher = VOUCHERS[code]

    def subtotal(self) -> int:
        return sum(line.price for line in self.lines)

    def total(self) -> int:
        """Returns the price after the discounts, which is never below zero."""
        subtotal = self.subtotal()
        return max(0, subtotal - subtotal * self._percent // 100 - self._voucher)

    def receipt(self) -> list[str]:
        rows = [_row(f"{line.quantity} x {line.name}", line.price) for line in self.lines]
        if off := self.subtotal() - self.total():
            rows.append(_row("Discount", -off))
        return [*rows, _row("Total", self.total())]


def _row(text: str, cents: int) -> str:
    return f"{text:<16}{cents / 100:8.2f}"
