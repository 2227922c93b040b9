//! Integers of any size: what the kit needs of them and no more.

use std::cmp::Ordering;
use std::fmt;

use super::{ConversionError, ErrorCode, limits};

const LIMB: u64 = 1_000_000_000;
const LIMB_DIGITS: usize = 9;

/// An integer of up to [`limits::MAX_INT_DIGITS`] digits.
///
/// Limbs of nine decimal digits, the least first, without leading zeros: reading and writing decimal
/// text is then simple, and both are what a kit does most with a big integer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Int {
    negative: bool,
    limbs: Vec<u32>,
}

impl Int {
    /// Reads `-?[0-9]+`.
    ///
    /// # Errors
    /// `bad_argument` for any other text, `too_large` over the limit of digits.
    pub fn parse(text: &str) -> Result<Self, ConversionError> {
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
            .map(read_limb)
            .collect();
        Ok(Self::from_parts(negative, limbs))
    }

    /// The value as `i64` where it fits.
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

    /// The nearest binary64 number, ties to even; infinite beyond its range.
    #[must_use]
    pub fn nearest_float(&self) -> f64 {
        // Reading decimal text rounds correctly in the standard library, and digits always read.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Whether this is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.negative
    }

    /// The distance to another integer, exactly.
    #[must_use]
    pub fn distance(&self, other: &Self) -> Self {
        let limbs = if self.negative != other.negative {
            add(&self.limbs, &other.limbs)
        } else if compare_limbs(&self.limbs, &other.limbs) == Ordering::Less {
            subtract(&other.limbs, &self.limbs)
        } else {
            subtract(&self.limbs, &other.limbs)
        };
        Self::from_parts(false, limbs)
    }

    /// `mantissa * 2^exponent`, exactly.
    pub(super) fn from_scaled(negative: bool, mantissa: u64, exponent: u32) -> Self {
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
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
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

fn read_limb(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// The part of a sum or product that stays in a limb; the caller has reduced it below 2^32.
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

/// `left - right`; `left` is not the smaller one.
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

    #[test]
    fn decimal_text_survives() {
        for text in ["0", "-1", "999999999", "1000000000", "-9223372036854775809"] {
            assert_eq!(
                Int::parse(text).map(|int| int.to_string()),
                Ok(text.to_owned())
            );
        }
        assert_eq!(
            Int::parse("-000").map(|int| int.to_string()),
            Ok("0".to_owned())
        );
        assert!(
            Int::parse("1_000").is_err() && Int::parse("-").is_err() && Int::parse("").is_err()
        );
    }

    #[test]
    fn sixty_four_bits_have_edges() {
        assert_eq!(Int::from(i64::MIN).to_i64(), Some(i64::MIN));
        assert_eq!(Int::from(i64::MAX).to_i64(), Some(i64::MAX));
        assert_eq!(Int::from(u64::MAX).to_i64(), None);
        assert_eq!(Int::from(i128::MIN).to_string(), i128::MIN.to_string());
    }

    #[test]
    fn distances_agree_with_128_bit_arithmetic() {
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
                    Int::from(one).distance(&Int::from(other)),
                    Int::from(expected)
                );
                assert_eq!(Int::from(one).cmp(&Int::from(other)), one.cmp(&other));
            }
        }
    }

    #[test]
    fn scaling_is_exact() {
        assert_eq!(
            Int::from_scaled(true, 3, 100),
            Int::from(-3 * (1_i128 << 100))
        );
    }
}
