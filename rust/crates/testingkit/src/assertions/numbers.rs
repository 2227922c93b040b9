//! The assertions of numbers (`docs/kit/assertions.md`, numbers).

use super::entry::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
