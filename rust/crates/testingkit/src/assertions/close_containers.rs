//! Closeness in lists, maps and structures (`docs/kit/assertions.md`, closeness).

use std::collections::HashMap;

use super::difference::{Difference, key_segment};
use super::entry::Finding;
use super::measure::delta;
use crate::value::{ErrorCode, Map, Outcome, Record, Value, partners, path_segment};

/// What leads to two values.
#[derive(Clone, Copy)]
enum Place<'a> {
    Index(usize),
    Key(&'a Value),
    Field(&'a str),
}

impl Place<'_> {
    fn segment(self) -> String {
        match self {
            Self::Index(index) => format!("[{index}]"),
            Self::Key(key) => key_segment(key),
            Self::Field(name) => path_segment(name),
        }
    }

    fn to_value(self) -> Value {
        match self {
            Self::Index(index) => Value::from(index),
            Self::Key(key) => key.clone(),
            Self::Field(name) => Value::from(name),
        }
    }
}

/// What two containers have at one place; `None` for a side that has nothing there.
struct Pair<'a> {
    place: Place<'a>,
    left: Option<&'a Value>,
    right: Option<&'a Value>,
}

/// Returns the code as an error unless all items of a list, or values of a map, are numbers.
pub(super) fn require_numbers(container: &Value, code: ErrorCode) -> Result<(), ErrorCode> {
    let is_number = |value: &Value| value.as_number().is_some();
    let hold = match container {
        Value::List(items) => items.iter().all(is_number),
        Value::Map(map) => map.into_iter().all(|(_, value)| is_number(value)),
        _ => false,
    };
    if hold { Ok(()) } else { Err(code) }
}

/// Finds the first index at which two lists of numbers are not close.
pub(super) fn all_close_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    require_numbers(actual, ErrorCode::WrongKind)?;
    let (Value::List(left), Value::List(right)) = (actual, arguments[0]) else {
        return Err(ErrorCode::WrongKind);
    };
    let found = first_apart("index", &list_pairs(left, right), arguments[1])?;
    Ok(found.unwrap_or_else(|| Finding::plain(true)))
}

/// Finds the first key at which two maps of numbers are not close.
pub(super) fn map_close_to(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    require_numbers(actual, ErrorCode::WrongKind)?;
    let (Value::Map(left), Value::Map(right)) = (actual, arguments[0]) else {
        return Err(ErrorCode::WrongKind);
    };
    let found = first_apart("key", &map_pairs(left, right), arguments[1])?;
    let as_many = left.entries().len() == right.entries().len();
    Ok(found.unwrap_or_else(|| Finding::plain(as_many)))
}

