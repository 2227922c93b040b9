//! Builds sets, maps and records, which have parts that must be unique.

use std::collections::HashSet;

use super::order::coarse_order;
use super::{ConversionError, ErrorCode, Map, Number, Record, Set, Value, equal, order};

/// The set of these items.
///
/// # Errors
/// `bad_argument` where two of them are equal.
pub fn set_of(items: impl IntoIterator<Item = Value>) -> Result<Set, ConversionError> {
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort_by(order);
    demand_unique(&items, |item| item)?;
    Ok(Set { items })
}

/// The map of these entries.
///
/// # Errors
/// `bad_argument` where two keys are equal or a key is NaN.
pub fn map_of(entries: impl IntoIterator<Item = (Value, Value)>) -> Result<Map, ConversionError> {
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_by(|one, two| order(&one.0, &two.0));
    if entries
        .iter()
        .any(|(key, _)| Number::of(key).is_some_and(Number::is_nan))
    {
        return Err(ConversionError::new(ErrorCode::BadArgument));
    }
    demand_unique(&entries, |entry| &entry.0)?;
    Ok(Map { entries })
}

/// The record of these fields.
///
/// # Errors
/// `bad_argument` where two fields have the same name.
pub fn record_of<N: Into<String>>(
    name: impl Into<String>,
    fields: impl IntoIterator<Item = (N, Value)>,
) -> Result<Record, ConversionError> {
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(name, value)| (name.into(), value))
        .collect();
    let names: HashSet<&String> = fields.iter().map(|(name, _)| name).collect();
    if names.len() != fields.len() {
        return Err(ConversionError::new(ErrorCode::BadArgument));
    }
    Ok(Record {
        name: name.into(),
        fields,
    })
}

/// Looks for equal values among neighbours that the coarse order ties.
fn demand_unique<T>(ordered: &[T], key: impl Fn(&T) -> &Value) -> Result<(), ConversionError> {
    for (place, one) in ordered.iter().enumerate() {
        let tied = ordered[place + 1..]
            .iter()
            .take_while(|other| coarse_order(key(one), key(other)).is_eq());
        for other in tied {
            if equal(key(one), key(other)) {
                return Err(ConversionError::new(ErrorCode::BadArgument));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_one_point_nought_and_true_are_three_keys() {
        let keys = [Value::int(1), Value::Float(1.0), Value::Bool(true)];
        let map = map_of(keys.map(|key| (key, Value::Null)));
        assert_eq!(map.map(|map| map.entries().len()), Ok(3));
    }

    #[test]
    fn equal_items_are_found_even_when_their_display_keeps_them_apart() {
        let pair = |first, second| Value::List(vec![Value::Float(first), Value::Float(second)]);
        assert!(set_of([pair(-0.0, 7.0), pair(0.0, 5.0), pair(0.0, 7.0)]).is_err());
        assert!(set_of([pair(-0.0, 7.0), pair(0.0, 5.0)]).is_ok());
    }
}
