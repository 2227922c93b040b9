//! The assertion that compares a value with a shape (`docs/kit/assertions.md`, shapes).

use std::collections::{HashMap, HashSet};

use super::difference::{Difference, first_difference, key_segment};
use super::entry::{Finding, Rule};
use super::evaluate::BoundShape;
use super::shape::{MapShape, RecordShape, Shape};
use super::text::shape_text;
use crate::value::{
    ErrorCode, Map, Number, Record, Relation, Value, partners, path_segment, repeated,
};

pub(super) const RULES: &[(&str, Rule)] = &[("matches_shape", Rule::shaped(matches_shape))];

/// A place at which a value does not have its shape.
struct Mismatch<'a> {
    difference: Difference<'a>,
    /// The shape there, if it is neither a value nor an assertion that was evaluated.
    shape: Option<&'a Shape>,
    /// Of the assertion there.
    failure: Option<Value>,
}

/// What a value and its shape have at a segment of the path: `None` for a side without it.
struct Pair<'a> {
    segment: String,
    actual: Option<&'a Value>,
    bound: Option<&'a BoundShape<'a>>,
}

type Found<'a> = Result<Option<Mismatch<'a>>, ErrorCode>;

impl<'a> Mismatch<'a> {
    /// Returns the mismatch of these two sides, at the whole value.
    const fn new(left: Option<&'a Value>, right: Option<&'a Value>) -> Self {
        Self {
            difference: Difference {
                path: String::new(),
                left,
                right,
            },
            shape: None,
            failure: None,
        }
    }

    /// Returns the mismatch of a shape and something else, `None` for nothing.
    fn of_shape(left: Option<&'a Value>, shape: &'a Shape) -> Self {
        match shape {
            Shape::Value(value) => Self::new(left, Some(value)),
            _ => Self {
                shape: Some(shape),
                ..Self::new(left, None)
            },
        }
    }

    fn details(mut self) -> Vec<(&'static str, Value)> {
        self.difference.path.insert(0, '$');
        let mut details = self.difference.details();
        if let Some(shape) = self.shape
            && self.difference.path != "$"
        {
            details.push(("shape", Value::Text(shape_text(shape, 2))));
        }
        details.extend(self.failure.map(|failure| ("failure", failure)));
        details
    }
}

fn matches_shape(actual: &Value, bound: &BoundShape<'_>) -> Result<Finding, ErrorCode> {
    Ok(match mismatch(actual, bound)? {
        None => Finding::plain(true),
        Some(mismatch) => Finding {
            details: mismatch.details(),
            ..Finding::default()
        },
    })
}

/// Returns the first mismatch, whose path does not begin with `$` yet. All assertions on values in
/// `actual` are evaluated.
fn mismatch<'a>(actual: &'a Value, bound: &'a BoundShape<'a>) -> Found<'a> {
    match (bound.shape, actual) {
        (Shape::Any, _) => Ok(None),
        (Shape::Value(value), _) => Ok(unequal(actual, value)),
        (Shape::Check(_), _) => failed_check(actual, bound),
        (Shape::List(_), Value::List(items)) => first_mismatch(list_pairs(items, &bound.parts)),
        (Shape::Map(shape), Value::Map(map)) => {
            let found = first_mismatch(map_pairs(map, shape, &bound.parts))?;
            let fits = shape.is_open || shape.entries.len() == map.entries().len();
            Ok(found.or_else(|| (!fits).then(|| Mismatch::of_shape(Some(actual), bound.shape))))
        }
        (Shape::Record(shape), Value::Record(record)) if names_relate(shape, record) => {
            first_mismatch(field_pairs(record, shape, &bound.parts))
        }
        (Shape::List(_) | Shape::Map(_) | Shape::Record(_), _) => {
            Ok(Some(Mismatch::of_shape(Some(actual), bound.shape)))
        }
    }
}

fn unequal<'a>(actual: &'a Value, value: &'a Value) -> Option<Mismatch<'a>> {
    let difference = first_difference(actual, value, Relation::Equal)?;
    let path = difference.path.replacen('$', "", 1);
    Some(Mismatch {
        difference: Difference { path, ..difference },
        shape: None,
        failure: None,
    })
}

fn failed_check<'a>(actual: &'a Value, bound: &'a BoundShape<'a>) -> Found<'a> {
    let Some(check) = &bound.check else {
        return Ok(None);
    };
    let finding = check.find(actual)?;
    Ok((!finding.passed).then(|| Mismatch {
        failure: Some(check.failure(actual, &finding)),
        ..Mismatch::new(None, None)
    }))
}