/// Returns the finding on the first pair that is not close.
fn first_apart(
    name: &'static str,
    pairs: &[Pair<'_>],
    tolerance: &Value,
) -> Result<Option<Finding>, ErrorCode> {
    for pair in pairs {
        let (Some(left), Some(right)) = (pair.left, pair.right) else {
            return Ok(Some(Finding::with(false, name, pair.place.to_value())));
        };
        let (delta, within) = delta(left, right, tolerance)?;
        if !within {
            let mut found = Finding::with(false, name, pair.place.to_value());
            found.details.push(("delta", delta));
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn list_pairs<'a>(left: &'a [Value], right: &'a [Value]) -> Vec<Pair<'a>> {
    let pair = |index| Pair {
        place: Place::Index(index),
        left: left.get(index),
        right: right.get(index),
    };
    (0..left.len().max(right.len())).map(pair).collect()
}

/// Returns the entries of the left map with their partners, and then those of the right one. No
/// pair comes twice: in maps within each other the pairs would double with each level.
fn map_pairs<'a>(left: &'a Map, right: &'a Map) -> Vec<Pair<'a>> {
    let (ours, theirs) = (keys(left), keys(right));
    let (ours_with, theirs_with) = (partners(&ours, &theirs), partners(&theirs, &ours));
    let of_left = left
        .into_iter()
        .zip(&ours_with)
        .map(|((key, value), partner)| Pair {
            place: Place::Key(key),
            left: Some(value),
            right: partner.map(|partner| &right.entries()[partner].1),
        });
    let is_new = |index: usize, partner: Option<usize>| {
        partner.is_none_or(|partner| ours_with[partner] != Some(index))
    };
    let of_right = right
        .into_iter()
        .zip(theirs_with)
        .enumerate()
        .filter(|(index, (_, partner))| is_new(*index, *partner))
        .map(|(_, ((key, value), partner))| {
            let partner = partner.map(|partner| &left.entries()[partner]);
            Pair {
                place: Place::Key(partner.map_or(key, |(key, _)| key)),
                left: partner.map(|(_, value)| value),
                right: Some(value),
            }
        });
    of_left.chain(of_right).collect()
}

fn keys(map: &Map) -> Vec<&Value> {
    map.into_iter().map(|(key, _)| key).collect()
}

/// Returns the fields of the left record, and then those that only the right one has.
fn field_pairs<'a>(left: &'a Record, right: &'a Record) -> Vec<Pair<'a>> {
    let (ours, theirs) = (by_name(left), by_name(right));
    let of_left = left.into_iter().map(|(name, _)| name);
    let only_right = right.into_iter().map(|(name, _)| name);
    let only_right = only_right.filter(|name| !ours.contains_key(name.as_str()));
    let pair = |name: &'a String| Pair {
        place: Place::Field(name),
        left: ours.get(name.as_str()).copied(),
        right: theirs.get(name.as_str()).copied(),
    };
    of_left.chain(only_right).map(pair).collect()
}

fn by_name(record: &Record) -> HashMap<&str, &Value> {
    let fields = record.into_iter();
    fields.map(|(name, value)| (name.as_str(), value)).collect()
}

/// Finds the first place at which two values are neither equal nor close floats.
pub(super) fn structure_close_to(
    actual: &Value,
    arguments: &[&Value],
) -> Result<Finding, ErrorCode> {
    let tolerance = arguments[1];
    let Some(mut found) = difference(actual, arguments[0], tolerance)? else {
        return Ok(Finding::plain(true));
    };
    found.path.insert(0, '$');
    let mut details = found.details();
    if let (Some(left @ Value::Float(_)), Some(right @ Value::Float(_))) = (found.left, found.right)
    {
        let (delta, _) = delta(left, right, tolerance)?;
        details.push(("delta", delta));
    }
    Ok(Finding {
        details,
        ..Finding::default()
    })
}

/// Returns the first difference of two values with its path from here.
fn difference<'a>(
    left: &'a Value,
    right: &'a Value,
    tolerance: &Value,
) -> Result<Option<Difference<'a>>, ErrorCode> {
    let related = match (left, right) {
        (Value::Float(_), Value::Float(_)) => delta(left, right, tolerance)?.1,
        (Value::List(one), Value::List(two)) => {
            return first_difference(&list_pairs(one, two), tolerance);
        }
        (Value::Record(one), Value::Record(two)) if one.name_relates_to(two) => {
            return first_difference(&field_pairs(one, two), tolerance);
        }
        (Value::Message(one), Value::Message(two))
            if one.record().name() == two.record().name() =>
        {
            return first_difference(&field_pairs(one.record(), two.record()), tolerance);
        }
        (Value::Map(one), Value::Map(two)) => {
            let found = first_difference(&map_pairs(one, two), tolerance)?;
            if found.is_some() {
                return Ok(found);
            }
            one.entries().len() == two.entries().len()
        }
        (Value::Outcome(Outcome::Returned(one)), Value::Outcome(Outcome::Returned(two))) => {
            difference(one, two, tolerance)?.is_none()
        }
        _ => left.is_equal_to(right),
    };
    Ok((!related).then(|| Difference {
        path: String::new(),
        left: Some(left),
        right: Some(right),
    }))
}

/// Returns the first difference in the pairs of two containers.
fn first_difference<'a>(
    pairs: &[Pair<'a>],
    tolerance: &Value,
) -> Result<Option<Difference<'a>>, ErrorCode> {
    for pair in pairs {
        let found = match (pair.left, pair.right) {
            (Some(left), Some(right)) => difference(left, right, tolerance)?,
            (left, right) => Some(Difference {
                path: String::new(),
                left,
                right,
            }),
        };
        if let Some(mut found) = found {
            found.path.insert_str(0, &pair.place.segment());
            return Ok(Some(found));
        }
    }
    Ok(None)
}
