//! The Rust kit. It depends on the standard library alone; `docs/kit/` has the rules that it shares
//! with the Python and Go kits.

pub mod checks;
pub mod diff;
pub mod events;
pub mod render;
pub mod value;
