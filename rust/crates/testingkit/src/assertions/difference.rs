//! How two values differ (`docs/kit/assertions.md`, the first difference).

use std::collections::HashMap;

use crate::diff;
use crate::paths::{Path, Step as PathStep};
use crate::render::expanded;
use crate::value::{Comparison, PartId, Record, Relation, Value, path_segment};

/// A place in two values, and the parts of them there; `None` for a side without that place.
pub(super) struct Difference<'a> {
    pub(super) path: String,
    pub(super) left: Option<&'a Value>,
    pub(super) right: Option<&'a Value>,
}

/// Returns the difference of the expanded texts, empty if both are single lines: line 1 and `actual`
/// of the failure text show them already.
pub(super) fn expanded_difference(actual: &Value, expected: &Value) -> String {
    let (before, after) = (expanded(expected), expanded(actual));
    if has_lines(&before) || has_lines(&after) {
        diff::expanded_texts(&before, &after)
    } else {
        String::new()
    }
}

fn has_lines(expanded: &str) -> bool {
    expanded.lines().nth(1).is_some()
}

/// Returns the first place where two values differ, as deep inside them as possible; `None` if they
/// relate.
pub(super) fn first_difference<'a>(
    left: &'a Value,
    right: &'a Value,
    relation: Relation,
) -> Option<Difference<'a>> {
    let (comparison, left, right) = Comparison::new(relation, left, right);
    if comparison.related(left, right) {
        return None;
    }
    let mut path = "$".to_owned();
    let mut sides = (Some(left), Some(right));
    while let (Some(left), Some(right)) = sides
        && let Some(step) = step(&comparison, left, right)
    {
        path += &step.segment;
        sides = (step.left, step.right);
    }
    let value = |part| comparison.value(part);
    Some(Difference {
        path,
        left: sides.0.map(value),
        right: sides.1.map(value),
    })
}

/// The way to the first difference one level down: the segment of the path, and the parts there.
struct Step {
    segment: String,
    left: Option<PartId>,
    right: Option<PartId>,
}

impl Difference<'_> {
    /// Returns the difference in the values that hold both sides at a path.
    pub(super) fn below(self, path: &Path) -> Self {
        let path = self.path.replacen('$', &path.to_string(), 1);
        Self { path, ..self }
    }

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

/// Returns the step to the first difference one level down; `None` if the parts differ as a whole.
fn step(comparison: &Comparison<'_>, left: PartId, right: PartId) -> Option<Step> {
    match (comparison.value(left), comparison.value(right)) {
        (Value::List(_), Value::List(_)) => Some(list_step(comparison, left, right)),
        (Value::Map(_), Value::Map(_)) => map_step(comparison, left, right),
        (Value::Record(one), Value::Record(two)) if one.name_relates_to(two) => record_step(
            comparison,
            (one, &comparison.fields(left)),
            (two, &comparison.fields(right)),
        ),
        (Value::Message(one), Value::Message(two))
            if one.record().name() == two.record().name() =>
        {
            record_step(
                comparison,
                (one.record(), &comparison.fields(left)),
                (two.record(), &comparison.fields(right)),
            )
        }
        _ => None,
    }
}

fn list_step(comparison: &Comparison<'_>, left: PartId, right: PartId) -> Step {
    let (left, right) = (comparison.parts(left), comparison.parts(right));
    let place = left
        .iter()
        .zip(right)
        .take_while(|(one, two)| comparison.related(**one, **two))
        .count();
    Step {
        segment: format!("[{place}]"),
        left: left.get(place).copied(),
        right: right.get(place).copied(),
    }
}

fn map_step(comparison: &Comparison<'_>, left: PartId, right: PartId) -> Option<Step> {
    let (left, right) = (comparison.entries(left), comparison.entries(right));
    if let Some(entry) = comparison.unmatched(&left, &right).next() {
        return Some(Step {
            segment: key_segment(comparison.value(entry[0])),
            left: Some(entry[1]),
            right: by_key(comparison, &right, entry[0]).map(|partner| partner[1]),
        });
    }
    let entry = comparison.unmatched(&right, &left).next()?;
    let partner = by_key(comparison, &left, entry[0]);
    Some(Step {
        segment: key_segment(comparison.value(partner.map_or(entry[0], |partner| partner[0]))),
        left: partner.map(|partner| partner[1]),
        right: Some(entry[1]),
    })
}

fn by_key<'e>(
    comparison: &Comparison<'_>,
    entries: &[&'e [PartId]],
    key: PartId,
) -> Option<&'e [PartId]> {
    let mut entries = entries.iter().copied();
    entries.find(|entry| comparison.related(key, entry[0]))
}

/// Returns the path segment of the entry of a map with this key.
pub(super) fn key_segment(key: &Value) -> String {
    PathStep::to_key(key).to_string()
}

/// A record, and the parts of its fields by name.
type Fields<'a> = (&'a Record, &'a HashMap<&'a str, PartId>);

fn record_step(comparison: &Comparison<'_>, left: Fields<'_>, right: Fields<'_>) -> Option<Step> {
    let part = |fields: &HashMap<&str, PartId>, name: &str| fields.get(name).copied();
    let differs = |name: &&str| match (part(left.1, name), part(right.1, name)) {
        (Some(one), Some(two)) => !comparison.related(one, two),
        _ => true,
    };
    let name = names(left.0)
        .find(differs)
        .or_else(|| names(right.0).find(|name| !left.1.contains_key(name)))?;
    Some(Step {
        segment: path_segment(name),
        left: part(left.1, name),
        right: part(right.1, name),
    })
}

fn names(record: &Record) -> impl Iterator<Item = &str> {
    record.into_iter().map(|(name, _)| name.as_str())
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
