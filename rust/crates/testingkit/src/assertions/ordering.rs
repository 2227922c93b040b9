//! The assertions of order (`docs/kit/assertions.md`, order).

use std::cmp::Ordering;

use super::collection::items;
use super::entry::{Body, Entry, Finding, ITEMS, Kinds, LIST, ORDERED};
use crate::value::{ErrorCode, Value};

pub(super) const ENTRIES: &[Entry] = &[
    entry("is_less_than", LIMIT, Body::Plain(is_less_than)),
    entry("is_at_most", LIMIT, Body::Opposite(is_greater_than)),
    entry("is_greater_than", LIMIT, Body::Plain(is_greater_than)),
    entry("is_at_least", LIMIT, Body::Opposite(is_less_than)),
    Entry {
        precondition: range_is_ordered,
        ..entry("is_between", RANGE, Body::Plain(is_between))
    },
    Entry {
        precondition: range_is_ordered,
        ..entry(
            "is_strictly_between",
            RANGE,
            Body::Plain(is_strictly_between),
        )
    },
    Entry {
        precondition: range_is_ordered,
        ..entry("is_not_between", RANGE, Body::Opposite(is_between))
    },
    sequence("is_sorted", |actual, _| {
        in_sequence(&items(actual)?, Ordering::is_le)
    }),
    sequence("is_sorted_descending", |actual, _| {
        in_sequence(&items(actual)?, Ordering::is_ge)
    }),
    sequence("is_strictly_increasing", |actual, _| {
        in_sequence(&items(actual)?, Ordering::is_lt)
    }),
    sequence("is_strictly_decreasing", |actual, _| {
        in_sequence(&items(actual)?, Ordering::is_gt)
    }),
    Entry {
        actual: ITEMS,
        details: &["minimum"],
        ..entry("has_minimum", VALUE, Body::Detailed(has_minimum))
    },
    Entry {
        actual: ITEMS,
        details: &["maximum"],
        ..entry("has_maximum", VALUE, Body::Detailed(has_maximum))
    },
];
const LIMIT: &[(&str, Kinds)] = &[("limit", ORDERED)];
const VALUE: &[(&str, Kinds)] = &[("value", ORDERED)];
const RANGE: &[(&str, Kinds)] = &[("low", ORDERED), ("high", ORDERED)];

const fn entry(
    name: &'static str,
    arguments: &'static [(&'static str, Kinds)],
    body: Body,
) -> Entry {
    Entry {
        arguments,
        actual: ORDERED,
        ..Entry::new(name, body)
    }
}

const fn sequence(
    name: &'static str,
    body: fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>,
) -> Entry {
    Entry {
        actual: LIST,
        details: &["index", "pair"],
        ..Entry::new(name, Body::Detailed(body))
    }
}

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
