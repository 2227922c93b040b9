//! Integers of any size, with the few operations that the kit needs.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::{ConversionError, ErrorCode, limits};

const LIMB: u64 = 1_000_000_000;
const LIMB_DIGITS: usize = 9;

/// An integer of up to [`limits::MAX_INT_DIGITS`] digits.
///
/// It is parsed from `-?[0-9]+` and made from every native integer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Int {
    negative: bool,
    /// Nine decimal digits each, the least first, without leading zeros: parsing and printing, the
    /// most frequent operations, are then simple.
    limbs: Vec<u32>,
}

impl Int {
    /// Returns the integer as `i64`, if it fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        if self.limbs.len() > 3 {
            return None;
        }
        let magnitude = self.limbs.iter().rev().fold(0_i128, |sum, limb| {
            sum * i128::from(LIMB) + i128::from(*limb)
        });
        i64::try_from(if self.negative { -magnitude } else { magnitude }).ok()
    }

    /// Returns the nearest binary64 number, ties to even; infinite beyond its range.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // The standard library rounds correctly when it parses decimal text, and digits always
        // parse.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Returns whether the integer is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.negative
    }

    /// Returns the absolute difference of two integers.
    #[must_use]
    pub fn abs_diff(&self, other: &Self) -> Self {
        let opposite = Self {
            negative: !other.negative,
            limbs: other.limbs.clone(),
        };
        let difference = self.plus(&opposite);
        Self::from_parts(false, difference.limbs)
    }

    /// Returns whether the integer has more digits than the limit.
    pub(crate) fn is_too_large(&self) -> bool {
        let digits = self.to_string().len() - usize::from(self.negative);
        digits > limits::MAX_INT_DIGITS
    }

    /// Returns the sum of two integers. It can have more digits than the limit.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        if self.negative == other.negative {
            Self::from_parts(self.negative, add(&self.limbs, &other.limbs))
        } else if compare_limbs(&self.limbs, &other.limbs) == Ordering::Less {
            Self::from_parts(other.negative, subtract(&other.limbs, &self.limbs))
        } else {
            Self::from_parts(self.negative, subtract(&self.limbs, &other.limbs))
        }
    }

    /// Returns the product with a factor. It can have more digits than the limit.
    pub(crate) fn times(&self, factor: u32) -> Self {
        let mut limbs = self.limbs.clone();
        multiply_small(&mut limbs, u64::from(factor));
        Self::from_parts(self.negative, limbs)
    }

    /// Returns whether the integer is a multiple of two.
    #[must_use]
    pub fn is_even(&self) -> bool {
        // Two divides every limb but the first one, because it divides their base.
        self.limbs.first().is_none_or(|limb| limb % 2 == 0)
    }

    /// Returns the remainder of the division by another integer, which is never negative.
    ///
    /// # Panics
    /// If the other integer is 0.
    #[must_use]
    pub fn rem_euclid(&self, divisor: &Self) -> Self {
        assert!(!divisor.limbs.is_empty(), "the divisor is 0");
        let rest = Self::from_parts(false, remainder(&self.limbs, &divisor.limbs));
        if self.negative && !rest.limbs.is_empty() {
            return Self::from_parts(false, subtract(&divisor.limbs, &rest.limbs));
        }
        rest
    }

    /// Returns `mantissa * 2^exponent`, which can be over the limit of digits.
    pub(crate) fn from_scaled(negative: bool, mantissa: u64, exponent: u32) -> Self {
        let mut limbs = Self::from(mantissa).limbs;
        let mut left = exponent;
        while left > 0 {
            let step = left.min(30);
            multiply_small(&mut limbs, 1 << step);
            left -= step;
        }
        Self::from_parts(negative, limbs)
    }

    fn from_parts(negative: bool, mut limbs: Vec<u32>) -> Self {
        trim(&mut limbs);
        Self {
            negative: negative && !limbs.is_empty(),
            limbs,
        }
    }

    fn from_magnitude(negative: bool, mut magnitude: u128) -> Self {
        let mut limbs = Vec::new();
        while magnitude > 0 {
            limbs.push(low(magnitude % u128::from(LIMB)));
            magnitude /= u128::from(LIMB);
        }
        Self::from_parts(negative, limbs)
    }
}

