//! Sets, maps and records: the kinds whose items, keys or field names are unique.

use std::collections::HashSet;
use std::slice;

use super::depth::{check_entries, check_items};
use super::lookup::{are_unique, index_in_order};
use super::order::total_order;
use super::{ConversionError, ErrorCode, Number, Value};

/// Unique items in canonical order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Set {
    pub(super) items: Vec<Value>,
}

impl Set {
    /// Returns the set of these items.
    ///
    /// # Errors
    /// `bad_argument` if two items are equal; `too_large` if an item makes it too deep.
    pub fn new(items: impl IntoIterator<Item = Value>) -> Result<Self, ConversionError> {
        let mut items: Vec<_> = items.into_iter().collect();
        check_items(&items, 1)?;
        items.sort_by(total_order);
        require_unique(&items.iter().collect::<Vec<_>>())?;
        Ok(Self { items })
    }

    /// Returns the items in canonical order.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// Returns whether an item is equal to this value.
    #[must_use]
    pub fn contains(&self, value: &Value) -> bool {
        value.check_depth().is_ok()
            && index_in_order(self.items.len(), |place| &self.items[place], value).is_some()
    }
}

impl<'a> IntoIterator for &'a Set {
    type Item = &'a Value;
    type IntoIter = slice::Iter<'a, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// Unique keys and their values, in canonical order of the keys.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map {
    pub(super) entries: Vec<(Value, Value)>,
}

impl Map {
    /// Returns the map of these entries.
    ///
    /// # Errors
    /// `bad_argument` if two keys are equal or a key is NaN; `too_large` if a key or a value makes
    /// it too deep.
    pub fn new(entries: impl IntoIterator<Item = (Value, Value)>) -> Result<Self, ConversionError> {
        let mut entries: Vec<_> = entries.into_iter().collect();
        check_entries(&entries, 1)?;
        entries.sort_by(|one, two| total_order(&one.0, &two.0));
        let is_nan = |key: &Value| key.as_number().is_some_and(Number::is_nan);
        if entries.iter().any(|(key, _)| is_nan(key)) {
            return Err(ConversionError::new(ErrorCode::BadArgument));
        }
        require_unique(&entries.iter().map(|(key, _)| key).collect::<Vec<_>>())?;
        Ok(Self { entries })
    }

    /// Returns the entries in canonical order of the keys.
    #[must_use]
    pub fn entries(&self) -> &[(Value, Value)] {
        &self.entries
    }

    /// Returns the value of the key that is equal to this one.
    #[must_use]
    pub fn get(&self, key: &Value) -> Option<&Value> {
        key.check_depth().ok()?;
        let place = index_in_order(self.entries.len(), |place| &self.entries[place].0, key)?;
        Some(&self.entries[place].1)
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a (Value, Value);
    type IntoIter = slice::Iter<'a, (Value, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

/// A struct: its name and its fields in declared order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    pub(super) name: String,
    pub(super) fields: Vec<(String, Value)>,
}

impl Record {
    /// Returns the record of these fields. An empty name makes it anonymous.
    ///
    /// # Errors
    /// `bad_argument` if two fields have the same name.
    pub fn new<N: Into<String>>(
        name: impl Into<String>,
        fields: impl IntoIterator<Item = (N, Value)>,
    ) -> Result<Self, ConversionError> {
        let fields: Vec<_> = fields
            .into_iter()
            .map(|(name, value)| (name.into(), value))
            .collect();
        let names: HashSet<&String> = fields.iter().map(|(name, _)| name).collect();
        if names.len() != fields.len() {
            return Err(ConversionError::new(ErrorCode::BadArgument));
        }
        Ok(Self {
            name: name.into(),
            fields,
        })
    }

    /// Returns the name of the type; empty for an anonymous record.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether two records have the same name, or one of them has none.
    pub(crate) fn name_relates_to(&self, other: &Self) -> bool {
        self.name == other.name || self.name.is_empty() || other.name.is_empty()
    }

    /// Returns the fields in declared order.
    #[must_use]
    pub fn fields(&self) -> &[(String, Value)] {
        &self.fields
    }

    /// Returns the value of the field with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let (_, value) = self.fields.iter().find(|(known, _)| known == name)?;
        Some(value)
    }
}

impl<'a> IntoIterator for &'a Record {
    type Item = &'a (String, Value);
    type IntoIter = slice::Iter<'a, (String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.fields.iter()
    }
}

/// Fails if two values, which must be in canonical order, are equal.
fn require_unique(ordered: &[&Value]) -> Result<(), ConversionError> {
    if are_unique(ordered) {
        Ok(())
    } else {
        Err(ConversionError::new(ErrorCode::BadArgument))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn int_float_and_bool_keys_are_distinct() -> Result<(), ConversionError> {
        let keys = [Value::from(1), Value::from(1.0), Value::from(true)];
        let map = Map::new(keys.map(|key| (key, Value::Null)))?;
        assert_eq!(map.entries().len(), 3);
        Ok(())
    }

    #[test]
    fn equal_items_are_rejected_even_when_sorting_separates_them() {
        let pair = |first: f64, second: f64| Value::List(vec![first.into(), second.into()]);
        assert!(Set::new([pair(-0.0, 7.0), pair(0.0, 5.0), pair(0.0, 7.0)]).is_err());
        assert!(Set::new([pair(-0.0, 7.0), pair(0.0, 5.0)]).is_ok());
    }

    #[test]
    fn lookups_use_the_equal_relation() -> Result<(), ConversionError> {
        let set = Set::new([Value::from(0.0), Value::from(1)])?;
        assert!(set.contains(&Value::from(-0.0)) && !set.contains(&Value::from(1.0)));
        let map = Map::new([(Value::from(0.0), Value::from("zero"))])?;
        assert_eq!(map.get(&Value::from(-0.0)), Some(&Value::from("zero")));
        assert_eq!(map.get(&Value::from(0)), None);
        let record = Record::new("Point", [("x", Value::from(1))])?;
        assert_eq!(record.get("x"), Some(&Value::from(1)));
        assert_eq!(record.get("y"), None);
        Ok(())
    }
}
