//! Tests of the basket.

use testingkit::matching::AssertionFailure;
use testingkit::prelude::*;
use testingkit::value::ErrorType;

use crate::{Basket, BasketError, Line};

impl ErrorType for BasketError {
    fn testingkit_error_type(&self) -> &str {
        match self {
            Self::NegativeQuantity(_) => "QuantityError",
            Self::UnknownVoucher(_) => "VoucherError",
        }
    }
}

pub fn breakfast() -> Result<Basket, BasketError> {
    let mut basket = Basket::default();
    basket.add("bread", 320, 1)?;
    basket.add("egg", 45, 6)?;
    Ok(basket)
}

#[testingkit::test]
fn subtotal_is_the_sum_of_the_lines() -> Result<(), BasketError> {
    let basket = breakfast()?;
    require!(basket.lines, has_length(2));
    let eggs = Line {
        name: "egg".to_owned(),
        unit_price: 45,
        quantity: 6,
    };
    expect!(basket.lines[1], equal(eggs));
    expect!(basket.subtotal(), equal(590));
    Ok(())
}

#[testingkit::test]
fn totals() -> Result<(), BasketError> {
    for (percent, voucher, total) in [
        (0, None, 590),
        (10, None, 531),
        (10, Some("WELCOME5"), 31),
        (0, Some("SORRY"), 0),
    ] {
        let mut basket = breakfast()?;
        basket.discount(percent);
        if let Some(voucher) = voucher {
            basket.redeem(voucher)?;
        }
        expect!(
            basket.total(),
            equal(total),
            "{percent} %, voucher {voucher:?}"
        );
        expect!(basket.total(), is_between(0, basket.subtotal()));
    }
    Ok(())
}

#[testingkit::test]
fn receipt() -> Result<(), BasketError> {
    let mut basket = breakfast()?;
    basket.discount(10);
    require!(
        basket.receipt(),
        equal([
            "1 x bread           3.20",
            "6 x egg             2.70",
            "Discount           -0.59",
            "Total               5.31",
        ])
    );
    let is_row = satisfies_all((has_char_count(24), contains_text(".")));
    expect!(basket.receipt(), all_satisfy(is_row));
    Ok(())
}

#[testingkit::test]
fn errors() -> Result<(), BasketError> {
    let mut basket = breakfast()?;
    let refused = basket.add("milk", 99, -1);
    expect!(
        refused,
        equal(Err::<(), _>(BasketError::NegativeQuantity(-1)))
    );
    expect!(basket.redeem("FREE"), not_equal(Ok::<_, BasketError>(())));
    expect!(basket.lines, has_length(2));
    Ok(())
}

#[test]
fn a_helper_returns_the_failure() -> Result<(), AssertionFailure> {
    fn is_empty_basket(basket: &Basket) -> Result<(), AssertionFailure> {
        check!(basket.lines, is_empty())?;
        check!(basket.total(), is_zero(), "nothing costs nothing")
    }
    is_empty_basket(&Basket::default())
}
