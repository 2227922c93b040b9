//! Tests that fail, to see what they print.

use testingkit::matching::AssertionFailure;
use testingkit::prelude::*;

use crate::tests::breakfast;
use crate::{Basket, BasketError};

#[testingkit::test]
fn total() -> Result<(), BasketError> {
    let basket = breakfast()?;
    expect!(basket.total(), equal(600), "{} lines", basket.lines.len());
    expect!(basket.subtotal(), is_even());
    expect!(basket.total(), is_between(600, 700));
    Ok(())
}

#[test]
fn receipt() -> Result<(), BasketError> {
    let expected = [
        "1 x bread           3.20",
        "6 x egg             2.60",
        "Total               5.80",
    ];
    require!(breakfast()?.receipt(), equal(expected));
    Ok(())
}

#[test]
fn item() -> Result<(), BasketError> {
    let prices: Vec<_> = breakfast()?.lines.iter().map(|line| line.price()).collect();
    require!(prices, all_satisfy(is_at_least(300)));
    Ok(())
}

#[test]
fn result() -> Result<(), AssertionFailure> {
    check!(590, is_less_than(100), "the total")
}

#[test]
fn conversion() {
    let stock = std::sync::Mutex::new(6);
    let _guard = stock.lock();
    require!(("egg", &stock), has_length(2));
}

#[test]
fn kind() {
    require!(590, not_contains(5));
}

#[test]
fn voucher() {
    require!(Basket::default().redeem("SPRING"), succeeds());
}

#[test]
fn shape() -> Result<(), BasketError> {
    require!(
        breakfast()?.lines,
        matches_shape(shape!([
            Line {
                name: is_ascii(),
                unit_price: 320,
                quantity: is_positive()
            },
            Line {
                name: "egg",
                unit_price: is_multiple_of(10),
                quantity: anything()
            },
        ]))
    );
    Ok(())
}
