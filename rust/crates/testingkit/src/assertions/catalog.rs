//! The catalog of all assertions.

use super::entry::Entry;
use super::{
    closeness, collection, equality, kinds, maps, numbers, octets, ordering, regex, sequences,
    sets, sizes, text_equality, text_formats, text_forms, texts,
};

const GROUPS: [&[Entry]; 16] = [
    equality::ENTRIES,
    ordering::ENTRIES,
    numbers::ENTRIES,
    closeness::ENTRIES,
    texts::ENTRIES,
    text_equality::ENTRIES,
    text_forms::ENTRIES,
    text_formats::ENTRIES,
    regex::ENTRIES,
    octets::ENTRIES,
    sizes::ENTRIES,
    collection::ENTRIES,
    sequences::ENTRIES,
    sets::ENTRIES,
    maps::ENTRIES,
    kinds::ENTRIES,
];

/// Returns all assertions, sorted by name.
#[must_use]
pub fn catalog() -> Vec<&'static Entry> {
    let mut entries: Vec<_> = GROUPS.iter().copied().flatten().collect();
    entries.sort_by_key(|entry| entry.name);
    entries
}

/// Returns the assertion with this name.
pub(super) fn find(name: &str) -> Option<&'static Entry> {
    GROUPS
        .iter()
        .copied()
        .flatten()
        .find(|entry| entry.name == name)
}
