//! Shapes of native values, which [`shape!`](crate::shape) builds.

use std::any::type_name;
use std::mem;

use super::{Argument, Arguments, Check, Matcher, Nested, Unconverted};
use crate::assertions::{self, Assertion, MapShape, RecordShape, Shape};
use crate::value::{Map, Record, ToValue, Value, path_segment, to_value};

/// A shape, as [`shape!`](crate::shape) and [`anything`] return it.
///
/// ```
/// use testingkit::prelude::*;
///
/// let id = shape!(is_positive());
/// let user = shape!({"id": id, "tags": [is_ascii(), "x"], "at": anything()});
/// let call = matches_shape(user).to_string();
/// let text = r#"{"at": any, "id": is_positive(), "tags": [is_ascii(), "x"]}"#;
/// assert_eq!(call, format!("matches_shape(shape: {text})"));
/// ```
#[derive(Debug, Clone)]
pub struct NativeShape(Result<Shape, Unconverted>);

/// Returns the shape of every value.
#[must_use]
pub const fn anything() -> NativeShape {
    NativeShape(Ok(Shape::Any))
}

impl Argument for NativeShape {
    fn add_to(&self, assertion: &mut Assertion, name: &'static str) -> Result<(), Unconverted> {
        let shape = self.0.clone();
        let shape = shape.map_err(|unconverted| unconverted.named(name))?;
        *assertion = mem::take(assertion).with_argument(name, shape);
        Ok(())
    }
}

impl NativeShape {
    /// Returns the shape of a part, or the error as that of the whole.
    fn below(self, segment: impl FnOnce() -> String) -> Result<Shape, Unconverted> {
        self.0.map_err(|unconverted| unconverted.below(&segment()))
    }
}

/// What can be a part of a shape: a value, a matcher, or another shape.
///
/// A matcher in a box is one in [`Nested`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a part of a shape",
    label = "expected a native value, a matcher or a `shape!`"
)]
pub trait ToShape {
    /// Returns the shape.
    fn to_shape(&self) -> NativeShape;
}

impl<T: ToValue + ?Sized> ToShape for T {
    fn to_shape(&self) -> NativeShape {
        let value = to_value(self).map(Shape::Value);
        NativeShape(value.map_err(|error| Unconverted::new("", type_name::<T>(), error)))
    }
}

impl ToShape for NativeShape {
    fn to_shape(&self) -> NativeShape {
        self.clone()
    }
}

impl<A: Arguments> ToShape for Matcher<A> {
    fn to_shape(&self) -> NativeShape {
        NativeShape(self.assertion().map(of_assertion))
    }
}

impl<C: Check> ToShape for Nested<C> {
    fn to_shape(&self) -> NativeShape {
        NativeShape(self.0.assertion().map(of_assertion))
    }
}

/// Returns the shape of the values that pass. That of `matches_shape` is its own.
fn of_assertion(mut assertion: Assertion) -> Shape {
    match assertion.arguments.as_mut_slice() {
        [(_, assertions::Argument::Shape(shape))] if assertion.name == "matches_shape" => {
            mem::replace(shape, Shape::Any)
        }
        _ => Shape::Check(assertion),
    }
}

/// An entry of the shape of a map.
#[doc(hidden)]
pub type ShapeEntry = (Result<Value, Unconverted>, NativeShape);

/// Returns an entry. For [`shape!`](crate::shape).
#[doc(hidden)]
pub fn entry<K: ToValue + ?Sized>(key: &K, shape: NativeShape) -> ShapeEntry {
    let key = to_value(key).map_err(|error| {
        let error = error.of_container();
        Unconverted::new("", type_name::<K>(), error)
    });
    (key, shape)
}

/// Returns the shape of a list. For [`shape!`](crate::shape).
#[doc(hidden)]
#[must_use]
pub fn list(items: Vec<NativeShape>) -> NativeShape {
    let items = items.into_iter().enumerate();
    let items = items.map(|(index, item)| item.below(|| format!("[{index}]")));
    NativeShape(items.collect::<Result<Vec<_>, _>>().map(|shapes| {
        values(&shapes).map_or_else(
            || Shape::List(shapes),
            |values| Shape::Value(Value::List(values)),
        )
    }))
}

/// Returns the shape of a map. For [`shape!`](crate::shape).
#[doc(hidden)]
#[must_use]
pub fn map(entries: Vec<ShapeEntry>, is_open: bool) -> NativeShape {
    let entries = entries.into_iter().map(|(key, shape)| {
        let key = key?;
        let shape = shape.0.map_err(|unconverted| unconverted.below_key(&key))?;
        Ok((key, shape))
    });
    NativeShape(
        entries
            .collect::<Result<Vec<_>, _>>()
            .map(|entries| of_entries(entries, is_open)),
    )
}

fn of_entries(entries: Vec<(Value, Shape)>, is_open: bool) -> Shape {
    if is_open {
        return Shape::Map(MapShape::new(entries).open());
    }
    let keys = entries.iter().map(|(key, _)| key.clone());
    values(entries.iter().map(|(_, shape)| shape))
        .and_then(|values| Map::new(keys.zip(values)).ok())
        .map_or_else(
            || Shape::Map(MapShape::new(entries)),
            |map| Shape::Value(Value::Map(map)),
        )
}

/// Returns the shape of a record. For [`shape!`](crate::shape).
#[doc(hidden)]
#[must_use]
pub fn record(name: &str, fields: Vec<(&str, NativeShape)>) -> NativeShape {
    let fields = fields.into_iter().map(|(name, shape)| {
        let shape = shape.below(|| path_segment(name))?;
        Ok((name.to_owned(), shape))
    });
    NativeShape(
        fields
            .collect::<Result<Vec<_>, _>>()
            .map(|fields| of_fields(name, fields)),
    )
}

fn of_fields(name: &str, fields: Vec<(String, Shape)>) -> Shape {
    let names = fields.iter().map(|(name, _)| name.as_str());
    values(fields.iter().map(|(_, shape)| shape))
        .and_then(|values| Record::new(name, names.zip(values)).ok())
        .map_or_else(
            || Shape::Record(RecordShape::new(name, fields)),
            |record| Shape::Value(Value::Record(record)),
        )
}

/// Returns the values of shapes that are all values.
fn values<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Option<Vec<Value>> {
    let value = |shape: &Shape| match shape {
        Shape::Value(value) => Some(value.clone()),
        _ => None,
    };
    shapes.into_iter().map(value).collect()
}
