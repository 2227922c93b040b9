"""Tests of the basket. failing_basket.py has the same tests with wrong expectations."""

from __future__ import annotations

import pytest
from basket import Basket, Line, NegativeQuantityError, UnknownVoucherError

from testingkit import expect, match, require


@pytest.fixture
def basket() -> Basket:
    basket = Basket()
    basket.add("tea", 350, 2)
    basket.add("milk", 120)
    return basket


def test_lines_are_in_the_order_of_adding(basket: Basket) -> None:
    require(basket.lines).has_length(2).has_first(Line("tea", 350, 2))
    assert basket.lines == [
        match.equal(Line("tea", 350, 2)),
        match.is_record_named("Line"),
    ]


def test_subtotal_is_the_sum_of_all_lines(basket: Basket) -> None:
    require(basket.subtotal()).equal(820)
    require(Basket().subtotal(), note="no lines").is_zero()


def test_percentage_is_rounded_down(basket: Basket) -> None:
    basket.discount(15)
    require(basket.total()).equal(697)


@pytest.mark.parametrize("percent", [0, 50, 100])
def test_total_is_never_below_zero(basket: Basket, percent: int) -> None:
    basket.discount(percent)
    basket.redeem("WELCOME")
    require(basket.total(), note=f"{percent} %").is_between(0, 320)


def test_receipt(basket: Basket) -> None:
    basket.discount(10)
    basket.redeem("WELCOME")
    lines = basket.receipt().splitlines()
    # All of these are evaluated, even if some fail.
    expect(lines).has_length(6)
    expect(lines[0]).starts_with("2 x tea").ends_with("7.00")
    expect(lines[3]).contains_text("-0.82")
    expect(lines[-1]).equal("total                   2.38")


def test_errors(basket: Basket) -> None:
    with pytest.raises(UnknownVoucherError) as caught:
        basket.redeem("HELLO")
    require(str(caught.value)).equal("HELLO")
    with pytest.raises(NegativeQuantityError) as refused:
        basket.add("tea", 350, -1)
    require(str(refused.value)).contains_all_text(["tea", "-1"])
    require(basket.lines, note="the refused line").has_length(2)
