//! The assertions of lists, of which the order counts (`docs/kit/assertions.md`, sequences).

use super::collection::{items, list, passes_unless_at, passes_without};
use super::difference::expanded_difference;
use super::entry::{Finding, Rule};
use crate::value::{ErrorCode, Int, Value, has_run, not_in_order};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("contains_exactly", Rule::detailed(contains_exactly)),
    ("contains_sequence", Rule::plain(contains_sequence)),
    ("contains_subsequence", Rule::detailed(contains_subsequence)),
    ("starts_with_items", Rule::detailed(starts_with_items)),
    ("ends_with_items", Rule::detailed(ends_with_items)),
    ("has_item_at", Rule::detailed(has_item_at)),
    ("has_first", Rule::detailed(has_first)),
    ("has_last", Rule::detailed(has_last)),
];

/// Returns the first index at which two sequences are not equal or only one has an item.
fn first_unequal<'a>(
    one: impl ExactSizeIterator<Item = &'a Value>,
    other: impl ExactSizeIterator<Item = &'a Value>,
) -> Option<usize> {
    let (left, right) = (one.len(), other.len());
    let mut pairs = one.zip(other);
    pairs
        .position(|(one, other)| !one.is_equal_to(other))
        .or_else(|| (left != right).then_some(left.min(right)))
}

fn contains_exactly(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (items, wanted) = (items(actual)?, items(arguments[0])?);
    Ok(match first_unequal(items.into_iter(), wanted.into_iter()) {
        None => Finding::plain(true),
        Some(index) => Finding {
            diff: expanded_difference(actual, arguments[0]),
            ..Finding::with(false, "index", Value::from(index))
        },
    })
}

fn contains_sequence(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(has_run(&items(arguments[0])?, &items(actual)?))
}

fn contains_subsequence(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let missing = not_in_order(&items(arguments[0])?, &items(actual)?);
    Ok(passes_without([("missing", list(missing))]))
}

fn starts_with_items(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (items, wanted) = (items(actual)?, items(arguments[0])?);
    let count = wanted.len();
    let index = first_unequal(items.into_iter().take(count), wanted.into_iter());
    Ok(passes_unless_at(index, actual))
}

fn ends_with_items(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let (items, wanted) = (items(actual)?, items(arguments[0])?);
    let count = wanted.len();
    let distance = first_unequal(
        items.into_iter().rev().take(count),
        wanted.into_iter().rev(),
    );
    let index = distance.map(|distance| count - 1 - distance);
    Ok(passes_unless_at(index, actual))
}

fn has_item_at(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let Value::Int(index) = arguments[0] else {
        return Err(ErrorCode::BadArgument);
    };
    let items = items(actual)?;
    Ok(match place(index, items.len()) {
        None => Finding::plain(false),
        Some(place) => Finding::with(
            items[place].is_equal_to(arguments[1]),
            "item",
            items[place].clone(),
        ),
    })
}

/// Returns the place of an index, which counts from the end if it is negative.
fn place(index: &Int, count: usize) -> Option<usize> {
    let index = index.to_i64()?;
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    let place = if index < 0 {
        count.checked_sub(distance)?
    } else {
        distance
    };
    (place < count).then_some(place)
}

fn has_first(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    has_item_at(actual, &[&Value::from(0), arguments[0]])
}

fn has_last(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    has_item_at(actual, &[&Value::from(-1), arguments[0]])
}
