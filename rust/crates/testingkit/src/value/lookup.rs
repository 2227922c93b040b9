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
    let candidates: Vec<_> = undecided.iter().map(|index| items[*index]).collect();
    let mut verdicts = related_to(wanted, &candidates).into_iter();
    let first = verdicts.position(|verdict| verdict);
    first.map(|place| undecided[place]).or(found)
}

/// Returns for each item whether it equals a value.
pub(crate) fn are_equal_to(wanted: &Value, items: &[&Value]) -> Vec<bool> {
    let verdicts: Vec<_> = items
        .iter()
        .map(|item| by_place(item, wanted, Equal))
        .collect();
    let undecided = items.iter().copied().zip(&verdicts);
    let candidates: Vec<_> = undecided
        .filter(|(_, verdict)| **verdict == Verdict::Open)
        .map(|(item, _)| item)
        .collect();
    let mut decided = related_to(wanted, &candidates).into_iter();
    verdicts
        .iter()
        .map(|verdict| match verdict {
            Verdict::Open => decided.next() == Some(true),
            verdict => *verdict == Verdict::Yes,
        })
        .collect()
}

/// Returns for each item whether it equals a value, without a look at the places.
fn related_to(wanted: &Value, items: &[&Value]) -> Vec<bool> {
    if items.is_empty() {
        return Vec::new();
    }
    let all = [wanted].into_iter().chain(items.iter().copied());
    let (comparison, parts) = Comparison::of_items(Equal, all);
    let (value, items) = (parts[0], &parts[1..]);
    items
        .iter()
        .map(|item| comparison.related(*item, value))
        .collect()
}

/// Returns the wanted values that do not equal one of the items.
pub(crate) fn missing<'a>(wanted: &[&'a Value], items: &[&'a Value]) -> Vec<&'a Value> {
    let (comparison, ours, theirs) = compare_all(wanted, items);
    let (ours, theirs) = (entries(&ours), entries(&theirs));
    let missing = comparison.unmatched(&ours, &theirs);
    missing.map(|entry| comparison.value(entry[0])).collect()
}

/// Returns the wanted values that equal one of the items.
pub(crate) fn found<'a>(wanted: &[&'a Value], items: &[&'a Value]) -> Vec<&'a Value> {
    let (comparison, ours, theirs) = compare_all(wanted, items);
    let (ours, theirs) = (entries(&ours), entries(&theirs));
    let found = comparison.matched(&ours, &theirs);
    found.map(|entry| comparison.value(entry[0])).collect()
}

/// Returns the items that equal an earlier one.
pub(crate) fn repeated<'a>(items: &[&'a Value]) -> Vec<&'a Value> {
    let (comparison, parts) = Comparison::of_items(Equal, items.iter().copied());
    let mut earlier: HashMap<u32, Vec<PartId>> = HashMap::new();
    let repeated = parts.into_iter().filter(|part| {
        let others = earlier.entry(comparison.number(*part)).or_default();
        let is_repeated = others.iter().any(|other| comparison.related(*other, *part));
        others.push(*part);
        is_repeated
    });
    repeated.map(|part| comparison.value(part)).collect()
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
    let (comparison, wanted, items) = compare_all(wanted, items);
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

/// Returns the comparison of values all with all, those of both sides too, and the parts of the
/// sides.
pub(super) fn compare_all<'a>(
    ours: &[&'a Value],
    theirs: &[&'a Value],
) -> (Comparison<'a>, Vec<PartId>, Vec<PartId>) {
    let all = ours.iter().chain(theirs).copied();
    let (comparison, mut parts) = Comparison::of_items(Equal, all);
    let others = parts.split_off(ours.len());
    (comparison, parts, others)
}

/// Returns each part as an entry of its own.
pub(super) fn entries(parts: &[PartId]) -> Vec<&[PartId]> {
    parts.chunks_exact(1).collect()
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
    comparison
        .by_numbers(&entries(&parts))
        .values()
        .all(|group| {
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
