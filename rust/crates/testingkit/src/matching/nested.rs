//! Matchers as arguments of matchers.

use std::mem;

use super::{Argument, Check, Unconverted};
use crate::assertions::Assertion;

/// A matcher as an argument.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "its one field is what it wraps")]
pub struct Nested<C>(pub C);

impl<C: Check> Argument for Nested<C> {
    fn add_to(&self, assertion: &mut Assertion, name: &'static str) -> Result<(), Unconverted> {
        let nested = self.0.assertion()?;
        *assertion = mem::take(assertion).with_argument(name, nested);
        Ok(())
    }
}

/// A list of matchers as an argument.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "its one field is what it wraps")]
pub struct NestedList<C>(pub C);

impl<C: Checks> Argument for NestedList<C> {
    fn add_to(&self, assertion: &mut Assertion, name: &'static str) -> Result<(), Unconverted> {
        let nested = self.0.assertions()?;
        *assertion = mem::take(assertion).with_argument(name, nested);
        Ok(())
    }
}

/// A list of matchers: an array, a `Vec`, or a tuple of up to 12, whose types can differ.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of matchers",
    label = "expected several matchers, such as `(is_not_empty(), contains(1))`"
)]
pub trait Checks {
    /// Returns the assertions with their arguments as values.
    ///
    /// # Errors
    /// An argument does not convert.
    fn assertions(&self) -> Result<Vec<Assertion>, Unconverted>;
}

impl<C: Check> Checks for [C] {
    fn assertions(&self) -> Result<Vec<Assertion>, Unconverted> {
        self.iter().map(Check::assertion).collect()
    }
}

impl<C: Check, const N: usize> Checks for [C; N] {
    fn assertions(&self) -> Result<Vec<Assertion>, Unconverted> {
        self.as_slice().assertions()
    }
}

impl<C: Check> Checks for Vec<C> {
    fn assertions(&self) -> Result<Vec<Assertion>, Unconverted> {
        self.as_slice().assertions()
    }
}

impl<C: Checks + ?Sized> Checks for &C {
    fn assertions(&self) -> Result<Vec<Assertion>, Unconverted> {
        (**self).assertions()
    }
}

macro_rules! checks {
    ($(($($name:ident $place:tt),*);)*) => {
        $(impl<$($name: Check),*> Checks for ($($name,)*) {
            fn assertions(&self) -> Result<Vec<Assertion>, Unconverted> {
                Ok(vec![$(self.$place.assertion()?),*])
            }
        })*
    };
}
checks! {
    ();
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
}
