//! Assertions on values, and the texts of their failures. The rules are in `docs/kit/assertions.md`.
//!
//! An [`Assertion`] names an entry of the [`catalog`] and its arguments;
//! [`evaluate`](Assertion::evaluate) returns the [`Verdict`] on a value.
//!
//! ```
//! use testingkit::assertions::{Assertion, Status};
//!
//! let in_range = Assertion::new("is_between").with_argument("low", 1).with_argument("high", 6);
//! assert_eq!(in_range.clone().evaluate(6).status, Status::Pass);
//! let verdict = in_range.with_note("a die").evaluate(7);
//! assert_eq!(
//!     verdict.to_string(),
//!     "is_between(low: 1, high: 6) failed\n  actual: 7\n  note: a die"
//! );
//! ```

mod case_folding;
mod case_folding_table;
mod catalog;
mod check_pairs;
mod close_containers;
mod closeness;
mod collection;
mod collection_checks;
mod composition;
mod difference;
mod entry;
mod equality;
mod evaluate;
mod field_paths;
mod json_texts;
mod kinds;
mod maps;
mod measure;
mod measurements;
mod message_texts;
mod messages;
mod model;
mod nested;
mod numbers;
mod octets;
mod ordering;
mod outcomes;
mod prototext;
mod regex;
mod sequences;
mod sets;
mod shape;
mod shapes;
mod signatures;
mod sizes;
mod structure;
mod text;
mod text_equality;
mod text_formats;
mod text_forms;
mod texts;
mod timed_outcomes;
mod times;
mod transforms;
mod whitespace;

#[cfg(test)]
mod tests;

pub use catalog::catalog;
pub use entry::Entry;
pub use model::{Argument, Assertion, MAX_LEVELS, Status, Verdict};
pub use shape::{MapShape, RecordShape, Shape};
pub use text::{MAX_TEXT_POINTS, MAX_VALUE_POINTS};
