//! All that a test needs: `use testingkit::prelude::*;`.
//!
//! A name of your own hides one of the prelude, so `fn equal` in a test does not conflict.

pub use crate::matchers::*;
pub use crate::matching::anything;
pub use crate::value::{Octets, ToValue};
pub use crate::{check, expect, outcome, require, shape};
