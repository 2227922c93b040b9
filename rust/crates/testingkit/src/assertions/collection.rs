//! The assertions of collections and sizes (`docs/kit/assertions.md`, collections).

use super::entry::{ANY, Body, Entry, Finding, INT, ITEMS, LIST, MAP, SIZED};
use crate::value::{ErrorCode, Value, index_of, missing};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        arguments: &[("item", ANY)],
        actual: ITEMS,
        ..Entry::new("contains", Body::Plain(contains))
    },
    Entry {
        arguments: &[("item", ANY)],
        actual: ITEMS,
        details: &["index"],
        ..Entry::new("not_contains", Body::Detailed(not_contains))
    },
    Entry {
        arguments: &[("items", LIST)],
        actual: ITEMS,
        details: &["missing"],
        ..Entry::new("contains_all", Body::Detailed(contains_all))
    },
    Entry {
        arguments: &[("count", INT)],
        actual: SIZED,
        details: &["length"],
        precondition: count_is_not_negative,
        ..Entry::new("has_length", Body::Detailed(has_length))
    },
    Entry {
        actual: SIZED,
        details: &["size"],
        ..Entry::new("is_empty", Body::Detailed(is_empty))
    },
    Entry {
        actual: SIZED,
        ..Entry::new(
            "is_not_empty",
            Body::Plain(|actual, _| Ok(size(actual)? > 0)),
        )
    },
    Entry {
        arguments: &[("key", ANY)],
        actual: MAP,
        details: &["keys"],
        ..Entry::new("has_key", Body::Detailed(has_key))
    },
    Entry {
        arguments: &[("key", ANY)],
        actual: MAP,
        ..Entry::new("lacks_key", Body::Opposite(contains))
    },
];

/// Returns the items of a list or set, or the keys of a map.
pub(super) fn items(actual: &Value) -> Result<Vec<&Value>, ErrorCode> {
    match actual {
        Value::List(items) => Ok(items.iter().collect()),
        Value::Set(set) => Ok(set.into_iter().collect()),
        Value::Map(map) => Ok(map.into_iter().map(|(key, _)| key).collect()),
        _ => Err(ErrorCode::WrongKind),
    }
}

fn size(actual: &Value) -> Result<usize, ErrorCode> {
    match actual {
        Value::Text(text) => Ok(text.chars().count()),
        Value::Bytes(octets) => Ok(octets.len()),
        _ => items(actual).map(|items| items.len()),
    }
}

fn contains(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(index_of(&items(actual)?, arguments[0]).is_some())
}

fn not_contains(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    Ok(match index_of(&items(actual)?, arguments[0]) {
        None => Finding::plain(true),
        Some(_) if matches!(actual, Value::Set(_)) => Finding::plain(false),
        Some(index) => Finding::with(false, "index", Value::from(index)),
    })
}

fn contains_all(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let missing = missing(&items(arguments[0])?, &items(actual)?);
    let passed = missing.is_empty();
    let missing = missing.into_iter().cloned().collect();
    Ok(Finding::with(passed, "missing", Value::List(missing)))
}

fn count_is_not_negative(arguments: &[&Value]) -> Result<(), ErrorCode> {
    match arguments[0] {
        Value::Int(count) if count.is_negative() => Err(ErrorCode::BadArgument),
        _ => Ok(()),
    }
}

fn has_length(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let length = Value::from(size(actual)?);
    let passed = length.is_equal_to(arguments[0]);
    Ok(Finding::with(passed, "length", length))
}

fn is_empty(actual: &Value, _arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let size = size(actual)?;
    Ok(Finding::with(size == 0, "size", Value::from(size)))
}

fn has_key(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let keys = items(actual)?;
    let passed = index_of(&keys, arguments[0]).is_some();
    let keys = keys.into_iter().cloned().collect();
    Ok(Finding::with(passed, "keys", Value::List(keys)))
}
