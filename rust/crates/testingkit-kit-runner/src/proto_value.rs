//! `Value` messages to values of the kit and back (`docs/kit/value.md`, reading values).

mod from;
mod to;

pub use from::from_proto;
pub use to::to_proto;
