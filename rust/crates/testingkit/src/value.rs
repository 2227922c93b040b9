//! The value module: one value model for all languages, its relations, its order, and conversion
//! from native values. The rules are in `docs/kit/value.md`; `render` shows values as text.

mod build;
mod codes;
mod convert;
mod depth;
mod errors;
mod int;
mod kinds;
mod numbers;
mod order;
mod quote;
mod relations;

pub use build::{map_of, record_of, set_of};
pub use codes::{ConversionError, ErrorCode};
pub use convert::{Octets, ToValue, to_value};
pub use depth::check_depth;
pub use errors::{ErrorType, error_value, plain_error_value};
pub use int::Int;
pub use kinds::{
    Duration, Ending, EnumMember, ErrorValue, Kind, Map, Outcome, Record, Set, Time, Value, limits,
};
pub use numbers::Number;
pub use order::{order, sort_values};
pub use quote::{INVISIBLE, escape, is_identifier, path_segment, quote};
pub use relations::{equal, equivalent, identical};
