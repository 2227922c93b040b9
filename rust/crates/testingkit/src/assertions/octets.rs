//! The assertions of bytes (`docs/kit/assertions.md`, bytes).

use super::entry::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
