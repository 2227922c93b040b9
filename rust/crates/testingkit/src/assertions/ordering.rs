//! The assertions of order (`docs/kit/assertions.md`, order).

use std::cmp::Ordering;

use super::collection::items;
use super::entry::{Finding, Rule};
use crate::value::{ErrorCode, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("is_less_than", Rule::plain(is_less_than)),
    ("is_at_most", Rule::opposite(is_greater_than)),
    ("is_greater_than", Rule::plain(is_greater_than)),
    ("is_at_least", Rule::opposite(is_less_than)),
    (
        "is_between",
        Rule::plain(is_between).requiring(range_is_ordered),
    ),
    (
        "is_strictly_between",
        Rule::plain(is_strictly_between).requiring(range_is_ordered),
    ),
    (
        "is_not_between",
        Rule::opposite(is_between).requiring(range_is_ordered),
    ),
    (
        "is_sorted",
        Rule::detailed(|actual, _| in_sequence(&items(actual)?, Ordering::is_le)),
    ),
    (
        "is_sorted_descending",
        Rule::detailed(|actual, _| in_sequence(&items(actual)?, Ordering::is_ge)),
    ),
    (
        "is_strictly_increasing",
        Rule::detailed(|actual, _| in_sequence(&items(actual)?, Ordering::is_lt)),
    ),
    (
        "is_strictly_decreasing",
        Rule::detailed(|actual, _| in_sequence(&items(actual)?, Ordering::is_gt)),
    ),
    ("has_minimum", Rule::detailed(has_minimum)),
    ("has_maximum", Rule::detailed(has_maximum)),
];

/// Returns the order of two values, or `not_comparable` if they have none.
pub(super) fn compare(left: &Value, right: &Value) -> Result<Ordering, ErrorCode> {
    let order = match (left, right) {
        (Value::Text(one), Value::Text(two)) => Some(one.cmp(two)),
        (Value::Bytes(one), Value::Bytes(two)) => Some(one.cmp(two)),
        (Value::Duration(one), Value::Duration(two)) => Some(one.cmp(two)),
        (Value::Time(one), Value::Time(two)) => Some(one.instant().cmp(&two.instant())),
        _ => left
            .as_number()
            .zip(right.as_number())
            .and_then(|(one, two)| one.partial_cmp(&two)),
    };
    order.ok_or(ErrorCode::NotComparable)
}

fn range_is_ordered(arguments: &[&Value]) -> Result<(), ErrorCode> {
    match compare(arguments[0], arguments[1])? {
        Ordering::Greater => Err(ErrorCode::BadArgument),
        _ => Ok(()),
    }
}

fn is_less_than(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    compare(actual, arguments[0]).map(Ordering::is_lt)
}

fn is_greater_than(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    compare(actual, arguments[0]).map(Ordering::is_gt)
}

fn is_between(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    let (low, high) = (
        compare(actual, arguments[0])?,
        compare(actual, arguments[1])?,
    );
    Ok(low.is_ge() && high.is_le())
}

fn is_strictly_between(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    let (low, high) = (
        compare(actual, arguments[0])?,
        compare(actual, arguments[1])?,
    );
    Ok(low.is_gt() && high.is_lt())
}

/// Finds the first item whose order to the next one is not a wanted one.
pub(super) fn in_sequence(
    items: &[&Value],
    wanted: fn(Ordering) -> bool,
) -> Result<Finding, ErrorCode> {
    // All items first: a list that mixes kinds is an error wherever it is out of order.
    for item in items {
        compare(items[0], item)?;
    }
    for (index, pair) in items.windows(2).enumerate() {
        if !wanted(compare(pair[0], pair[1])?) {
            let pair = pair.iter().copied().cloned().collect();
            let mut found = Finding::with(false, "index", Value::from(index));
            found.details.push(("pair", Value::List(pair)));
            return Ok(found);
        }
    }
    Ok(Finding::plain(true))
}

fn has_minimum(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    has_extreme("minimum", Ordering::Less, actual, arguments[0])
}

fn has_maximum(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    has_extreme("maximum", Ordering::Greater, actual, arguments[0])
}

/// Passes if the first item to which no other one has the order `sign` compares as the same as the
/// value.
fn has_extreme(
    detail: &'static str,
    sign: Ordering,
    actual: &Value,
    value: &Value,
) -> Result<Finding, ErrorCode> {
    let items = items(actual)?;
    let mut extreme = *items.first().ok_or(ErrorCode::NotComparable)?;
    for item in items {
        compare(item, value)?;
        if compare(item, extreme)? == sign {
            extreme = item;
        }
    }
    let passed = compare(extreme, value)?.is_eq();
    Ok(Finding::with(passed, detail, extreme.clone()))
}
