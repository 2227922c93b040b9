//! Shapes: what a value looks like (`docs/kit/assertions.md`, shapes).

use std::mem;

use super::Assertion;
use super::model::Pending;
use crate::value::Value;

/// What a value looks like.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// Every value.
    Any,
    /// A value that equals this one.
    Value(Value),
    /// A value for which this assertion passes.
    Check(Assertion),
    /// A list with as many items, each of which has a shape.
    List(Vec<Self>),
    /// A map.
    Map(MapShape),
    /// A record.
    Record(RecordShape),
}

/// A map with these keys, whose values have shapes.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct MapShape {
    /// The entries, in any order.
    pub entries: Vec<(Value, Shape)>,
    /// Whether the map may have other keys too.
    pub is_open: bool,
}

/// A record with exactly these fields, whose values have shapes.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct RecordShape {
    /// The name of the record; empty for an anonymous one, whose name is not compared.
    pub name: String,
    /// The fields in declared order.
    pub fields: Vec<(String, Shape)>,
}

impl Shape {
    /// Returns the shapes in the shape: items, values of a map in order of the keys, or fields.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Any | Self::Value(_) | Self::Check(_) => Vec::new(),
            Self::List(items) => items.iter().collect(),
            Self::Map(map) => {
                let entries = map.sorted_entries().into_iter();
                entries.map(|(_, part)| part).collect()
            }
            Self::Record(record) => record.fields.iter().map(|(_, part)| part).collect(),
        }
    }

    pub(super) fn take_nested(&mut self, taken: &mut Pending) {
        match self {
            Self::Any | Self::Value(_) => {}
            Self::Check(assertion) => taken.assertions.push(mem::take(assertion)),
            Self::List(items) => taken.shapes.append(items),
            Self::Map(map) => taken
                .shapes
                .extend(map.entries.drain(..).map(|(_, part)| part)),
            Self::Record(record) => taken
                .shapes
                .extend(record.fields.drain(..).map(|(_, part)| part)),
        }
    }
}

/// Drops nested shapes one after the other: they can be nested deeper than the stack allows.
impl Drop for Shape {
    fn drop(&mut self) {
        let mut pending = Pending::default();
        self.take_nested(&mut pending);
        pending.drop_all();
    }
}

impl MapShape {
    /// Returns the shape of a map with these entries and no others.
    pub fn new(entries: impl IntoIterator<Item = (Value, Shape)>) -> Self {
        Self {
            entries: entries.into_iter().collect(),
            is_open: false,
        }
    }

    /// Allows other keys too.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.is_open = true;
        self
    }

    /// Returns the entries in canonical order of their keys, or as they are if a key is nested too deep.
    pub(super) fn sorted_entries(&self) -> Vec<&(Value, Shape)> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        if entries.iter().all(|(key, _)| key.check_depth().is_ok()) {
            entries.sort_by(|one, other| one.0.total_cmp(&other.0));
        }
        entries
    }
}

impl RecordShape {
    /// Returns the shape of a record with these fields. An empty name makes it anonymous.
    pub fn new<N: Into<String>>(
        name: impl Into<String>,
        fields: impl IntoIterator<Item = (N, Shape)>,
    ) -> Self {
        let fields = fields.into_iter();
        Self {
            name: name.into(),
            fields: fields.map(|(name, part)| (name.into(), part)).collect(),
        }
    }
}
