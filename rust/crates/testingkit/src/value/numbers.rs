//! Exact comparison of integers and floats.

use std::cmp::Ordering;

use super::{Int, Value};

/// A value that is a number, borrowed.
#[derive(Debug, Clone, Copy)]
pub enum Number<'a> {
    /// An integer.
    Int(&'a Int),
    /// A float.
    Float(f64),
}

impl<'a> Number<'a> {
    /// The number in a value, if it is one.
    #[must_use]
    pub const fn of(value: &'a Value) -> Option<Self> {
        match value {
            Value::Int(int) => Some(Self::Int(int)),
            Value::Float(float) => Some(Self::Float(*float)),
            _ => None,
        }
    }

    /// Whether this is the one NaN.
    #[must_use]
    pub const fn is_nan(self) -> bool {
        matches!(self, Self::Float(float) if float.is_nan())
    }

    /// The order by exact mathematical value, 1 and 1.0 being the same; none for NaN.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(two)) => Some(one.cmp(two)),
            (Self::Float(one), Self::Float(two)) => one.partial_cmp(&two),
            (Self::Int(one), Self::Float(two)) => compare_int_float(one, two),
            (Self::Float(one), Self::Int(two)) => {
                compare_int_float(two, one).map(Ordering::reverse)
            }
        }
    }

    /// The nearest binary64 number, ties to even; integers beyond its range are infinite.
    #[must_use]
    pub fn nearest_float(self) -> f64 {
        match self {
            Self::Int(int) => int.nearest_float(),
            Self::Float(float) => float,
        }
    }
}

/// Compares with the whole part of the float first, then with what the float has beyond it, so that
/// no bit is lost.
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

/// The integer that a whole, finite float is.
fn whole_float(whole: f64) -> Int {
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
            let order = Number::Int(&int).compare(Number::Float(float));
            assert_eq!(order, Some(expected), "{int} and {float}");
        }
        let one = Int::from(1);
        assert_eq!(Number::Int(&one).compare(Number::Float(f64::NAN)), None);
    }

    #[test]
    fn a_float_out_of_range_is_infinite() {
        let huge = Int::parse(&"9".repeat(400)).map(|int| int.nearest_float());
        assert_eq!(huge, Ok(f64::INFINITY));
        assert_eq!(
            Int::from(9_007_199_254_740_993_i64).nearest_float(),
            9_007_199_254_740_992.0
        );
    }
}
