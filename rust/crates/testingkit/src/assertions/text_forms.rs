//! The assertions of the forms of texts (`docs/kit/assertions.md`, forms of texts).

use super::entry::{Finding, Rule};
use super::sizes::counts_are_not_negative;
use super::texts::{find_count, items_are_texts, list, text};
use super::whitespace::is_whitespace;
use crate::diff;
use crate::render::expanded;
use crate::value::{ErrorCode, Value, is_invisible};

pub(super) const RULES: &[(&str, Rule)] = &[
    ("is_blank", Rule::plain(is_blank)),
    ("is_not_blank", Rule::opposite(is_blank)),
    ("is_trimmed", Rule::plain(is_trimmed)),
    (
        "is_ascii",
        Rule::detailed(|actual, _| {
            by_index(actual, |text| first_other(text, |char| char.is_ascii()))
        }),
    ),
    (
        "is_ascii_letters",
        Rule::detailed(|actual, _| {
            by_index(actual, |text| {
                all_of(text, |char| char.is_ascii_alphabetic())
            })
        }),
    ),
    (
        "is_ascii_digits",
        Rule::detailed(|actual, _| {
            by_index(actual, |text| all_of(text, |char| char.is_ascii_digit()))
        }),
    ),
    (
        "is_ascii_alphanumeric",
        Rule::detailed(|actual, _| {
            by_index(actual, |text| {
                all_of(text, |char| char.is_ascii_alphanumeric())
            })
        }),
    ),
    (
        "is_ascii_lowercase",
        Rule::detailed(|actual, _| {
            by_index(actual, |text| {
                with_some(
                    text,
                    |char| char.is_ascii_lowercase(),
                    |char| !char.is_ascii_uppercase(),
                )
            })
        }),
    ),
    (
        "is_ascii_uppercase",
        Rule::detailed(|actual, _| {
            by_index(actual, |text| {
                with_some(
                    text,
                    |char| char.is_ascii_uppercase(),
                    |char| !char.is_ascii_lowercase(),
                )
            })
        }),
    ),
    (
        "is_printable",
        Rule::detailed(|actual, _| {
            by_index(actual, |text| first_other(text, |char| !is_invisible(char)))
        }),
    ),
    (
        "has_char_count",
        Rule::detailed(|actual, arguments| {
            Ok(find_count(text(actual)?.chars().count(), arguments[0]))
        })
        .requiring(counts_are_not_negative),
    ),
    (
        "has_utf8_length",
        Rule::detailed(|actual, arguments| Ok(find_count(text(actual)?.len(), arguments[0])))
            .requiring(counts_are_not_negative),
    ),
    (
        "has_utf16_length",
        Rule::detailed(|actual, arguments| {
            Ok(find_count(
                text(actual)?.encode_utf16().count(),
                arguments[0],
            ))
        })
        .requiring(counts_are_not_negative),
    ),
    (
        "has_line_count",
        Rule::detailed(|actual, arguments| {
            Ok(find_count(text(actual)?.lines().count(), arguments[0]))
        })
        .requiring(counts_are_not_negative),
    ),
    (
        "has_lines",
        Rule::detailed(has_lines).requiring(items_are_texts),
    ),
];

type OfChar = fn(char) -> bool;

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
