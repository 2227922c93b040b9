//! The transforms of `transformed_by` (`docs/kit/assertions.md`, transforms).

use std::cmp::Ordering;

use super::collection::{items, list};
use super::entry::Kinds;
use super::maps::values;
use super::ordering::compare;
use super::signatures::{ITEMS, LIST, MAP, SIZED, TEXT};
use super::sizes::size;
use super::texts::{list as list_of_texts, text};
use super::whitespace::is_whitespace;
use crate::value::{ErrorCode, Value};

/// Returns the transformed value, or `None` for a list without the item.
type Apply = fn(&Value) -> Result<Option<Value>, ErrorCode>;

const TRANSFORMS: &[(&str, Kinds, Apply)] = &[
    ("length", SIZED, |actual| {
        Ok(Some(Value::from(size(actual)?)))
    }),
    ("lower_ascii", TEXT, |actual| {
        Ok(Some(Value::from(text(actual)?.to_ascii_lowercase())))
    }),
    ("upper_ascii", TEXT, |actual| {
        Ok(Some(Value::from(text(actual)?.to_ascii_uppercase())))
    }),
    ("trim", TEXT, |actual| {
        let trimmed = text(actual)?.trim_matches(is_whitespace);
        Ok(Some(Value::from(trimmed)))
    }),
    ("lines", TEXT, |actual| {
        let lines: Vec<_> = text(actual)?.lines().collect();
        Ok(Some(list_of_texts(&lines)))
    }),
    ("keys", MAP, |actual| Ok(Some(list(items(actual)?)))),
    ("values", MAP, |actual| Ok(Some(list(values(actual)?)))),
    ("sorted", ITEMS, sorted),
    ("reversed", LIST, |actual| {
        Ok(Some(list(items(actual)?.into_iter().rev().collect())))
    }),
    ("first", LIST, |actual| {
        Ok(items(actual)?.first().copied().cloned())
    }),
    ("last", LIST, |actual| {
        Ok(items(actual)?.last().copied().cloned())
    }),
];

/// A transform, which takes values of some kinds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Transform {
    kinds: Kinds,
    apply: Apply,
}

impl Transform {
    /// Returns the transformed value, or `None` for a list without the item.
    pub(super) fn apply(self, actual: &Value) -> Result<Option<Value>, ErrorCode> {
        if !self.kinds.contains(actual.kind()) {
            return Err(ErrorCode::WrongKind);
        }
        (self.apply)(actual)
    }
}

/// Returns the transform with this name.
pub(super) fn find(name: &str) -> Option<Transform> {
    TRANSFORMS
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, kinds, apply)| Transform {
            kinds: *kinds,
            apply: *apply,
        })
}

fn sorted(actual: &Value) -> Result<Option<Value>, ErrorCode> {
    let mut items = items(actual)?;
    // All items first: the comparisons of a sort differ from language to language.
    for item in &items {
        compare(items[0], item)?;
    }
    items.sort_by(|one, two| compare(one, two).unwrap_or(Ordering::Equal));
    Ok(Some(list(items)))
}
