"""Tests of the basket. failing_basket.py has the same tests with wrong expectations."""

from __future__ import annotations

import pytest
from basket import Basket, Line, QuantityError, VoucherError

from testingkit import expect, match, require


@pytest.fixture
def breakfast() -> Basket:
    basket = Basket()
    basket.add("bread", 320, 1)
    basket.add("egg", 45, 6)
    return basket


def test_subtotal_is_the_sum_of_the_lines(breakfast: Basket) -> None:
    require(breakfast.lines).has_length(2).has_last(Line("egg", 45, 6))
    require(breakfast.subtotal()).equal(590)
    require(Basket().subtotal(), note="no lines").is_zero()


@pytest.mark.parametrize(
    ("percent", "voucher", "total"),
    [(0, "", 590), (10, "", 531), (10, "WELCOME5", 31), (0, "SORRY", 0)],
)
def test_total(breakfast: Basket, percent: int, voucher: str, total: int) -> None:
    breakfast.discount(percent)
    if voucher:
        breakfast.redeem(voucher)
    note = f"{percent} %, voucher {voucher!r}"
    # Both are evaluated, even if the first fails.
    expect(breakfast.total(), note=note).equal(total)
    expect(breakfast.total(), note=note).is_between(0, breakfast.subtotal())


def test_receipt(breakfast: Basket) -> None:
    breakfast.discount(10)
    require(breakfast.receipt()).equal(
        [
            "1 x bread           3.20",
            "6 x egg             2.70",
            "Discount           -0.59",
            "Total               5.31",
        ]
    )
    assert breakfast.receipt()[-1] == match.has_char_count(24)


def test_errors(breakfast: Basket) -> None:
    with pytest.raises(QuantityError) as refused:
        breakfast.add("milk", 99, -1)
    require(str(refused.value)).ends_with("-1")
    with pytest.raises(VoucherError) as unknown:
        breakfast.redeem("FREE")
    require(str(unknown.value)).equal("unknown voucher: FREE")
    require(breakfast.lines, note="after the errors").has_length(2)
