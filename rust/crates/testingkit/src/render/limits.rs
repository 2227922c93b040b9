//! The limits of truncated text (`docs/kit/render.md`, truncation).

/// How much of a value is shown. Start from [`Limits::FAILURE`], which is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Most levels whose parts are shown.
    pub levels: usize,
    /// Most items, entries, fields or causes that are shown of one container.
    pub entries: usize,
    /// Most code points of a text, or octets of bytes, that are shown whole.
    pub length: usize,
    /// Number of code points or octets that are shown of a longer one.
    pub kept: usize,
}

impl Limits {
    /// The limits of failure texts.
    pub const FAILURE: Self = Self {
        levels: 6,
        entries: 20,
        length: 200,
        kept: 150,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::FAILURE
    }
}
