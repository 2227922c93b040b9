//! One model of values for all languages, with relations, an order, and conversion from native
//! values. The rules are in `docs/kit/value.md`.
//!
//! ```
//! use testingkit::value::{ConversionError, Map, Value, to_value};
//!
//! let built = Value::from(Map::new([(Value::from("id"), Value::from(7))])?);
//! let converted = to_value(&std::collections::BTreeMap::from([("id", 7.0)]))?;
//! assert!(built.is_equivalent_to(&converted) && !built.is_equal_to(&converted));
//! assert_eq!(converted.to_string(), r#"{"id": 7.0}"#);
//! # Ok::<_, ConversionError>(())
//! ```

mod codes;
mod comparison;
mod containers;
mod content;
mod convert;
mod deep;
pub(crate) mod depth;
mod errors;
mod from;
mod int;
mod kinds;
mod lookup;
mod numbers;
mod order;
mod pairing;
mod quote;
mod relations;
mod runs;
#[cfg(feature = "serde")]
mod serialized;
#[cfg(test)]
mod tests;
mod times;

pub(crate) use comparison::{Comparison, PartId};
pub(crate) use lookup::{
    are_equal_to, found, index_of, missing, partners, repeated, unmatched_entries,
};
pub(crate) use pairing::unpaired;
pub(crate) use relations::{Relation, Verdict, by_place};
pub(crate) use runs::{has_run, not_in_order};

pub use codes::{ConversionError, ErrorCode};
pub use containers::{Map, Record, Set};
pub use convert::{Octets, ToValue, to_value};
#[doc(hidden)]
pub use convert::{Plain, PlainList, derived_enum, derived_list, derived_record};
pub use errors::{AnyError, ErrorType, Failure};
pub use int::Int;
pub use kinds::{Ending, EnumMember, ErrorValue, Kind, Outcome, Value, limits};
pub use numbers::Number;
pub(crate) use quote::is_invisible;
pub use quote::{INVISIBLE, escape, is_identifier, path_segment, quote};
#[cfg(feature = "serde")]
pub use serialized::{Serialized, serialized};
#[cfg(feature = "macros")]
pub use testingkit_macros::ToValue;
pub use times::{Duration, Time};
