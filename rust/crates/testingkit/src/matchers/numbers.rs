// Generated from `catalog/` by `make generate`. Do not edit.

//! Numbers.

use crate::matching::{Definition, Matcher, takes};

/// Passes when `actual` > 0.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1, is_positive());
/// assert!(!is_positive().matches(&-1));
/// ```
pub const fn is_positive() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_positive", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` < 0.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(-1, is_negative());
/// assert!(!is_negative().matches(&1));
/// ```
pub const fn is_negative() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_negative", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` <= 0.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(0, is_not_positive());
/// assert!(!is_not_positive().matches(&1));
/// ```
pub const fn is_not_positive() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_positive", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` >= 0.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(0, is_not_negative());
/// assert!(!is_not_negative().matches(&-1));
/// ```
pub const fn is_not_negative() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_negative", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is 0.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(0, is_zero());
/// assert!(!is_zero().matches(&1));
/// ```
pub const fn is_zero() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_zero", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is not 0; NaN passes.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1, is_not_zero());
/// assert!(!is_not_zero().matches(&0));
/// ```
pub const fn is_not_zero() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_zero", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when 2 divides `actual`.
///
/// `actual` is int.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(4, is_even());
/// assert!(!is_even().matches(&5));
/// ```
pub const fn is_even() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_even", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when 2 does not divide `actual`.
///
/// `actual` is int.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(5, is_odd());
/// assert!(!is_odd().matches(&4));
/// ```
pub const fn is_odd() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_odd", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when the remainder of `actual` by `divisor` is 0.
///
/// `actual` is int.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(12, is_multiple_of(3));
/// assert!(!is_multiple_of(3).matches(&13));
/// ```
pub const fn is_multiple_of<Divisor: takes::Integer>(divisor: Divisor) -> Matcher<(Divisor,)> {
    static DEFINITION: Definition = Definition::new("is_multiple_of", &["divisor"]);
    Matcher::new(&DEFINITION, (divisor,))
}

/// Passes when `actual` is the float NaN.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(f64::NAN, is_nan());
/// assert!(!is_nan().matches(&1.0));
/// ```
pub const fn is_nan() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_nan", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is not the float NaN.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1.0, is_not_nan());
/// assert!(!is_not_nan().matches(&f64::NAN));
/// ```
pub const fn is_not_nan() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_not_nan", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is an int, or a float that is neither NaN nor an infinity.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1.5, is_finite());
/// assert!(!is_finite().matches(&f64::INFINITY));
/// ```
pub const fn is_finite() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_finite", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is a float that is an infinity of any sign.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(-f64::INFINITY, is_infinite());
/// assert!(!is_infinite().matches(&1.5));
/// ```
pub const fn is_infinite() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_infinite", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is the float `-0.0`.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(-0.0, is_negative_zero());
/// assert!(!is_negative_zero().matches(&0.0));
/// ```
pub const fn is_negative_zero() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_negative_zero", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is an int, or a finite float without a fraction.
///
/// `actual` is number.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(7.0, is_integral());
/// assert!(!is_integral().matches(&7.5));
/// ```
pub const fn is_integral() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_integral", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is in the range of `bits` bits, with or without a sign.
///
/// `actual` is int.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(127, fits_in_bits(8, true));
/// assert!(!fits_in_bits(8, true).matches(&128));
/// ```
pub const fn fits_in_bits<Bits: takes::Integer>(bits: Bits, signed: bool) -> Matcher<(Bits, bool)> {
    static DEFINITION: Definition = Definition::new("fits_in_bits", &["bits", "signed"]);
    Matcher::new(&DEFINITION, (bits, signed))
}
