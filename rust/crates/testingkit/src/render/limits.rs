//! The numbers of truncation (`docs/kit/render.md`, truncation).

/// How much of a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Deeper than this, what has parts shows an ellipsis.
    pub levels: usize,
    /// More than this, and the rest is counted.
    pub entries: usize,
    /// Longer than this, and a text or bytes are cut.
    pub length: usize,
    /// How much of a text or bytes that are cut is kept.
    pub kept: usize,
}

/// The limits of failure texts.
pub const FAILURE_LIMITS: Limits = Limits {
    levels: 6,
    entries: 20,
    length: 200,
    kept: 150,
};
