//! The catalog of all assertions.

use super::entry::{Entry, Rule, Signature};
use super::signatures::SIGNATURES;
use super::{
    case_folding, closeness, collection, collection_checks, composition, equality, json_texts,
    kinds, maps, measurements, messages, numbers, octets, ordering, outcomes, regex, sequences,
    sets, shapes, sizes, structure, text_equality, text_formats, text_forms, texts, timed_outcomes,
    times,
};

/// Joined when the kit is compiled: an incomplete catalog does not compile.
static ENTRIES: [Entry; SIGNATURES.len()] = joined(
    &SIGNATURES,
    &[
        equality::RULES,
        ordering::RULES,
        numbers::RULES,
        closeness::RULES,
        measurements::RULES,
        texts::RULES,
        text_equality::RULES,
        case_folding::RULES,
        text_forms::RULES,
        text_formats::RULES,
        regex::RULES,
        octets::RULES,
        sizes::RULES,
        collection::RULES,
        sequences::RULES,
        sets::RULES,
        maps::RULES,
        times::RULES,
        outcomes::RULES,
        timed_outcomes::RULES,
        kinds::RULES,
        messages::RULES,
        collection_checks::RULES,
        composition::RULES,
        structure::RULES,
        shapes::RULES,
        json_texts::RULES,
    ],
);

/// Returns all assertions, sorted by name.
#[must_use]
pub fn catalog() -> Vec<&'static Entry> {
    ENTRIES.iter().collect()
}

/// Returns the assertion with this name.
pub(super) fn find(name: &str) -> Option<&'static Entry> {
    let place = ENTRIES.binary_search_by(|entry| entry.name().cmp(name));
    place.ok().map(|place| &ENTRIES[place])
}

/// Returns the entries of these signatures and rules, in the order of the signatures.
///
/// # Panics
///
/// If a signature has no rule, or a rule no signature, or an assertion two rules. The text is its name.
pub(super) const fn joined<const N: usize>(
    signatures: &[Signature; N],
    groups: &[&[(&str, Rule)]],
) -> [Entry; N] {
    let mut rules = [None; N];
    let mut group = 0;
    while group < groups.len() {
        let mut place = 0;
        while place < groups[group].len() {
            let (name, rule) = groups[group][place];
            let index = index_of(signatures, name);
            if rules[index].is_some() {
                panic!("{}", name) // It has two rules.
            }
            rules[index] = Some(rule);
            place += 1;
        }
        group += 1;
    }
    with_rules(signatures, &rules)
}

/// Returns the place of the signature with this name.
const fn index_of(signatures: &[Signature], name: &str) -> usize {
    let mut index = 0;
    while index < signatures.len() {
        if is_same(signatures[index].name.as_bytes(), name.as_bytes()) {
            return index;
        }
        index += 1;
    }
    panic!("{}", name) // It has a rule, but no signature.
}

/// Returns whether two texts are the same; `==` is not for constants.
const fn is_same(left: &[u8], right: &[u8]) -> bool {
    let mut index = 0;
    while index < left.len() && index < right.len() && left[index] == right[index] {
        index += 1;
    }
    index == left.len() && index == right.len()
}

const fn with_rules<const N: usize>(
    signatures: &[Signature; N],
    rules: &[Option<Rule>; N],
) -> [Entry; N] {
    let mut entries = [Entry::new(&signatures[0], rules[0]); N];
    let mut index = 1;
    while index < N {
        entries[index] = Entry::new(&signatures[index], rules[index]);
        index += 1;
    }
    entries
}
