//! Exact comparison of integers and floats.

use std::cmp::Ordering;

use super::Int;

/// A number, borrowed from a [`Value`](super::Value) by [`as_number`](super::Value::as_number).
///
/// Numbers are compared by their exact mathematical values, so 1 and 1.0 are the same. NaN has no
/// order.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "there are no other numbers")]
pub enum Number<'a> {
    /// An integer.
    Int(&'a Int),
    /// A float.
    Float(f64),
}

impl Number<'_> {
    /// Returns whether this is NaN.
    #[must_use]
    pub const fn is_nan(self) -> bool {
        matches!(self, Self::Float(float) if float.is_nan())
    }

    /// Returns the nearest binary64 number, ties to even; infinite for integers beyond its range.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Int(int) => int.to_f64(),
            Self::Float(float) => float,
        }
    }
}

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (*self, *other) {
            (Self::Int(one), Self::Int(two)) => Some(one.cmp(two)),
            (Self::Float(one), Self::Float(two)) => one.partial_cmp(&two),
            (Self::Int(one), Self::Float(two)) => compare_int_float(one, two),
            (Self::Float(one), Self::Int(two)) => {
                compare_int_float(two, one).map(Ordering::reverse)
            }
        }
    }
}

/// Compares with the whole part of the float first and with its fraction second, so that no bit is
/// lost.
fn compare_int_float(int: &Int, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float.is_infinite() {
        return Some(if float > 0.0 {
            Ordering::Less
        } else {
            Ordering::Greater
        });
    }
    let whole = float.trunc();
    let by_whole = int.cmp(&whole_float(whole));
    Some(by_whole.then_with(|| whole.partial_cmp(&float).unwrap_or(Ordering::Equal)))
}

/// Returns the integer that a whole, finite float is equal to.
pub(super) fn whole_float(whole: f64) -> Int {
    let bits = whole.abs().to_bits();
    let exponent = bits >> 52;
    if exponent < 1023 {
        return Int::from(0);
    }
    let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
    let power = exponent - 1023;
    if power <= 52 {
        return Int::from_scaled(whole < 0.0, mantissa >> (52 - power), 0);
    }
    let shift = u32::try_from(power - 52).unwrap_or(u32::MAX);
    Int::from_scaled(whole < 0.0, mantissa, shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_and_floats_compare_exactly() {
        let cases = [
            (
                9_007_199_254_740_993_i128,
                9_007_199_254_740_992.0,
                Ordering::Greater,
            ),
            (
                9_007_199_254_740_992,
                9_007_199_254_740_992.0,
                Ordering::Equal,
            ),
            (1, 1.5, Ordering::Less),
            (-1, -1.5, Ordering::Greater),
            (0, -0.0, Ordering::Equal),
            (0, 5e-324, Ordering::Less),
            (1 << 100, f64::INFINITY, Ordering::Less),
            (
                1 << 100,
                1_267_650_600_228_229_401_496_703_205_376.0,
                Ordering::Equal,
            ),
        ];
        for (int, float, expected) in cases {
            let int = Int::from(int);
            let order = Number::Int(&int).partial_cmp(&Number::Float(float));
            assert_eq!(order, Some(expected), "{int} and {float}");
        }
        let one = Int::from(1);
        assert_eq!(Number::Int(&one), Number::Float(1.0));
        assert_eq!(
            Number::Int(&one).partial_cmp(&Number::Float(f64::NAN)),
            None
        );
    }

    #[test]
    fn integers_beyond_the_range_of_floats_are_infinite() {
        let huge = "9".repeat(400).parse().map(|int: Int| int.to_f64());
        assert_eq!(huge, Ok(f64::INFINITY));
        assert_eq!(
            Int::from(9_007_199_254_740_993_i64).to_f64(),
            9_007_199_254_740_992.0
        );
    }
}
