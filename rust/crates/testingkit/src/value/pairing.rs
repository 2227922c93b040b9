//! Pairs values with equal ones (`docs/kit/assertions.md`, members).

use std::collections::{HashMap, HashSet, VecDeque};

use super::Value;
use super::comparison::{Comparison, PartId};
use super::lookup::{compare_all, entries};

/// Returns the wanted values that cannot be paired. A value can be paired if it and the earlier ones
/// that can be have different items, each an equal one.
pub(crate) fn unpaired<'a>(wanted: &[&'a Value], items: &[&'a Value]) -> Vec<&'a Value> {
    let (comparison, ours, theirs) = compare_all(wanted, items);
    let (ours, theirs) = (entries(&ours), entries(&theirs));
    let others = comparison.by_numbers(&theirs);
    let mut pairings: HashMap<_, _> = comparison
        .by_numbers(&ours)
        .into_iter()
        .map(|(numbers, group)| {
            let items = others.get(&numbers).map_or(&[][..], Vec::as_slice);
            (numbers, Pairing::new(&comparison, &group, items))
        })
        .collect();
    let unpaired = ours.iter().filter(|entry| {
        let pairing = pairings.get_mut(&comparison.numbers_of(entry));
        !pairing.is_some_and(|pairing| pairing.pair(entry[0]))
    });
    unpaired.map(|entry| comparison.value(entry[0])).collect()
}

/// The items with one number, which are known by their places, and the values that they are paired
/// with.
struct Pairing<'c> {
    comparison: &'c Comparison<'c>,
    items: Vec<PartId>,
    free: Vec<usize>,
    partners: HashMap<usize, PartId>,
    /// The items that a failed search reached: they never lead to a free one.
    closed: HashSet<usize>,
}

/// A value that looks for an item, and the place of the one that it has.
#[derive(Clone, Copy)]
struct Holder {
    value: PartId,
    own: Option<usize>,
}

impl<'c> Pairing<'c> {
    fn new(comparison: &'c Comparison<'c>, values: &[&[PartId]], items: &[&[PartId]]) -> Self {
        let mut pairing = Self {
            comparison,
            items: items.iter().map(|item| item[0]).collect(),
            free: (0..items.len()).collect(),
            partners: HashMap::new(),
            closed: HashSet::new(),
        };
        let rivals: Vec<_> = pairing
            .items
            .iter()
            .map(|item| pairing.rivals(values, *item))
            .collect();
        // The items that few values equal come first, so that the other ones stay free for values
        // that equal no more than these.
        pairing.free.sort_by_key(|place| rivals[*place]);
        pairing
    }

    /// Returns the number of values that equal an item, or 0 if all do.
    fn rivals(&self, values: &[&[PartId]], item: PartId) -> usize {
        if self.comparison.is_settled(item) {
            return 0;
        }
        let equal = values
            .iter()
            .filter(|value| self.comparison.related(value[0], item));
        equal.count()
    }

    /// Pairs a value with the number of the group, and returns whether it can be paired. Values that
    /// are paired can get other items, but keep having one.
    fn pair(&mut self, part: PartId) -> bool {
        if self.comparison.is_settled(part) {
            return self.pair_any(part);
        }
        let mut reached: HashMap<usize, Holder> = HashMap::new();
        let mut waiting = VecDeque::from([Holder {
            value: part,
            own: None,
        }]);
        while let Some(holder) = waiting.pop_front() {
            if let Some(index) = self.free_index(holder.value) {
                let place = self.free.remove(index);
                reached.insert(place, holder);
                self.pair_anew(place, &reached);
                return true;
            }
            for (place, value) in self.paired_places(holder.value, &reached) {
                reached.insert(place, holder);
                let own = Some(place);
                waiting.push_back(Holder { value, own });
            }
        }
        self.closed.extend(reached.keys());
        false
    }

    /// Pairs a value that every item equals.
    fn pair_any(&mut self, part: PartId) -> bool {
        let place = self.free.pop();
        self.partners.extend(place.map(|place| (place, part)));
        place.is_some()
    }

    /// Returns where the first item that equals a value is among the free ones.
    fn free_index(&self, value: PartId) -> Option<usize> {
        let mut places = self.free.iter();
        places.position(|place| self.are_equal(value, *place))
    }

    /// Returns the items that equal a value and are paired with others, not yet reached, and their
    /// partners.
    fn paired_places(
        &self,
        value: PartId,
        reached: &HashMap<usize, Holder>,
    ) -> Vec<(usize, PartId)> {
        let is_new = |place| !reached.contains_key(place) && !self.closed.contains(place);
        let pairs = self.partners.iter();
        pairs
            .filter(|(place, _)| is_new(place) && self.are_equal(value, **place))
            .map(|(place, partner)| (*place, *partner))
            .collect()
    }

    fn are_equal(&self, value: PartId, place: usize) -> bool {
        self.comparison.related(value, self.items[place])
    }

    /// Gives each value that the search went through the item that it reached.
    fn pair_anew(&mut self, free: usize, reached: &HashMap<usize, Holder>) {
        let mut next = Some(free);
        while let Some(place) = next {
            let holder = reached[&place];
            self.partners.insert(place, holder.value);
            next = holder.own;
        }
    }
}
