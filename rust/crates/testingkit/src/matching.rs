//! Matchers: assertions with native arguments, and the result of one on a native value.
//!
//! The functions of [`matchers`](crate::matchers) return a [`Matcher`], which [`require!`](crate::require),
//! [`expect!`](crate::expect!) and [`check!`](crate::check) compare a value with. A matcher keeps its
//! arguments as they are. They are converted only for an assertion that does not plainly pass.

mod arguments;
mod evaluate;
mod failure;
mod fast;
mod nested;
mod shapes;
#[cfg(test)]
mod tests;

pub mod takes;

pub use arguments::{Argument, Arguments};
pub(crate) use evaluate::stop;
#[doc(hidden)]
pub use evaluate::{check, require};
pub use failure::{AssertionFailure, Unconverted};
pub use fast::Definition;
pub use nested::{Checks, Nested, NestedList};
pub use shapes::{NativeShape, ToShape, anything};
#[doc(hidden)]
pub use shapes::{entry, list, map, record};

use std::fmt;

use crate::assertions::Assertion;
use crate::value::{Plain, ToValue};

/// An assertion with its arguments, as a function of [`matchers`](crate::matchers) returns it.
///
/// ```
/// use testingkit::prelude::*;
///
/// let die = is_between(1, 6);
/// require!(4, die);
/// assert!(!die.matches(&7));
/// assert_eq!(die.to_string(), "is_between(low: 1, high: 6)");
/// ```
#[derive(Clone, Copy)]
#[must_use = "a matcher does nothing until a value is compared with it"]
pub struct Matcher<A> {
    definition: &'static Definition,
    arguments: A,
}

impl<A: Arguments> Matcher<A> {
    /// Returns a matcher with the arguments in the order of the definition.
    pub const fn new(definition: &'static Definition, arguments: A) -> Self {
        Self {
            definition,
            arguments,
        }
    }

    /// Returns whether the assertion passes for a value.
    #[inline]
    pub fn matches<T: ToValue + ?Sized>(&self, actual: &T) -> bool {
        self.check(actual).is_ok()
    }

    /// Compares a value with the matcher.
    ///
    /// # Errors
    /// The assertion does not pass, or a value does not convert.
    #[inline]
    #[track_caller]
    pub fn check<T: ToValue + ?Sized>(&self, actual: &T) -> Result<(), AssertionFailure> {
        check(actual, self, None)
    }
}

/// What a value is compared with: a [`Matcher`], a reference to one, or one in a box.
///
/// Write `impl Check` for the matcher that a function of your own takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a matcher",
    label = "expected a matcher, such as `equal(1)`"
)]
pub trait Check {
    /// Returns the assertion with its arguments as values.
    ///
    /// # Errors
    /// An argument does not convert.
    fn assertion(&self) -> Result<Assertion, Unconverted>;

    /// Returns whether the assertion passes, as far as that can be seen without a conversion.
    #[doc(hidden)]
    fn plainly_passes(&self, actual: Plain<'_>) -> bool;
}

impl<A: Arguments> Check for Matcher<A> {
    fn assertion(&self) -> Result<Assertion, Unconverted> {
        let mut assertion = Assertion::new(self.definition.name());
        let added = self
            .arguments
            .add_to(&mut assertion, self.definition.parameters());
        match added {
            Ok(()) => Ok(assertion),
            Err(unconverted) => Err(unconverted.within(assertion)),
        }
    }

    #[inline]
    fn plainly_passes(&self, actual: Plain<'_>) -> bool {
        self.definition
            .fast()
            .is_some_and(|fast| self.arguments.pass(fast, actual))
    }
}

macro_rules! check_through {
    ($($native:ty)*) => {
        $(impl<C: Check + ?Sized> Check for $native {
            fn assertion(&self) -> Result<Assertion, Unconverted> {
                (**self).assertion()
            }

            #[inline]
            fn plainly_passes(&self, actual: Plain<'_>) -> bool {
                (**self).plainly_passes(actual)
            }
        })*
    };
}
check_through!(&C Box<C>);

/// Writes the assertion as in the text of a failure.
impl<A: Arguments> fmt::Display for Matcher<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.assertion() {
            Ok(assertion) => f.write_str(&assertion.call_text()),
            Err(unconverted) => f.write_str(&unconverted.assertion().call_text()),
        }
    }
}

impl<A: Arguments> fmt::Debug for Matcher<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
