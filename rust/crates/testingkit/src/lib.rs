//! The Rust kit of TestingKit: values, their text and differences, events, patterns and assertions.
//!
//! The kit depends on the standard library alone. The Python and Go kits follow the same rules,
//! which are in `docs/kit/`, and produce the same bytes. The guide to assertions in tests is
//! `docs/kit/rust.md`:
//!
//! ```
//! use testingkit::prelude::*;
//!
//! require!(["to", "be"], contains("be"));
//! require!("to be", has_length(5), "a question");
//! ```
//!
//! Values, assertions and verdicts can be used by themselves:
//!
//! ```
//! use testingkit::assertions::Assertion;
//! use testingkit::value::{ConversionError, to_value};
//!
//! let words = to_value(&["to", "be"])?;
//! let verdict = Assertion::new("has_length").with_argument("count", 3).evaluate(words);
//! assert_eq!(
//!     verdict.to_string(),
//!     "has_length(count: 3) failed\n  actual: [\"to\", \"be\"]\n  length: 2"
//! );
//! # Ok::<_, ConversionError>(())
//! ```

mod capture;
#[cfg(feature = "googletest")]
mod google;
mod macros;

pub mod assertions;
pub mod diff;
pub mod events;
pub mod expect;
pub mod jsontext;
pub mod matchers;
pub mod matching;
pub mod paths;
pub mod pattern;
pub mod prelude;
pub mod render;
pub mod value;

pub use capture::{CallOutcome, outcome};
#[cfg(feature = "macros")]
pub use testingkit_macros::test;
