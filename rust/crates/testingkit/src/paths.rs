//! Paths into values. The rules are in `docs/kit/paths.md`.
//!
//! ```
//! use testingkit::paths::{Path, Reason};
//! use testingkit::value::{Map, Value};
//!
//! let value = Value::from(Map::new([(Value::from("a"), Value::from(7))])?);
//! let path: Path = "$.a".parse()?;
//! assert_eq!(path.resolve(&value)?, &Value::from(7));
//! let error = "$.b".parse::<Path>()?.resolve(&value).unwrap_err();
//! assert_eq!(error.reason, Reason::NoKey);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod parse;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::render::canonical;
use crate::value::{Map, Record, Value, path_segment};

/// A path into a value. Without steps it is the path of the value itself.
///
/// [`Display`](fmt::Display) writes it, and [`FromStr`] reads it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Path {
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// To the field of a record, or to the entry of a map with this text as key.
    Name(String),
    /// To the item of a list, from 0.
    Index(u64),
    /// To the entry of a map whose key has this canonical text.
    Key(String),
}

/// Why a path does not resolve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The record has no such field.
    NoField,
    /// The map has no such key.
    NoKey,
    /// The list has no such item.
    NoIndex,
    /// The step does not apply to values of this kind.
    WrongKind,
}

/// A text is not a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadPath {
    /// Index of the first code point at which the text is no longer the start of a path.
    pub index: usize,
}

/// A path does not lead to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unresolved {
    /// Why the first step that fails does.
    pub reason: Reason,
    /// The path of the value at which that step fails.
    pub place: Path,
}

impl Path {
    /// Returns the path with these steps.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self {
            steps: steps.into_iter().collect(),
        }
    }

    /// Returns the value at this path.
    ///
    /// # Errors
    /// The path does not lead to a value.
    pub fn resolve<'v>(&self, value: &'v Value) -> Result<&'v Value, Unresolved> {
        let mut value = value;
        for (number, step) in self.steps.iter().enumerate() {
            let place = step.place(value).map_err(|reason| Unresolved {
                reason,
                place: Self {
                    steps: self.steps[..number].to_vec(),
                },
            })?;
            value = part(value, place);
        }
        Ok(value)
    }

    /// Returns the value without the field, entry or item at this path, if the path resolves.
    #[must_use]
    pub fn without(&self, value: &Value) -> Value {
        without(&self.steps, value).unwrap_or_else(|| value.clone())
    }
}

/// Returns the value without what is at these steps; `None` if it stays as it is.
fn without(steps: &[Step], value: &Value) -> Option<Value> {
    let (step, rest) = steps.split_first()?;
    let place = step.place(value).ok()?;
    let edited = |part: &Value| {
        let kept = (!rest.is_empty()).then_some(part)?;
        Some(without(rest, kept).unwrap_or_else(|| kept.clone()))
    };
    match value {
        Value::Record(record) => {
            let fields = edit(record.fields(), place, |(name, part)| {
                Some((name.clone(), edited(part)?))
            });
            Record::new(record.name(), fields).ok().map(Value::Record)
        }
        Value::Map(map) => {
            let entries = edit(map.entries(), place, |(key, part)| {
                Some((key.clone(), edited(part)?))
            });
            Map::new(entries).ok().map(Value::Map)
        }
        Value::List(items) => Some(Value::List(edit(items, place, edited))),
        _ => None,
    }
}

/// Returns the parts with the edited one at a place, or without it.
fn edit<T: Clone>(parts: &[T], place: usize, edited: impl Fn(&T) -> Option<T>) -> Vec<T> {
    let (before, after) = parts.split_at(place);
    let part = after.first().and_then(edited);
    let rest = after.iter().skip(1);
    before
        .iter()
        .cloned()
        .chain(part)
        .chain(rest.cloned())
        .collect()
}

impl Step {
    /// Returns the step to the entry of a map with this key.
    #[must_use]
    pub fn to_key(key: &Value) -> Self {
        match key {
            Value::Text(name) => Self::Name(name.clone()),
            _ => Self::Key(canonical(key)),
        }
    }

    /// Returns which part of a value the step goes to.
    fn place(&self, value: &Value) -> Result<usize, Reason> {
        let (place, missing) = match (self, value) {
            (Self::Name(name), Value::Record(record)) => {
                let mut fields = record.into_iter();
                (fields.position(|(known, _)| known == name), Reason::NoField)
            }
            (Self::Name(name), Value::Map(map)) => {
                let entries = map.entries();
                let place = entries.binary_search_by(|(key, _)| compare_key(key, name));
                (place.ok(), Reason::NoKey)
            }
            (Self::Key(text), Value::Map(map)) => {
                let mut entries = map.into_iter();
                (
                    entries.position(|(key, _)| canonical(key) == *text),
                    Reason::NoKey,
                )
            }
            (Self::Index(index), Value::List(items)) => {
                let index = usize::try_from(*index).ok();
                (index.filter(|index| *index < items.len()), Reason::NoIndex)
            }
            _ => return Err(Reason::WrongKind),
        };
        place.ok_or(missing)
    }
}

/// Compares a key with a text, in canonical order.
fn compare_key(key: &Value, text: &str) -> Ordering {
    match key {
        Value::Text(key) => key.as_str().cmp(text),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => Ordering::Less,
        _ => Ordering::Greater,
    }
}

/// Returns the part of a value at a place that a step returned.
fn part(value: &Value, place: usize) -> &Value {
    match value {
        Value::Record(record) => &record.fields()[place].1,
        Value::Map(map) => &map.entries()[place].1,
        Value::List(items) => &items[place],
        _ => value,
    }
}

impl Reason {
    /// Returns the name of the reason, such as `no_key`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoField => "no_field",
            Self::NoKey => "no_key",
            Self::NoIndex => "no_index",
            Self::WrongKind => "wrong_kind",
        }
    }
}

impl FromStr for Path {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        parse::parse(text)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.steps.iter().try_for_each(|step| step.fmt(f))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(&path_segment(name)),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Key(text) => write!(f, "{{{text}}}"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a path from index {} on", self.index)
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.reason, self.place)
    }
}

impl Error for BadPath {}

impl Error for Unresolved {}