fn names_relate(shape: &RecordShape, record: &Record) -> bool {
    shape.name == record.name() || shape.name.is_empty() || record.name().is_empty()
}

/// Returns the first mismatch of the pairs. It goes on to the end, for the errors of assertions.
fn first_mismatch<'a>(pairs: Vec<Pair<'a>>) -> Found<'a> {
    let mut first = None;
    for pair in pairs {
        let found = match (pair.actual, pair.bound) {
            (Some(actual), Some(bound)) => mismatch(actual, bound)?,
            (actual, None) => Some(Mismatch::new(actual, None)),
            (None, Some(bound)) => Some(Mismatch::of_shape(None, bound.shape)),
        };
        if first.is_none() {
            first = found.map(|mut found| {
                found.difference.path.insert_str(0, &pair.segment);
                found
            });
        }
    }
    Ok(first)
}

fn list_pairs<'a>(items: &'a [Value], parts: &'a [BoundShape<'a>]) -> Vec<Pair<'a>> {
    let pair = |index| Pair {
        segment: format!("[{index}]"),
        actual: items.get(index),
        bound: parts.get(index),
    };
    (0..items.len().max(parts.len())).map(pair).collect()
}

/// Returns the entries of the map with their partners, and then those of the shape. No pair comes
/// twice.
fn map_pairs<'a>(map: &'a Map, shape: &'a MapShape, parts: &'a [BoundShape<'a>]) -> Vec<Pair<'a>> {
    let ours: Vec<_> = map.into_iter().map(|(key, _)| key).collect();
    let theirs = keys(shape);
    let (ours_with, theirs_with) = (partners(&ours, &theirs), partners(&theirs, &ours));
    let of_map = map
        .into_iter()
        .zip(&ours_with)
        .filter(|(_, partner)| partner.is_some() || !shape.is_open)
        .map(|((key, value), partner)| Pair {
            segment: key_segment(key),
            actual: Some(value),
            bound: partner.map(|index| &parts[index]),
        });
    let of_shape = theirs_with
        .into_iter()
        .enumerate()
        .filter(|(index, partner)| partner.is_none_or(|one| ours_with[one] != Some(*index)))
        .map(|(index, partner)| Pair {
            segment: key_segment(partner.map_or(theirs[index], |one| ours[one])),
            actual: partner.map(|one| &map.entries()[one].1),
            bound: Some(&parts[index]),
        });
    of_map.chain(of_shape).collect()
}

fn keys(shape: &MapShape) -> Vec<&Value> {
    let entries = shape.sorted_entries().into_iter();
    entries.map(|(key, _)| key).collect()
}

/// Returns the fields of the record, and then those that only the shape has.
fn field_pairs<'a>(
    record: &'a Record,
    shape: &'a RecordShape,
    parts: &'a [BoundShape<'a>],
) -> Vec<Pair<'a>> {
    let values: HashMap<&str, &Value> = record
        .into_iter()
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    let names = shape.fields.iter().map(|(name, _)| name.as_str());
    let shapes: HashMap<&str, &BoundShape<'_>> = names.clone().zip(parts).collect();
    let ours = record.into_iter().map(|(name, _)| name.as_str());
    ours.chain(names.filter(|name| !values.contains_key(name)))
        .map(|name| Pair {
            segment: path_segment(name),
            actual: values.get(name).copied(),
            bound: shapes.get(name).copied(),
        })
        .collect()
}

/// Requires keys of maps and names of fields that values can have.
pub(super) fn keys_and_names_are_possible(shape: &Shape) -> Result<(), ErrorCode> {
    let possible = match shape {
        Shape::Map(map) => {
            let keys = keys(map);
            let is_nan = |key: &&Value| key.as_number().is_some_and(Number::is_nan);
            !keys.iter().any(is_nan) && repeated(&keys).is_empty()
        }
        Shape::Record(record) => {
            let names: HashSet<_> = record.fields.iter().map(|(name, _)| name).collect();
            names.len() == record.fields.len()
        }
        _ => true,
    };
    if !possible {
        return Err(ErrorCode::BadArgument);
    }
    let mut parts = shape.parts().into_iter();
    parts.try_for_each(keys_and_names_are_possible)
}
