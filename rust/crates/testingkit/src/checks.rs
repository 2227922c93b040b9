//! The checks module: the evaluator of assertions. The rules are in `docs/kit/checks.md`.
//!
//! An [`Assertion`] names a check of the [`catalog`] and its arguments; [`evaluate`] says whether a
//! value keeps it.

mod catalog;
mod closeness;
mod collection;
mod difference;
mod entry;
mod equality;
mod evaluate;
mod model;
mod ordering;
mod text;
mod texts;

#[cfg(test)]
mod tests;

pub use catalog::catalog;
pub use entry::Entry;
pub use evaluate::evaluate;
pub use model::{Assertion, Status, Verdict};
pub use text::{MAX_TEXT_POINTS, MAX_VALUE_POINTS};
