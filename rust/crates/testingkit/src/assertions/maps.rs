//! The assertions of maps (`docs/kit/assertions.md`, maps).

use super::entry::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
