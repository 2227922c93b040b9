//! The assertions of the forms of texts (`docs/kit/assertions.md`, forms of texts).

use super::entry::{Body, Entry, Finding, INT, LIST, TEXT};
use super::sizes::counts_are_not_negative;
use super::texts::{find_count, items_are_texts, list, text};
use super::whitespace::is_whitespace;
use crate::diff;
use crate::render::expanded;
use crate::value::{ErrorCode, Value, is_invisible};

pub(super) const ENTRIES: &[Entry] = &[
    entry("is_blank", Body::Plain(is_blank)),
    entry("is_not_blank", Body::Opposite(is_blank)),
    entry("is_trimmed", Body::Plain(is_trimmed)),
    form("is_ascii", |actual, _| {
        by_index(actual, |text| first_other(text, |char| char.is_ascii()))
    }),
    form("is_ascii_letters", |actual, _| {
        by_index(actual, |text| {
            all_of(text, |char| char.is_ascii_alphabetic())
        })
    }),
    form("is_ascii_digits", |actual, _| {
        by_index(actual, |text| all_of(text, |char| char.is_ascii_digit()))
    }),
    form("is_ascii_alphanumeric", |actual, _| {
        by_index(actual, |text| {
            all_of(text, |char| char.is_ascii_alphanumeric())
        })
    }),
    form("is_ascii_lowercase", |actual, _| {
        by_index(actual, |text| {
            with_some(
                text,
                |char| char.is_ascii_lowercase(),
                |char| !char.is_ascii_uppercase(),
            )
        })
    }),
    form("is_ascii_uppercase", |actual, _| {
        by_index(actual, |text| {
            with_some(
                text,
                |char| char.is_ascii_uppercase(),
                |char| !char.is_ascii_lowercase(),
            )
        })
    }),
    form("is_printable", |actual, _| {
        by_index(actual, |text| first_other(text, |char| !is_invisible(char)))
    }),
    count("has_char_count", |actual, arguments| {
        Ok(find_count(text(actual)?.chars().count(), arguments[0]))
    }),
    count("has_utf8_length", |actual, arguments| {
        Ok(find_count(text(actual)?.len(), arguments[0]))
    }),
    count("has_utf16_length", |actual, arguments| {
        Ok(find_count(
            text(actual)?.encode_utf16().count(),
            arguments[0],
        ))
    }),
    count("has_line_count", |actual, arguments| {
        Ok(find_count(text(actual)?.lines().count(), arguments[0]))
    }),
    Entry {
        arguments: &[("lines", LIST)],
        details: &["diff"],
        precondition: items_are_texts,
        ..entry("has_lines", Body::Detailed(has_lines))
    },
];

type Details = fn(&Value, &[&Value]) -> Result<Finding, ErrorCode>;
type OfChar = fn(char) -> bool;

const fn entry(name: &'static str, body: Body) -> Entry {
    Entry {
        actual: TEXT,
        ..Entry::new(name, body)
    }
}

/// Returns the assertion that a text has a form, with the detail `index`.
pub(super) const fn form(name: &'static str, body: Details) -> Entry {
    Entry {
        details: &["index"],
        ..entry(name, Body::Detailed(body))
    }
}

/// Returns the assertion that a number of a text is the argument.
const fn count(name: &'static str, body: Details) -> Entry {
    Entry {
        arguments: &[("count", INT)],
        details: &["count"],
        precondition: counts_are_not_negative,
        ..entry(name, Body::Detailed(body))
    }
}

/// Returns whether a text has the form of a reader. The reader returns the index at which a text
/// leaves the form.
pub(super) fn by_index(
    actual: &Value,
    read: fn(&str) -> Option<usize>,
) -> Result<Finding, ErrorCode> {
    Ok(match read(text(actual)?) {
        None => Finding::plain(true),
        Some(index) => Finding::with(false, "index", Value::from(index)),
    })
}

/// Returns the index of the first code point that is not allowed.
pub(super) fn first_other(text: &str, allowed: OfChar) -> Option<usize> {
    text.chars().position(|char| !allowed(char))
}

/// Reads a text of allowed code points, of which at least one is needed.
fn with_some(text: &str, needed: OfChar, allowed: OfChar) -> Option<usize> {
    let too_short = || (!text.contains(needed)).then(|| text.chars().count());
    first_other(text, allowed).or_else(too_short)
}

/// Reads a text that is not empty and has only these code points.
pub(super) fn all_of(text: &str, allowed: OfChar) -> Option<usize> {
    with_some(text, allowed, allowed)
}

fn is_blank(actual: &Value, _arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(text(actual)?.chars().all(is_whitespace))
}

fn is_trimmed(actual: &Value, _arguments: &[&Value]) -> Result<bool, ErrorCode> {
    let actual = text(actual)?;
    Ok(!actual.starts_with(is_whitespace) && !actual.ends_with(is_whitespace))
}

fn has_lines(actual: &Value, arguments: &[&Value]) -> Result<Finding, ErrorCode> {
    let lines: Vec<_> = text(actual)?.lines().collect();
    let lines = list(&lines);
    if lines.is_equal_to(arguments[0]) {
        return Ok(Finding::plain(true));
    }
    Ok(Finding {
        diff: diff::expanded_texts(&expanded(arguments[0]), &expanded(&lines)),
        ..Finding::default()
    })
}
