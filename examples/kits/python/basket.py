"""A basket: lines, discounts, a total and a receipt. All prices are in cents."""

from __future__ import annotations

from dataclasses import dataclass

VOUCHERS = {"WELCOME": 500}


class NegativeQuantityError(ValueError):
    """A line has a negative quantity."""


class UnknownVoucherError(ValueError):
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
        self.percent = 0
        self.voucher = ""

    def add(self, name: str, unit_price: int, quantity: int = 1) -> None:
        if quantity < 0:
            raise NegativeQuantityError(f"{name}: {quantity}")
        self.lines.append(Line(name, unit_price, quantity))

    def discount(self, percent: int) -> None:
        self.percent = percent

    def redeem(self, code: str) -> None:
        if code not in VOUCHERS:
            raise UnknownVoucherError(code)
        self.voucher = code

    def subtotal(self) -> int:
        return sum(line.price for line in self.lines)

    def discounted(self) -> int:
        """Returns what the percentage takes off, rounded down."""
        return self.subtotal() * self.percent // 100

    def total(self) -> int:
        """Returns the price to pay, which is never below zero."""
        return max(0, self.subtotal() - self.discounted() - VOUCHERS.get(self.voucher, 0))

    def receipt(self) -> str:
        rows = [(f"{line.quantity} x {line.name}", line.price) for line in self.lines]
        rows.append(("subtotal", self.subtotal()))
        if self.percent:
            rows.append((f"discount {self.percent} %", -self.discounted()))
        if self.voucher:
            rows.append((f"voucher {self.voucher}", -VOUCHERS[self.voucher]))
        rows.append(("total", self.total()))
        return "".join(f"{what:<20}{cents / 100:>8.2f}\n" for what, cents in rows)
