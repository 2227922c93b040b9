// Generated from `catalog/` by `make generate`. Do not edit.

//! Shapes.

use crate::matching::{Definition, Matcher, NativeShape};

/// Passes when `actual` has the shape `shape`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Map::new([(value::Value::from("at"), value::Value::Null), (value::Value::from("id"), value::Value::from(7)), (value::Value::from("name"), value::Value::from("Ada"))])?), matches_shape(shape!({"name": "Ada", "id": is_positive(), ..})));
/// assert!(!matches_shape(shape!({"name": "Ada", "id": is_positive(), ..})).matches(&value::Value::from(value::Map::new([(value::Value::from("id"), value::Value::from(-7)), (value::Value::from("name"), value::Value::from("Ada"))])?)));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn matches_shape(shape: NativeShape) -> Matcher<(NativeShape,)> {
    static DEFINITION: Definition = Definition::new("matches_shape", &["shape"]);
    Matcher::new(&DEFINITION, (shape,))
}
