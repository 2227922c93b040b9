//! Finds values among others by the relation equal (`docs/kit/value.md`, relations).

use std::collections::HashMap;

use super::Value;
use super::comparison::{Comparison, PartId};
use super::order::coarse_order;
use super::relations::Relation::Equal;
use super::relations::{Verdict, by_place};

/// Returns the index of the first item that equals a value.
pub(crate) fn index_of(items: &[&Value], wanted: &Value) -> Option<usize> {
    let mut found = None;
    let mut undecided = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match by_place(item, wanted, Equal) {
            Verdict::No => {}
            Verdict::Open => undecided.push(index),
            Verdict::Yes => {
                found = Some(index);
                break;
            }
        }
    }
    if undecided.is_empty() {
        return found;
    }
    let candidates = undecided.iter().map(|index| items[*index]);
    let (comparison, parts) = Comparison::of_items(Equal, candidates.chain([wanted]));
    let (value, candidates) = (parts[undecided.len()], &parts[..undecided.len()]);
    let first = candidates
        .iter()
        .position(|candidate| comparison.related(*candidate, value));
    first.map(|place| undecided[place]).or(found)
}

/// Returns the wanted values that do not equal one of the items.
pub(crate) fn missing<'a>(wanted: &[&'a Value], items: &[&'a Value]) -> Vec<&'a Value> {
    split(wanted, items).1
}

/// Returns the wanted values that equal one of the items.
pub(crate) fn found<'a>(wanted: &[&'a Value], items: &[&'a Value]) -> Vec<&'a Value> {
    split(wanted, items).0
}

/// Returns the wanted values that equal one of the items, and those that do not.
fn split<'a>(wanted: &[&'a Value], items: &[&'a Value]) -> (Vec<&'a Value>, Vec<&'a Value>) {
    let all = wanted.iter().chain(items).copied();
    let (comparison, parts) = Comparison::of_items(Equal, all);
    let entries: Vec<_> = parts.chunks_exact(1).collect();
    let (entries, items) = entries.split_at(wanted.len());
    let groups = comparison.by_numbers(items);
    let is_found = |place: usize| comparison.has_related(entries[place], &groups);
    let (found, missing): (Vec<_>, Vec<_>) = (0..wanted.len()).partition(|place| is_found(*place));
    let values = |places: Vec<usize>| places.into_iter().map(|place| wanted[place]).collect();
    (values(found), values(missing))
}

/// An entry of a map that equals no entry of another map.
#[derive(Debug)]
pub(crate) struct UnmatchedEntry<'a> {
    pub(crate) key: &'a Value,
    pub(crate) value: &'a Value,
    /// The value of the first entry of the other map with an equal key.
    pub(crate) other: Option<&'a Value>,
}

/// Returns the entries of a map that equal no entry of the other map.
pub(crate) fn unmatched_entries<'a>(
    wanted: &'a Value,
    other: &'a Value,
) -> Vec<UnmatchedEntry<'a>> {
    let (comparison, wanted, other) = Comparison::new(Equal, wanted, other);
    let (ours, theirs) = (comparison.entries(wanted), comparison.entries(other));
    let mut by_key: HashMap<u32, Vec<_>> = HashMap::new();
    for entry in &theirs {
        let number = comparison.number(entry[0]);
        by_key.entry(number).or_default().push((entry[0], entry[1]));
    }
    let value_of = |key: PartId| {
        let mut entries = by_key.get(&comparison.number(key))?.iter();
        let (_, value) = entries.find(|(other, _)| comparison.related(key, *other))?;
        Some(comparison.value(*value))
    };
    comparison
        .unmatched(&ours, &theirs)
        .map(|entry| UnmatchedEntry {
            key: comparison.value(entry[0]),
            value: comparison.value(entry[1]),
            other: value_of(entry[0]),
        })
        .collect()
}

/// Returns for each wanted value the index of the first item that equals it.
pub(crate) fn partners(wanted: &[&Value], items: &[&Value]) -> Vec<Option<usize>> {
    let all = wanted.iter().chain(items).copied();
    let (comparison, parts) = Comparison::of_items(Equal, all);
    let (wanted, items) = parts.split_at(wanted.len());
    let mut places: HashMap<_, Vec<_>> = HashMap::new();
    for (index, item) in items.iter().enumerate() {
        let number = comparison.number(*item);
        places.entry(number).or_default().push(index);
    }
    let partner = |value: &PartId| {
        let candidates = places.get(&comparison.number(*value))?;
        let mut candidates = candidates.iter().copied();
        candidates.find(|index| comparison.related(*value, items[*index]))
    };
    wanted.iter().map(partner).collect()
}

/// Returns the index of the item that equals a value. The items are in canonical order, and no two
/// of them are equal.
pub(super) fn index_in_order<'a>(
    count: usize,
    item: impl Fn(usize) -> &'a Value,
    wanted: &Value,
) -> Option<usize> {
    if !Equal.is_simple(wanted) {
        let items: Vec<_> = (0..count).map(item).collect();
        return index_of(&items, wanted);
    }
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if coarse_order(item(middle), wanted).is_lt() {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low < count && item(low).is_equal_to(wanted)).then_some(low)
}

/// Returns whether no two of the values, which are in canonical order, are equal.
pub(super) fn are_unique<'a>(ordered: &[&'a Value]) -> bool {
    let is_simple = |value: &&'a Value| Equal.is_simple(value);
    let repeated = ordered
        .windows(2)
        .any(|pair| is_simple(&pair[0]) && by_place(pair[0], pair[1], Equal) == Verdict::Yes);
    if repeated {
        return false;
    }
    let containers = ordered.iter().copied().filter(|value| !is_simple(value));
    let (comparison, parts) = Comparison::of_items(Equal, containers);
    let entries: Vec<_> = parts.chunks_exact(1).collect();
    comparison.by_numbers(&entries).values().all(|group| {
        let mut rest = group.as_slice();
        while let [entry, others @ ..] = rest {
            if others
                .iter()
                .any(|other| comparison.related(entry[0], other[0]))
            {
                return false;
            }
            rest = others;
        }
        true
    })
}
