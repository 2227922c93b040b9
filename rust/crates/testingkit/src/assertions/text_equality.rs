//! The assertions of texts that are rewritten (`docs/kit/assertions.md`, equality of texts).

use super::entry::{Finding, Rule};
use super::texts::text;
use super::whitespace::is_whitespace;
use crate::value::{ErrorCode, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "equals_ignoring_ascii_case",
        Rule::detailed(|actual, arguments| equals_after(in_lower_case, actual, arguments)),
    ),
    (
        "equals_ignoring_whitespace",
        Rule::detailed(|actual, arguments| equals_after(without_whitespace, actual, arguments)),
    ),
    (
        "equals_normalizing_whitespace",
        Rule::detailed(|actual, arguments| equals_after(with_single_spaces, actual, arguments)),
    ),
    (
        "equals_normalizing_newlines",
        Rule::detailed(|actual, arguments| equals_after(with_plain_newlines, actual, arguments)),
    ),
];

/// A code point of a rewritten text, and the index of the first one that it replaces.
pub(super) type Piece = (usize, char);

/// Returns whether both texts are the same after they are rewritten.
pub(super) fn equals_after(
    rewrite: fn(&str) -> Vec<Piece>,
    actual: &Value,
    arguments: &[&Value],
) -> Result<Finding, ErrorCode> {
    let actual = text(actual)?;
    let (left, right) = (rewrite(actual), rewrite(text(arguments[0])?));
    let mut others = right.iter().map(|(_, char)| char);
    let differs = left.iter().find(|(_, char)| others.next() != Some(char));
    Ok(match differs {
        Some((index, _)) => Finding::with(false, "index", Value::from(*index)),
        None => {
            let length = actual.chars().count();
            Finding::with(left.len() == right.len(), "index", Value::from(length))
        }
    })
}

fn in_lower_case(text: &str) -> Vec<Piece> {
    let folded = text.chars().map(|char| char.to_ascii_lowercase());
    folded.enumerate().collect()
}

fn without_whitespace(text: &str) -> Vec<Piece> {
    let pieces = text.chars().enumerate();
    pieces.filter(|(_, char)| !is_whitespace(*char)).collect()
}

fn with_single_spaces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = 0; // Behind the last code point that is not whitespace.
    for (index, char) in without_whitespace(text) {
        if 0 < end && end < index {
            pieces.push((end, ' '));
        }
        pieces.push((index, char));
        end = index + 1;
    }
    pieces
}

fn with_plain_newlines(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut previous = None;
    for (index, char) in text.chars().enumerate() {
        match (previous, char) {
            (_, '\r') => pieces.push((index, '\n')),
            (Some('\r'), '\n') => {}
            _ => pieces.push((index, char)),
        }
        previous = Some(char);
    }
    pieces
}
