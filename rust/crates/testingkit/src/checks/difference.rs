//! The first place where two values differ (`docs/kit/checks.md`, the first difference).

use crate::render::canonical;
use crate::value::{Map, Record, Value, path_segment};

pub(super) type Relation = fn(&Value, &Value) -> bool;

/// A place in two values, and the parts of them there; `None` for a side without that place.
pub(super) struct Difference<'a> {
    path: String,
    left: Option<&'a Value>,
    right: Option<&'a Value>,
}

/// Returns the first place where two unrelated values differ, as deep inside them as possible.
pub(super) fn first_difference<'a>(
    left: &'a Value,
    right: &'a Value,
    related: Relation,
) -> Difference<'a> {
    let mut place = Difference {
        path: "$".to_owned(),
        left: Some(left),
        right: Some(right),
    };
    while let (Some(left), Some(right)) = (place.left, place.right)
        && let Some(step) = step(left, right, related)
    {
        place = Difference {
            path: place.path + &step.path,
            ..step
        };
    }
    place
}

impl Difference<'_> {
    /// Returns the details that apply, in catalog order.
    pub(super) fn details(&self) -> Vec<(&'static str, Value)> {
        let mut details = Vec::new();
        if self.path != "$" {
            details.push(("path", Value::from(self.path.as_str())));
            details.extend(self.left.map(|left| ("left", left.clone())));
            details.extend(self.right.map(|right| ("right", right.clone())));
        }
        if let (Some(Value::Text(left)), Some(Value::Text(right))) = (self.left, self.right) {
            push_text_details(&mut details, left, right);
        }
        details
    }
}

/// Returns the difference one level down, with one path segment; `None` if the values differ as a
/// whole.
fn step<'a>(left: &'a Value, right: &'a Value, related: Relation) -> Option<Difference<'a>> {
    match (left, right) {
        (Value::List(left), Value::List(right)) => Some(list_step(left, right, related)),
        (Value::Map(left), Value::Map(right)) => map_step(left, right, related),
        (Value::Record(left), Value::Record(right)) => record_step(left, right, related),
        _ => None,
    }
}

fn list_step<'a>(left: &'a [Value], right: &'a [Value], related: Relation) -> Difference<'a> {
    let place = left
        .iter()
        .zip(right)
        .take_while(|(one, two)| related(one, two))
        .count();
    Difference {
        path: format!("[{place}]"),
        left: left.get(place),
        right: right.get(place),
    }
}

fn map_step<'a>(left: &'a Map, right: &'a Map, related: Relation) -> Option<Difference<'a>> {
    if let Some((key, value)) = unmatched(left, right, related) {
        return Some(Difference {
            path: key_segment(key),
            left: Some(value),
            right: by_key(right, key, related).map(|(_, value)| value),
        });
    }
    let (key, value) = unmatched(right, left, related)?;
    let partner = by_key(left, key, related);
    Some(Difference {
        path: key_segment(partner.map_or(key, |(key, _)| key)),
        left: partner.map(|(_, value)| value),
        right: Some(value),
    })
}

/// Returns the first entry that has no related one on the other side.
fn unmatched<'a>(entries: &'a Map, others: &Map, related: Relation) -> Option<&'a (Value, Value)> {
    entries.into_iter().find(|(key, value)| {
        !others
            .into_iter()
            .any(|(one, two)| related(key, one) && related(value, two))
    })
}

fn by_key<'a>(entries: &'a Map, key: &Value, related: Relation) -> Option<&'a (Value, Value)> {
    entries.into_iter().find(|(one, _)| related(key, one))
}

fn key_segment(key: &Value) -> String {
    match key {
        Value::Text(name) => path_segment(name),
        _ => format!("{{{}}}", canonical(key)),
    }
}

fn record_step<'a>(
    left: &'a Record,
    right: &'a Record,
    related: Relation,
) -> Option<Difference<'a>> {
    if !left.name().is_empty() && !right.name().is_empty() && left.name() != right.name() {
        return None;
    }
    let differing = left
        .into_iter()
        .map(|(name, value)| (name, Some(value), right.get(name)))
        .find(|(_, value, other)| {
            !value
                .zip(*other)
                .is_some_and(|(one, two)| related(one, two))
        });
    let missing = || {
        right
            .into_iter()
            .find(|(name, _)| left.get(name).is_none())
            .map(|(name, value)| (name, None, Some(value)))
    };
    let (name, left, right) = differing.or_else(missing)?;
    Some(Difference {
        path: path_segment(name),
        left,
        right,
    })
}

fn push_text_details(details: &mut Vec<(&'static str, Value)>, left: &str, right: &str) {
    let index = left
        .chars()
        .zip(right.chars())
        .take_while(|(one, two)| one == two)
        .count();
    let point = |text: &str| {
        let point = text.chars().nth(index)?;
        Some(Value::from(format!("U+{:04X}", u32::from(point))))
    };
    details.push(("index", Value::from(index)));
    details.extend(point(left).map(|point| ("left_code_point", point)));
    details.extend(point(right).map(|point| ("right_code_point", point)));
}
