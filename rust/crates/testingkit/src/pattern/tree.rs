//! The syntax tree of a pattern.

use super::chars::Ranges;
use super::parser::MAX_SIZE;

/// A condition on a place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NotWordBoundary,
}

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Node {
    /// One code point of a set.
    Chars(Ranges),
    At(At),
    /// One part behind the other.
    Sequence(Vec<Self>),
    /// The first option that leads to a match.
    Choice(Vec<Self>),
    /// A group, with the number of its name from 0.
    Group(Box<Self>, Option<usize>),
    Repeat(Box<Self>, Counts),
}

/// How often a repetition matches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    pub(super) minimum: usize,
    /// `None` without a limit.
    pub(super) maximum: Option<usize>,
    pub(super) lazy: bool,
}

impl Node {
    /// Returns the size (`docs/kit/pattern.md`, limits), or one more than the limit.
    pub(super) fn size(&self) -> usize {
        let sum = |nodes: &[Self]| nodes.iter().map(Self::size).sum::<usize>();
        let size = match self {
            Self::Chars(_) | Self::At(_) => 1,
            Self::Sequence(parts) => sum(parts),
            Self::Choice(options) => sum(options) + options.len() - 1,
            Self::Group(body, _) => body.size() + 1,
            Self::Repeat(body, counts) => {
                let copies = counts.maximum.unwrap_or(counts.minimum.max(1));
                copies * (body.size() + 1)
            }
        };
        size.min(MAX_SIZE + 1)
    }

    /// Returns whether the node can match without a code point, if all conditions on places hold.
    pub(super) fn can_be_empty(&self) -> bool {
        match self {
            Self::Chars(_) => false,
            Self::At(_) => true,
            Self::Sequence(parts) => parts.iter().all(Self::can_be_empty),
            Self::Choice(options) => options.iter().any(Self::can_be_empty),
            Self::Group(body, _) => body.can_be_empty(),
            Self::Repeat(body, counts) => counts.minimum == 0 || body.can_be_empty(),
        }
    }
}
