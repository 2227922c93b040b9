//! Regular expressions with the same matches in every language. The rules are in
//! `docs/kit/pattern.md`.
//!
//! ```
//! use testingkit::pattern::{Pattern, PatternError, Span};
//!
//! let pattern = Pattern::new(r"(?P<year>\d{4})-(?P<month>\d\d)")?;
//! let found = pattern.find("on 2024-05-01");
//! assert_eq!(found.map(|found| found.span), Some(Span { start: 3, end: 10 }));
//! # Ok::<_, PatternError>(())
//! ```

mod chars;
mod classes;
mod matcher;
mod parser;
mod program;
mod reader;
mod refusal;
#[cfg(test)]
mod tests;
mod tree;

use matcher::{Found, Matcher};
pub use parser::{MAX_COUNT, MAX_DEPTH, MAX_PATTERN_POINTS, MAX_SIZE};
use program::Program;
pub use refusal::{PatternError, Reason};

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    program: Program,
    names: Vec<String>,
    can_be_empty: bool,
}

/// A range of code points: the first one, and the one behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a range has two ends")]
pub struct Span {
    /// The first code point.
    pub start: usize,
    /// The code point behind the last.
    pub end: usize,
}

/// The span of a match, and its named groups.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// The span of the match.
    pub span: Span,
    /// Name and span of each group, in the order of the pattern; `None` if the group did not take
    /// part in the match.
    pub groups: Vec<(String, Option<Span>)>,
}

impl Pattern {
    /// Returns the pattern of a text.
    ///
    /// # Errors
    ///
    /// The text is not a portable pattern.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let parsed = parser::parse(text)?;
        Ok(Self {
            program: Program::new(&parsed.tree),
            names: parsed.names,
            can_be_empty: parsed.tree.can_be_empty(),
        })
    }

    /// Returns the names of the groups, in the order of the pattern.
    pub fn group_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Returns whether a match can be empty if all conditions on places hold.
    #[must_use]
    pub const fn can_match_empty(&self) -> bool {
        self.can_be_empty
    }

    /// Returns whether the pattern matches the text from its start to its end.
    #[must_use]
    pub fn matches_whole(&self, text: &str) -> bool {
        self.matcher(text).whole()
    }

    /// Returns the first match.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Match> {
        let Found { slots, end } = self.matcher(text).first(0)?;
        let spans = slots[1..].chunks_exact(2).map(|slots| {
            Some(Span {
                start: slots[0]?,
                end: slots[1]?,
            })
        });
        Some(Match {
            span: Span {
                start: slots[0]?,
                end,
            },
            groups: self.names.iter().cloned().zip(spans).collect(),
        })
    }

    /// Returns the number of matches without overlap, or `None` if a match can be empty.
    #[must_use]
    pub fn count(&self, text: &str) -> Option<usize> {
        if self.can_be_empty {
            return None;
        }
        let mut matcher = self.matcher(text);
        let (mut count, mut end) = (0, 0);
        while let Some(found) = matcher.first(end) {
            end = found.end;
            count += 1;
        }
        Some(count)
    }

    fn matcher(&self, text: &str) -> Matcher<'_> {
        Matcher::new(&self.program, self.names.len(), text)
    }
}
