//! Why a text is not a portable pattern (`docs/kit/pattern.md`, refusals).

use std::fmt;

/// Why a pattern is refused. The kits use only these reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The pattern has too many code points.
    TooLong,
    /// Groups are nested too deep.
    TooDeep,
    /// The size of the pattern is over the limit.
    TooLarge,
    /// An escape that the language does not have.
    BadEscape,
    /// A group that the language does not have.
    BadGroup,
    /// The name of a group is malformed or given twice.
    BadGroupName,
    /// A group without an end.
    UnclosedGroup,
    /// The end of a group without a start.
    UnopenedGroup,
    /// A class without an end.
    UnclosedClass,
    /// A class without items.
    EmptyClass,
    /// A code point that a class must escape.
    BadClassCharacter,
    /// A range from a larger code point to a smaller one, or with a set as an end.
    BadRange,
    /// A repetition of nothing or of a condition on a place.
    NothingToRepeat,
    /// A repetition behind a repetition.
    RepeatedRepetition,
    /// A malformed repetition, or one with a maximum below its minimum.
    BadRepetition,
    /// A repetition with a number over the limit.
    RepetitionTooLarge,
}

impl Reason {
    /// Returns the name of the reason, such as `bad_escape`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::TooLarge => "too_large",
            Self::BadEscape => "bad_escape",
            Self::BadGroup => "bad_group",
            Self::BadGroupName => "bad_group_name",
            Self::UnclosedGroup => "unclosed_group",
            Self::UnopenedGroup => "unopened_group",
            Self::UnclosedClass => "unclosed_class",
            Self::EmptyClass => "empty_class",
            Self::BadClassCharacter => "bad_class_character",
            Self::BadRange => "bad_range",
            Self::NothingToRepeat => "nothing_to_repeat",
            Self::RepeatedRepetition => "repeated_repetition",
            Self::BadRepetition => "bad_repetition",
            Self::RepetitionTooLarge => "repetition_too_large",
        }
    }

    pub(super) const fn at(self, index: usize) -> PatternError {
        PatternError {
            reason: self,
            index,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text is not a portable pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PatternError {
    /// Why it is refused.
    pub reason: Reason,
    /// The index of the code point at which it is refused.
    pub index: usize,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.reason, self.index)
    }
}

impl std::error::Error for PatternError {}