impl FromStr for Int {
    type Err = ConversionError;

    /// Parses `-?[0-9]+`. The error is `too_large` over the limit of digits and `bad_argument` for
    /// any other text.
    fn from_str(text: &str) -> Result<Self, ConversionError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ConversionError::new(ErrorCode::BadArgument));
        }
        let digits = digits.trim_start_matches('0');
        if digits.len() > limits::MAX_INT_DIGITS {
            return Err(ConversionError::new(ErrorCode::TooLarge));
        }
        let limbs = digits
            .as_bytes()
            .rchunks(LIMB_DIGITS)
            .map(parse_limb)
            .collect();
        Ok(Self::from_parts(negative, limbs))
    }
}

macro_rules! from_native {
    (signed: $($signed:ty)*; unsigned: $($unsigned:ty)*) => {
        $(impl From<$signed> for Int {
            fn from(number: $signed) -> Self {
                Self::from_magnitude(number < 0, number.unsigned_abs() as u128)
            }
        })*
        $(impl From<$unsigned> for Int {
            fn from(number: $unsigned) -> Self {
                Self::from_magnitude(false, number as u128)
            }
        })*
    };
}
from_native!(signed: i8 i16 i32 i64 i128 isize; unsigned: u8 u16 u32 u64 u128 usize);

impl Ord for Int {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => compare_limbs(&self.limbs, &other.limbs),
            (true, true) => compare_limbs(&other.limbs, &self.limbs),
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.limbs.split_last() else {
            return f.write_str("0");
        };
        if self.negative {
            f.write_str("-")?;
        }
        write!(f, "{first}")?;
        rest.iter()
            .rev()
            .try_for_each(|limb| write!(f, "{limb:09}"))
    }
}

fn parse_limb(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// Narrows a sum or product that the caller has reduced to less than [`LIMB`].
#[expect(
    clippy::cast_possible_truncation,
    reason = "callers reduce by LIMB first"
)]
const fn low(number: u128) -> u32 {
    number as u32
}

fn compare_limbs(left: &[u32], right: &[u32]) -> Ordering {
    left.len()
        .cmp(&right.len())
        .then_with(|| left.iter().rev().cmp(right.iter().rev()))
}

fn add(left: &[u32], right: &[u32]) -> Vec<u32> {
    let mut carry = 0;
    let mut sum = Vec::with_capacity(left.len().max(right.len()) + 1);
    for place in 0..left.len().max(right.len()) {
        let limb = carry + limb_at(left, place) + limb_at(right, place);
        sum.push(low(u128::from(limb % LIMB)));
        carry = limb / LIMB;
    }
    sum.push(low(u128::from(carry)));
    sum
}

/// Returns `left - right`. `left` must not be the smaller one.
fn subtract(left: &[u32], right: &[u32]) -> Vec<u32> {
    let mut borrow = 0;
    let mut rest = Vec::with_capacity(left.len());
    for place in 0..left.len() {
        let limb = LIMB + limb_at(left, place) - limb_at(right, place) - borrow;
        rest.push(low(u128::from(limb % LIMB)));
        borrow = u64::from(limb < LIMB);
    }
    rest
}

fn limb_at(limbs: &[u32], place: usize) -> u64 {
    limbs.get(place).copied().map_or(0, u64::from)
}

/// Returns the remainder of a division. The divisor must not be 0.
fn remainder(dividend: &[u32], divisor: &[u32]) -> Vec<u32> {
    let mut rest = Vec::new();
    for limb in dividend.iter().rev() {
        rest.insert(0, *limb);
        trim(&mut rest);
        while compare_limbs(&rest, divisor) != Ordering::Less {
            let mut part = divisor.to_vec();
            multiply_small(&mut part, quotient(&rest, divisor));
            rest = subtract(&rest, &part);
            trim(&mut rest);
        }
    }
    rest
}

