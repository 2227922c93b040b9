//! Line differences as text, with the same choice among equally short ones in every language. The
//! rules are in `docs/kit/diff.md`.
//!
//! ```
//! use testingkit::diff;
//!
//! let text = diff::lines(&["same", "old"], &["same", "new"]);
//! assert_eq!(text, "@@ -1,2 +1,2 @@\n same\n-old\n+new\n");
//! ```

mod hunks;
mod middle;
mod search;
#[cfg(test)]
mod tests;

use crate::render::expanded;
use crate::value::Value;
use hunks::{Edit, Mark};
use middle::Middle;

/// Number of pairs of lines up to which the difference is always a shortest one.
pub const EXACT_CELLS: usize = 1_000_000;
/// Number of edits of shared lines in a piece of a larger difference.
pub const MAX_PIECE_EDITS: usize = 1_000;
/// Number of common lines that are shown around a change.
pub const CONTEXT_LINES: usize = 3;

/// Returns the difference of two sequences of lines as hunks of text; empty if they are the same.
#[must_use]
pub fn lines<S: AsRef<str>>(expected: &[S], actual: &[S]) -> String {
    let expected: Vec<&str> = expected.iter().map(AsRef::as_ref).collect();
    let actual: Vec<&str> = actual.iter().map(AsRef::as_ref).collect();
    hunks::text(&script(&expected, &actual))
}

/// Returns the difference of the expanded texts of two values.
#[must_use]
pub fn values(expected: &Value, actual: &Value) -> String {
    expanded_texts(&expanded(expected), &expanded(actual))
}

/// Returns the difference of the lines of two expanded texts.
pub(crate) fn expanded_texts(expected: &str, actual: &str) -> String {
    hunks::text(&script(&split(expected), &split(actual)))
}

/// Returns the lines of a text in which every line ends in LF, without the LF.
fn split(text: &str) -> Vec<&str> {
    text.split_terminator('\n').collect()
}

/// Returns the edits of all lines.
fn script<'a>(expected: &[&'a str], actual: &[&'a str]) -> Vec<Edit<'a>> {
    let start = common(expected.iter(), actual.iter());
    let (head, expected) = expected.split_at(start);
    let actual = &actual[start..];
    let end = common(expected.iter().rev(), actual.iter().rev());
    let (expected, tail) = expected.split_at(expected.len() - end);
    let actual = &actual[..actual.len() - end];
    let limit = if expected.len() * actual.len() > EXACT_CELLS {
        MAX_PIECE_EDITS
    } else {
        usize::MAX
    };
    let kept = |lines: &[&'a str]| -> Vec<Edit<'a>> {
        let lines = lines.iter();
        lines.map(|line| Edit::new(Mark::Kept, line)).collect()
    };
    let mut edits = kept(head);
    edits.extend(Middle::new(expected, actual).edits(limit));
    edits.extend(kept(tail));
    edits
}

/// Returns the number of lines that two sequences have in common at their start.
fn common<'a>(
    left: impl Iterator<Item = &'a &'a str>,
    right: impl Iterator<Item = &'a &'a str>,
) -> usize {
    left.zip(right).take_while(|(one, two)| one == two).count()
}
