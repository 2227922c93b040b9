//! Converts `Value` messages to values of the kit and back (`docs/kit/value.md`, reading values).
//!
//! These are functions because neither the messages nor the values are types of this crate, so that
//! it cannot implement `From` for them.

mod from;
mod to;

pub use from::from_proto;
pub use to::to_proto;
