//! The catalog of all assertions.

use super::entry::Entry;
use super::{
    case_folding, closeness, collection, collection_checks, composition, equality, json_texts,
    kinds, maps, measurements, messages, numbers, octets, ordering, outcomes, regex, sequences,
    sets, shapes, sizes, structure, text_equality, text_formats, text_forms, texts, timed_outcomes,
    times,
};

const GROUPS: [&[Entry]; 27] = [
    equality::ENTRIES,
    ordering::ENTRIES,
    numbers::ENTRIES,
    closeness::ENTRIES,
    measurements::ENTRIES,
    texts::ENTRIES,
    text_equality::ENTRIES,
    case_folding::ENTRIES,
    text_forms::ENTRIES,
    text_formats::ENTRIES,
    regex::ENTRIES,
    octets::ENTRIES,
    sizes::ENTRIES,
    collection::ENTRIES,
    sequences::ENTRIES,
    sets::ENTRIES,
    maps::ENTRIES,
    times::ENTRIES,
    outcomes::ENTRIES,
    timed_outcomes::ENTRIES,
    kinds::ENTRIES,
    messages::ENTRIES,
    collection_checks::ENTRIES,
    composition::ENTRIES,
    structure::ENTRIES,
    shapes::ENTRIES,
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
