//! The assertions of kinds (`docs/kit/assertions.md`, kinds).

use super::entry::Entry;

pub(super) const ENTRIES: &[Entry] = &[];
