//! The assertions of sets (`docs/kit/assertions.md`, sets).

use super::entry::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
