//! The assertions that ignore case (`docs/kit/assertions.md`, case).

use super::case_folding_table::RANGES;
use super::entry::Rule;
use super::text_equality::{Piece, equals_after};
use super::texts::text;
use crate::value::{ErrorCode, Value};

pub(super) const RULES: &[(&str, Rule)] = &[
    (
        "equals_ignoring_case",
        Rule::detailed(|actual, arguments| equals_after(folded_pieces, actual, arguments)),
    ),
    (
        "contains_ignoring_case",
        Rule::plain(contains_ignoring_case),
    ),
];

/// Returns the simple case folding of a code point.
fn fold(char: char) -> char {
    let code = u32::from(char);
    let place = RANGES.partition_point(|(_, end, _, _)| *end < code);
    let folded = RANGES
        .get(place)
        .filter(|(start, _, stride, _)| {
            let distance = code.checked_sub(*start);
            distance.is_some_and(|distance| distance.is_multiple_of(*stride))
        })
        .and_then(|(_, _, _, delta)| code.checked_add_signed(*delta))
        .and_then(char::from_u32);
    folded.unwrap_or(char)
}

fn folded_pieces(text: &str) -> Vec<Piece> {
    text.chars().map(fold).enumerate().collect()
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn contains_ignoring_case(actual: &Value, arguments: &[&Value]) -> Result<bool, ErrorCode> {
    Ok(folded(text(actual)?).contains(&folded(text(arguments[0])?)))
}
