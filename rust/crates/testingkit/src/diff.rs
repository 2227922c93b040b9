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
#[cfg(test)]
mod tests;

use crate::render::expanded;
use crate::value::Value;
use hunks::{Edit, Mark};

/// Most cells of the comparison table. Over this limit, all lines between the common start and the
/// common end are replaced.
pub const MAX_TABLE_CELLS: usize = 1_000_000;
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
    let (expected, actual) = (expanded(expected), expanded(actual));
    hunks::text(&script(&split(&expected), &split(&actual)))
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
    let mut edits = Vec::new();
    edits.extend(head.iter().map(|line| Edit::new(Mark::Kept, line)));
    push_middle(&mut edits, expected, &actual[..actual.len() - end]);
    edits.extend(tail.iter().map(|line| Edit::new(Mark::Kept, line)));
    edits
}

/// Returns the number of lines that two sequences have in common at their start.
fn common<'a>(
    left: impl Iterator<Item = &'a &'a str>,
    right: impl Iterator<Item = &'a &'a str>,
) -> usize {
    left.zip(right).take_while(|(one, two)| one == two).count()
}

/// Adds the edits of the lines between the common start and the common end.
fn push_middle<'a>(edits: &mut Vec<Edit<'a>>, expected: &[&'a str], actual: &[&'a str]) {
    let (mut i, mut j) = (0, 0);
    if expected.len() * actual.len() <= MAX_TABLE_CELLS {
        let lengths = common_lengths(expected, actual);
        while i < expected.len() && j < actual.len() {
            if expected[i] == actual[j] {
                edits.push(Edit::new(Mark::Kept, expected[i]));
                i += 1;
                j += 1;
            } else if lengths[i + 1][j] >= lengths[i][j + 1] {
                edits.push(Edit::new(Mark::Deleted, expected[i]));
                i += 1;
            } else {
                edits.push(Edit::new(Mark::Inserted, actual[j]));
                j += 1;
            }
        }
    }
    edits.extend(
        expected[i..]
            .iter()
            .map(|line| Edit::new(Mark::Deleted, line)),
    );
    edits.extend(
        actual[j..]
            .iter()
            .map(|line| Edit::new(Mark::Inserted, line)),
    );
}

/// Returns a table that has at `[i][j]` the length of the longest common subsequence of
/// `expected[i..]` and `actual[j..]`.
fn common_lengths(expected: &[&str], actual: &[&str]) -> Vec<Vec<u32>> {
    let mut rows = vec![vec![0; actual.len() + 1]; expected.len() + 1];
    for i in (0..expected.len()).rev() {
        for j in (0..actual.len()).rev() {
            rows[i][j] = if expected[i] == actual[j] {
                rows[i + 1][j + 1] + 1
            } else {
                rows[i + 1][j].max(rows[i][j + 1])
            };
        }
    }
    rows
}
