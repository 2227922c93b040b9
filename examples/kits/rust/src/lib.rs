//! The price of an order.

use std::error::Error;
use std::fmt;

#[cfg(all(test, feature = "failing"))]
mod failing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod values;

/// The cents that each voucher takes off.
const VOUCHERS: [(&str, i64); 2] = [("WELCOME5", 500), ("SORRY", 1500)];

/// An article of a basket.
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(testingkit::value::ToValue))]
pub struct Line {
    pub name: String,
    /// In cents.
    pub unit_price: i64,
    pub quantity: i64,
}

impl Line {
    /// Returns the price of the line in cents.
    pub fn price(&self) -> i64 {
        self.unit_price * self.quantity
    }
}

/// An order with its discounts.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(testingkit::value::ToValue))]
pub struct Basket {
    pub lines: Vec<Line>,
    percent: i64,
    voucher: i64,
}

/// What a basket refuses.
#[derive(Debug)]
pub enum BasketError {
    NegativeQuantity(i64),
    UnknownVoucher(String),
}

impl fmt::Display for BasketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NegativeQuantity(quantity) => write!(f, "negative quantity: {quantity}"),
            Self::UnknownVoucher(code) => write!(f, "unknown voucher: {code}"),
        }
    }
}

impl Error for BasketError {}

impl Basket {
    /// Adds a line. The unit price is in cents.
    pub fn add(&mut self, name: &str, unit_price: i64, quantity: i64) -> Result<(), BasketError> {
        if quantity < 0 {
            return Err(BasketError::NegativeQuantity(quantity));
        }
        self.lines.push(Line {
            name: name.to_owned(),
            unit_price,
            quantity,
        });
        Ok(())
    }

    /// Takes a percentage off the subtotal.
    pub fn discount(&mut self, percent: i64) {
        self.percent = percent;
    }

    /// Takes the amount of a voucher off the total.
    pub fn redeem(&mut self, code: &str) -> Result<(), BasketError> {
        let known = VOUCHERS.iter().find(|(known, _)| *known == code);
        let (_, amount) = known.ok_or_else(|| BasketError::UnknownVoucher(code.to_owned()))?;
        self.voucher = *amount;
        Ok(())
    }

    /// Returns the price of all lines in cents.
    pub fn subtotal(&self) -> i64 {
        self.lines.iter().map(Line::price).sum()
    }

    /// Returns the price after the discounts in cents. It is never below zero.
    pub fn total(&self) -> i64 {
        let subtotal = self.subtotal();
        (subtotal - subtotal * self.percent / 100 - self.voucher).max(0)
    }

    /// Returns the lines of the receipt.
    pub fn receipt(&self) -> Vec<String> {
        let lines = self.lines.iter();
        let mut receipt: Vec<_> = lines
            .map(|line| row(&format!("{} x {}", line.quantity, line.name), line.price()))
            .collect();
        let off = self.subtotal() - self.total();
        if off > 0 {
            receipt.push(row("Discount", -off));
        }
        receipt.push(row("Total", self.total()));
        receipt
    }
}

fn row(text: &str, cents: i64) -> String {
    format!("{text:<16}{:8.2}", cents as f64 / 100.0)
}
