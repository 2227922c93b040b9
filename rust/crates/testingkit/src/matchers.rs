// Generated from `catalog/` by `make generate`. Do not edit.

//! A function for each assertion, which returns a [`Matcher`](crate::matching::Matcher).
//!
//! The rules are in `docs/kit/assertions.md`.

mod closeness;
mod collection;
mod composition;
mod entry_checks;
mod equality;
mod item_checks;
mod kinds;
mod maps;
mod numbers;
mod octets;
mod ordering;
mod sequences;
mod sets;
mod sizes;
mod text_equality;
mod text_formats;
mod text_forms;
mod texts;

pub use closeness::*;
pub use collection::*;
pub use composition::*;
pub use entry_checks::*;
pub use equality::*;
pub use item_checks::*;
pub use kinds::*;
pub use maps::*;
pub use numbers::*;
pub use octets::*;
pub use ordering::*;
pub use sequences::*;
pub use sets::*;
pub use sizes::*;
pub use text_equality::*;
pub use text_formats::*;
pub use text_forms::*;
pub use texts::*;
