//! The text of a difference.

use std::fmt::Write as _;
use std::ops::Range;

use super::CONTEXT_LINES;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Kept,
    Deleted,
    Inserted,
}

impl Mark {
    const fn text(self) -> char {
        match self {
            Self::Kept => ' ',
            Self::Deleted => '-',
            Self::Inserted => '+',
        }
    }
}

/// One line of a difference.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edit<'a> {
    pub(super) mark: Mark,
    pub(super) line: &'a str,
}

impl<'a> Edit<'a> {
    pub(super) const fn new(mark: Mark, line: &'a str) -> Self {
        Self { mark, line }
    }
}

/// Returns the hunks of a difference.
pub(super) fn text(edits: &[Edit<'_>]) -> String {
    let mut text = String::new();
    let (mut expected, mut actual, mut done) = (0, 0, 0);
    for range in ranges(edits) {
        // The lines between hunks are common, so they count on both sides.
        expected += range.start - done;
        actual += range.start - done;
        done = range.end;
        let hunk = &edits[range];
        let of_expected = count_without(hunk, Mark::Inserted);
        let of_actual = count_without(hunk, Mark::Deleted);
        push_hunk(
            &mut text,
            hunk,
            (expected, of_expected),
            (actual, of_actual),
        );
        expected += of_expected;
        actual += of_actual;
    }
    text
}

/// Returns the range of edits of each hunk: changes with their context, merged if they touch.
fn ranges(edits: &[Edit<'_>]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (place, edit) in edits.iter().enumerate() {
        if edit.mark == Mark::Kept {
            continue;
        }
        let start = place.saturating_sub(CONTEXT_LINES);
        let end = edits.len().min(place + 1 + CONTEXT_LINES);
        match ranges.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}

fn count_without(edits: &[Edit<'_>], mark: Mark) -> usize {
    edits.iter().filter(|edit| edit.mark != mark).count()
}

/// Adds the text of a hunk. Each side is the number of lines before the hunk and in it.
fn push_hunk(
    text: &mut String,
    edits: &[Edit<'_>],
    expected: (usize, usize),
    actual: (usize, usize),
) {
    text.push_str("@@ -");
    push_side(text, expected);
    text.push_str(" +");
    push_side(text, actual);
    text.push_str(" @@\n");
    for edit in edits {
        text.push(edit.mark.text());
        text.push_str(edit.line);
        text.push('\n');
    }
}

/// Adds the first line and the number of lines. A side without lines has the number of the line
/// before.
fn push_side(text: &mut String, (before, count): (usize, usize)) {
    let first = if count == 0 { before } else { before + 1 };
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{first},{count}");
}
