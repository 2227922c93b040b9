//! The native arguments of a matcher.

use std::any::type_name;
use std::mem;

use super::Unconverted;
use super::fast::Fast;
use crate::assertions::Assertion;
use crate::value::{Plain, ToValue, to_value};

/// One argument of a matcher: a native value, or other matchers ([`Nested`](super::Nested)).
pub trait Argument {
    /// Adds the argument to an assertion.
    ///
    /// # Errors
    /// The argument does not convert.
    fn add_to(&self, assertion: &mut Assertion, name: &'static str) -> Result<(), Unconverted>;

    /// Returns the argument as it is, if an assertion can look at it without a conversion.
    #[doc(hidden)]
    fn plain(&self) -> Plain<'_> {
        Plain::Other
    }
}

impl<T: ToValue> Argument for T {
    fn add_to(&self, assertion: &mut Assertion, name: &'static str) -> Result<(), Unconverted> {
        let value =
            to_value(self).map_err(|error| Unconverted::new(name, type_name::<T>(), error))?;
        *assertion = mem::take(assertion).with_argument(name, value);
        Ok(())
    }

    #[inline]
    fn plain(&self) -> Plain<'_> {
        ToValue::plain(self)
    }
}

/// All arguments of a matcher, a tuple.
pub trait Arguments {
    /// Adds the arguments to an assertion, as far as they convert.
    ///
    /// # Errors
    /// An argument does not convert; it is the first one.
    fn add_to(&self, assertion: &mut Assertion, names: &[&'static str]) -> Result<(), Unconverted>;

    /// Returns whether the assertion passes, as far as that can be seen without a conversion.
    #[doc(hidden)]
    fn pass(&self, fast: Fast, actual: Plain<'_>) -> bool;
}

macro_rules! arguments {
    ($(($($name:ident $place:tt),*);)*) => {
        $(impl<$($name: Argument),*> Arguments for ($($name,)*) {
            #[allow(unused_variables, reason = "for no arguments")]
            fn add_to(
                &self,
                assertion: &mut Assertion,
                names: &[&'static str],
            ) -> Result<(), Unconverted> {
                let added: &[Result<(), Unconverted>] =
                    &[$(self.$place.add_to(assertion, names[$place])),*];
                added.iter().cloned().collect()
            }

            #[inline]
            fn pass(&self, fast: Fast, actual: Plain<'_>) -> bool {
                fast(actual, &[$(self.$place.plain()),*])
            }
        })*
    };
}
arguments! {
    ();
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
}
