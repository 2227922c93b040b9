//! Matchers of the kit as matchers of googletest, behind the feature `googletest`.
//!
//! ```
//! use googletest::assert_that;
//! use testingkit::prelude::*;
//!
//! assert_that!(4, is_between(1, 6));
//! assert_that!("to be", starts_with("to").and(has_length(5)));
//! # use googletest::matcher::MatcherBase as _;
//! ```

use std::fmt::Debug;

use googletest::description::Description;
use googletest::matcher::{Matcher as GoogleMatcher, MatcherBase, MatcherResult};

use crate::matching::{Arguments, Matcher};
use crate::value::ToValue;

impl<A> MatcherBase for Matcher<A> {}

impl<T: ToValue + Debug + Copy, A: Arguments> GoogleMatcher<T> for Matcher<A> {
    /// Panics for an ERROR: a plain mismatch would make `not(matcher)` pass.
    fn matches(&self, actual: T) -> MatcherResult {
        match self.check(&actual) {
            Ok(()) => MatcherResult::Match,
            Err(failure) if failure.is_error() => panic!("{failure}"),
            Err(_) => MatcherResult::NoMatch,
        }
    }

    fn describe(&self, result: MatcherResult) -> Description {
        match result {
            MatcherResult::Match => format!("{self} passes").into(),
            MatcherResult::NoMatch => format!("{self} does not pass").into(),
        }
    }

    fn explain_match(&self, actual: T) -> Description {
        match self.check(&actual) {
            Ok(()) => format!("{self} passed").into(),
            Err(failure) => failure.to_string().into(),
        }
    }
}
