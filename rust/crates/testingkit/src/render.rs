//! Values as text, the same bytes in every language. The rules are in `docs/kit/render.md`.
//!
//! ```
//! use testingkit::render::{Limits, canonical, expanded, truncated_to};
//! use testingkit::value::Value;
//!
//! let list = Value::List(vec![1.5.into(), "a".into()]);
//! assert_eq!(canonical(&list), r#"[1.5, "a"]"#);
//! assert_eq!(expanded(&list), "[\n  1.5\n  \"a\"\n]\n");
//!
//! let mut limits = Limits::FAILURE;
//! limits.entries = 1;
//! assert_eq!(truncated_to(&list, limits), "[1.5, … 1 more]");
//! ```

mod canonical;
mod expanded;
mod floats;
mod limits;
mod names;
mod times;

pub use canonical::{canonical, truncated, truncated_to};
pub use expanded::expanded;
pub use limits::Limits;
pub use names::field_name;
