//! The catalog of all assertions.

use super::entry::Entry;
use super::{
    closeness, collection, equality, json_texts, kinds, maps, numbers, octets, ordering, sequences,
    sets, sizes, structure, text_equality, text_formats, text_forms, texts,
};

const GROUPS: [&[Entry]; 17] = [
    equality::ENTRIES,
    ordering::ENTRIES,
    numbers::ENTRIES,
    closeness::ENTRIES,
    texts::ENTRIES,
    text_equality::ENTRIES,
    text_forms::ENTRIES,
    text_formats::ENTRIES,
    octets::ENTRIES,
    sizes::ENTRIES,
    collection::ENTRIES,
    sequences::ENTRIES,
    sets::ENTRIES,
    maps::ENTRIES,
    kinds::ENTRIES,
    structure::ENTRIES,
    json_texts::ENTRIES,
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
