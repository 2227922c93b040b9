//! The render module: values as text, the same bytes in every language (`docs/kit/render.md`).

mod canonical;
mod expanded;
mod floats;
mod limits;
mod names;
mod times;

pub use canonical::{canonical, truncated, truncated_to};
pub use expanded::expanded;
pub use limits::{FAILURE_LIMITS, Limits};
pub use names::field_name;
