//! The limit of nesting (`docs/kit/value.md`, limits).

use super::{ConversionError, ErrorCode, ErrorValue, Outcome, Record, Value, limits, path_segment};

impl Value {
    /// Checks that a value is nested no deeper than [`limits::MAX_DEPTH`].
    ///
    /// # Errors
    /// `too_large`, at the first value that is nested too deep.
    pub fn check_depth(&self) -> Result<(), ConversionError> {
        check(self, 1)
    }
}

/// Panics with the error of [`Value::check_depth`]: for functions that do not return a `Result`.
#[expect(
    clippy::panic,
    reason = "a value over the limit is a fault of the program"
)]
pub(crate) fn require_depth(values: &[&Value]) {
    for value in values {
        if let Err(error) = value.check_depth() {
            panic!("a value is nested too deep: {error}");
        }
    }
}

/// Checks a value at this level. It goes no deeper than the limit.
pub(super) fn check(value: &Value, level: usize) -> Result<(), ConversionError> {
    check_level(level)?;
    match value {
        Value::List(items) => check_parts(items.iter().enumerate(), level, |place| {
            format!("[{place}]")
        }),
        Value::Set(set) => check_items(set.items(), level),
        Value::Map(map) => check_entries(map.entries(), level),
        Value::Record(record) => check_fields(record, level),
        Value::Message(message) => check_fields(message.record(), level),
        Value::Error(error) => check_error(error, level),
        Value::Outcome(Outcome::Returned(inner)) => {
            check(inner, level + 1).map_err(|error| error.within(".returned"))
        }
        Value::Outcome(Outcome::Failed(inner)) => {
            check_error(inner, level + 1).map_err(|error| error.within(".failed"))
        }
        _ => Ok(()),
    }
}

fn check_fields(record: &Record, level: usize) -> Result<(), ConversionError> {
    let fields = record.fields().iter().map(|(name, value)| (name, value));
    check_parts(fields, level, |name| path_segment(name))
}

/// Checks the items of a set at this level.
pub(super) fn check_items(items: &[Value], level: usize) -> Result<(), ConversionError> {
    items
        .iter()
        .try_for_each(|item| check(item, level + 1).map_err(ConversionError::of_container))
}

/// Checks the entries of a map at this level.
pub(super) fn check_entries(
    entries: &[(Value, Value)],
    level: usize,
) -> Result<(), ConversionError> {
    entries.iter().try_for_each(|(key, item)| {
        check(key, level + 1).map_err(ConversionError::of_container)?;
        check(item, level + 1).map_err(|error| error.within_key(key))
    })
}

fn check_parts<'a, N>(
    mut parts: impl Iterator<Item = (N, &'a Value)>,
    level: usize,
    segment: impl Fn(N) -> String,
) -> Result<(), ConversionError> {
    parts.try_for_each(|(name, part)| {
        check(part, level + 1).map_err(|error| error.within(&segment(name)))
    })
}

fn check_error(error: &ErrorValue, level: usize) -> Result<(), ConversionError> {
    check_level(level)?;
    error
        .causes
        .iter()
        .enumerate()
        .try_for_each(|(place, cause)| {
            let within = |error: ConversionError| error.within(&format!(".causes[{place}]"));
            check_error(cause, level + 1).map_err(within)
        })
}

fn check_level(level: usize) -> Result<(), ConversionError> {
    if level > limits::MAX_DEPTH {
        return Err(ConversionError::new(ErrorCode::TooLarge));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