/// Returns an estimate of `rest / divisor` that is at least 1 and never too large. The quotient
/// must be at least 1 and less than [`LIMB`].
fn quotient(rest: &[u32], divisor: &[u32]) -> u64 {
    // The leading two limbs make the estimate so good that few steps are left.
    let cut = divisor.len().saturating_sub(2);
    let leading = |limbs: &[u32]| {
        let limbs = limbs.iter().skip(cut).rev();
        limbs.fold(0, |sum, limb| sum * u128::from(LIMB) + u128::from(*limb))
    };
    let estimate = leading(rest) / (leading(divisor) + 1);
    u64::from(low(estimate).max(1))
}

fn trim(limbs: &mut Vec<u32>) {
    while limbs.last() == Some(&0) {
        limbs.pop();
    }
}

fn multiply_small(limbs: &mut Vec<u32>, factor: u64) {
    let mut carry = 0;
    for limb in limbs.iter_mut() {
        let product = u64::from(*limb) * factor + carry;
        *limb = low(u128::from(product % LIMB));
        carry = product / LIMB;
    }
    while carry > 0 {
        limbs.push(low(u128::from(carry % LIMB)));
        carry /= LIMB;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Result<String, ErrorCode> {
        let int = text.parse::<Int>().map_err(|error| error.code)?;
        Ok(int.to_string())
    }

    #[test]
    fn decimal_text_parses_and_prints_unchanged() {
        for text in ["0", "-1", "999999999", "1000000000", "-9223372036854775809"] {
            assert_eq!(printed(text), Ok(text.to_owned()));
        }
        assert_eq!(printed("-000"), Ok("0".to_owned()));
        for text in ["1_000", "-", "", "+1"] {
            assert_eq!(printed(text), Err(ErrorCode::BadArgument), "{text}");
        }
        assert_eq!(printed(&"9".repeat(4001)), Err(ErrorCode::TooLarge));
    }

    #[test]
    fn to_i64_returns_none_beyond_64_bits() {
        assert_eq!(Int::from(i64::MIN).to_i64(), Some(i64::MIN));
        assert_eq!(Int::from(i64::MAX).to_i64(), Some(i64::MAX));
        assert_eq!(Int::from(u64::MAX).to_i64(), None);
        assert_eq!(Int::from(i128::MIN).to_string(), i128::MIN.to_string());
    }

    #[test]
    fn arithmetic_agrees_with_that_of_128_bits() {
        let numbers = [
            i64::MIN,
            -1_000_000_000,
            -1,
            0,
            1,
            999_999_999,
            1 << 40,
            i64::MAX,
        ];
        for one in numbers {
            for other in numbers {
                let expected = i128::from(one).abs_diff(i128::from(other));
                assert_eq!(
                    Int::from(one).abs_diff(&Int::from(other)),
                    Int::from(expected)
                );
                assert_eq!(Int::from(one).cmp(&Int::from(other)), one.cmp(&other));
                assert_eq!(
                    Int::from(one).plus(&Int::from(other)),
                    Int::from(i128::from(one) + i128::from(other))
                );
            }
        }
    }

    #[test]
    fn remainders_agree_with_128_bit_arithmetic() {
        let numbers = [
            i128::MIN + 1,
            -(1 << 100),
            -1_000_000_001,
            -7,
            -1,
            0,
            1,
            3,
            999_999_999,
            1_000_000_000,
            999_999_999_999_999_999,
            1_000_000_000_000_000_001,
            1 << 62,
            i128::MAX,
        ];
        for one in numbers {
            assert_eq!(Int::from(one).is_even(), one % 2 == 0, "{one}");
            for other in numbers.into_iter().filter(|other| *other != 0) {
                assert_eq!(
                    Int::from(one).rem_euclid(&Int::from(other)),
                    Int::from(one.rem_euclid(other)),
                    "{one} and {other}"
                );
            }
        }
    }

    #[test]
    fn products_agree_with_those_of_128_bits() {
        for number in [i64::MIN, -1, 0, 7, 999_999_999, i64::MAX] {
            for factor in [0, 1, 1000, u32::MAX] {
                let expected = i128::from(number) * i128::from(factor);
                assert_eq!(Int::from(number).times(factor), Int::from(expected));
            }
        }
    }

    #[test]
    fn from_scaled_is_exact() {
        assert_eq!(
            Int::from_scaled(true, 3, 100),
            Int::from(-3 * (1_i128 << 100))
        );
    }
}
