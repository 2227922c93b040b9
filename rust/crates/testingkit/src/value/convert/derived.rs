//! What `#[derive(ToValue)]` calls.

use super::place::in_container;
use super::{ToValue, list};
use crate::value::{ConversionError, EnumMember, ErrorCode, Record, Value, path_segment};

/// Converts the fields of a struct or variant.
///
/// # Errors
/// A field does not convert.
#[doc(hidden)]
pub fn derived_record(
    name: &str,
    fields: &[(&str, &dyn ToValue)],
) -> Result<Value, ConversionError> {
    let convert = |(name, field): &(&str, &dyn ToValue)| {
        let value = in_container(|| field.to_value());
        let value = value.map_err(|error| error.within(&path_segment(name)))?;
        Ok(((*name).to_owned(), value))
    };
    let fields: Vec<_> = fields.iter().map(convert).collect::<Result<_, _>>()?;
    Record::new(name, fields).map(Value::from)
}

/// Converts the fields of a struct with fields without names.
///
/// # Errors
/// A field does not convert.
#[doc(hidden)]
pub fn derived_list(fields: &[&dyn ToValue]) -> Result<Value, ConversionError> {
    list(fields.iter().copied())
}

/// Converts a variant without fields.
///
/// # Errors
/// The number is over the limit.
#[doc(hidden)]
pub fn derived_enum(type_name: &str, name: &str, number: i128) -> Result<Value, ConversionError> {
    let number = i32::try_from(number).map_err(|_| ConversionError::new(ErrorCode::TooLarge))?;
    Ok(Value::from(EnumMember::new(type_name, name, number)))
}
