// Generated from `catalog/` by `make generate`. Do not edit.

//! A function for each assertion, which returns a [`Matcher`](crate::matching::Matcher).
//!
//! The rules are in `docs/kit/assertions.md`.

mod case_folding;
mod closeness;
mod collection;
mod composition;
mod entry_checks;
mod equality;
mod item_checks;
mod json_texts;
mod kinds;
mod maps;
mod measurements;
mod messages;
mod numbers;
mod octets;
mod ordering;
mod outcomes;
mod patterns;
mod sequences;
mod sets;
mod shapes;
mod sizes;
mod structure;
mod text_equality;
mod text_formats;
mod text_forms;
mod texts;
mod timed_outcomes;
mod times;

pub use case_folding::*;
pub use closeness::*;
pub use collection::*;
pub use composition::*;
pub use entry_checks::*;
pub use equality::*;
pub use item_checks::*;
pub use json_texts::*;
pub use kinds::*;
pub use maps::*;
pub use measurements::*;
pub use messages::*;
pub use numbers::*;
pub use octets::*;
pub use ordering::*;
pub use outcomes::*;
pub use patterns::*;
pub use sequences::*;
pub use sets::*;
pub use shapes::*;
pub use sizes::*;
pub use structure::*;
pub use text_equality::*;
pub use text_formats::*;
pub use text_forms::*;
pub use texts::*;
pub use timed_outcomes::*;
pub use times::*;
