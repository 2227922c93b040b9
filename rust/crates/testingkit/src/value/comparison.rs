//! Compares values part by part, in time that grows with their size and not with their nesting.
//!
//! Every part gets a number, and parts that relate always have the same one. Where no name is left
//! out of the numbers, parts with the same number also relate, so that a comparison of two parts is
//! one of two numbers.
//!
//! A name is left out only where both a named and an anonymous record can be, because an anonymous
//! record equals a record of any name. There, parts with the same number are compared, each pair
//! once.

use std::cell::RefCell;
use std::collections::HashMap;

use super::content::{Content, Step, content};
use super::order::sorted_fields;
use super::{Outcome, Record, Relation, Value};

/// The place of a part in a [`Comparison`].
pub(crate) type PartId = usize;

/// A comparison of values by one relation: of whole ones, and of what has the same place in them.
pub(crate) struct Comparison<'a> {
    relation: Relation,
    parts: Vec<Part<'a>>,
    numbers: HashMap<Content<'a>, u32>,
    verdicts: RefCell<HashMap<(PartId, PartId), bool>>,
    /// By the place of the record; of all records at `ANYWHERE`.
    names: HashMap<u32, Naming>,
}

/// A value in a comparison.
struct Part<'a> {
    value: &'a Value,
    /// The items, the fields by name, what is returned, or the entries: a key, its value, the next
    /// key.
    parts: Vec<PartId>,
    /// The names of the fields, in the order of the parts.
    fields: Vec<&'a str>,
    number: u32,
    place: u32,
    /// Whether parts with the same number relate.
    settled: bool,
}

/// Which of named and anonymous records there are.
#[derive(Default)]
struct Naming {
    named: bool,
    anonymous: bool,
}

impl Naming {
    const fn is_mixed(&self) -> bool {
        self.named && self.anonymous
    }

    fn meet(&mut self, record: &Record) {
        self.named |= !record.name().is_empty();
        self.anonymous |= record.name().is_empty();
    }
}

/// The records whose names count.
#[derive(Clone, Copy, PartialEq)]
enum Names {
    All,
    None,
    Unmixed,
}

const ANYWHERE: u32 = 0;

impl<'a> Comparison<'a> {
    /// Returns the comparison of two values, and their parts.
    pub(crate) fn new(
        relation: Relation,
        left: &'a Value,
        right: &'a Value,
    ) -> (Self, PartId, PartId) {
        let mut comparison = Self::empty(relation);
        let sides = [left, right].map(|value| comparison.add(value));
        comparison.number_all(&sides, |_, _| Content::Whole);
        let [left, right] = sides;
        (comparison, left, right)
    }

    /// Returns the comparison of values all with all, and their parts.
    pub(super) fn of_items(
        relation: Relation,
        items: impl IntoIterator<Item = &'a Value>,
    ) -> (Self, Vec<PartId>) {
        let mut comparison = Self::empty(relation);
        let items: Vec<_> = items
            .into_iter()
            .map(|value| comparison.add(value))
            .collect();
        comparison.number_all(&items, |comparison, item| {
            Content::Below(ANYWHERE, Step::Item(comparison.parts[item].number))
        });
        (comparison, items)
    }

    fn empty(relation: Relation) -> Self {
        Self {
            relation,
            parts: Vec::new(),
            numbers: HashMap::new(),
            verdicts: RefCell::default(),
            names: HashMap::new(),
        }
    }

    /// Returns the value of a part.
    pub(crate) fn value(&self, part: PartId) -> &'a Value {
        self.parts[part].value
    }

    /// Returns the parts of a part.
    pub(crate) fn parts(&self, part: PartId) -> &[PartId] {
        &self.parts[part].parts
    }

    /// Returns the entries of a map, each with its key and its value, or the items of a set.
    pub(crate) fn entries(&self, part: PartId) -> Vec<&[PartId]> {
        let width = match self.value(part) {
            Value::Map(_) => 2,
            _ => 1,
        };
        self.parts(part).chunks_exact(width).collect()
    }

    /// Returns the parts of a record by the names of their fields.
    pub(crate) fn fields(&self, part: PartId) -> HashMap<&'a str, PartId> {
        let names = self.parts[part].fields.iter().copied();
        names.zip(self.parts(part).iter().copied()).collect()
    }

    /// Returns whether two parts relate, which have the same place in their values.
    pub(crate) fn related(&self, left: PartId, right: PartId) -> bool {
        if self.parts[left].number != self.parts[right].number {
            return false;
        }
        if self.parts[left].settled {
            return true;
        }
        let known = self.verdicts.borrow().get(&(left, right)).copied();
        known.unwrap_or_else(|| {
            let verdict = self.compare(left, right);
            self.verdicts.borrow_mut().insert((left, right), verdict);
            verdict
        })
    }

    /// Returns the entries that do not relate to one of the others.
    pub(crate) fn unmatched<'e>(
        &self,
        entries: &[&'e [PartId]],
        others: &[&[PartId]],
    ) -> impl Iterator<Item = &'e [PartId]> {
        let groups = self.by_numbers(others);
        let entries = entries.iter().copied();
        entries.filter(move |entry| !self.is_matched(entry, &groups))
    }

    /// Returns the entries that relate to one of the others.
    pub(super) fn matched<'e>(
        &self,
        entries: &[&'e [PartId]],
        others: &[&[PartId]],
    ) -> impl Iterator<Item = &'e [PartId]> {
        let groups = self.by_numbers(others);
        let entries = entries.iter().copied();
        entries.filter(move |entry| self.is_matched(entry, &groups))
    }

    /// Returns whether parts with the number of this one all relate to it.
    pub(super) fn is_settled(&self, part: PartId) -> bool {
        self.parts[part].settled
    }

    /// Returns the entries by the numbers of their parts.
    pub(super) fn by_numbers<'e>(
        &self,
        entries: &[&'e [PartId]],
    ) -> HashMap<(u32, u32), Vec<&'e [PartId]>> {
        let mut groups: HashMap<_, Vec<_>> = HashMap::new();
        for entry in entries {
            groups
                .entry(self.numbers_of(entry))
                .or_default()
                .push(*entry);
        }
        groups
    }

    fn is_matched(&self, entry: &[PartId], groups: &HashMap<(u32, u32), Vec<&[PartId]>>) -> bool {
        groups
            .get(&self.numbers_of(entry))
            .is_some_and(|others| others.iter().any(|other| self.all_related(entry, other)))
    }

    /// Returns the number of a part: the same for all parts that relate, and never 0.
    pub(super) fn number(&self, part: PartId) -> u32 {
        self.parts[part].number
    }

    /// Compares two parts with the same number, so of the same kind and with as many parts.
    fn compare(&self, left: PartId, right: PartId) -> bool {
        match (self.value(left), self.value(right)) {
            (Value::Set(_) | Value::Map(_), _) => {
                let (ours, theirs) = (self.entries(left), self.entries(right));
                let mut unmatched = self.unmatched(&ours, &theirs);
                unmatched.next().is_none() && self.unmatched(&theirs, &ours).next().is_none()
            }
            (Value::Record(one), Value::Record(two)) if !one.name_relates_to(two) => false,
            _ => self.all_related(self.parts(left), self.parts(right)),
        }
    }

    /// Returns whether the parts relate in pairs.
    pub(super) fn all_related(&self, left: &[PartId], right: &[PartId]) -> bool {
        left.iter()
            .zip(right)
            .all(|(one, two)| self.related(*one, *two))
    }

    /// Returns the numbers of an entry of one or two parts.
    pub(super) fn numbers_of(&self, entry: &[PartId]) -> (u32, u32) {
        let number = |part: Option<&PartId>| part.map_or(0, |part| self.number(*part));
        (number(entry.first()), number(entry.get(1)))
    }

    /// Adds the part of a value, with its number if it has no parts itself.
    fn add(&mut self, value: &'a Value) -> PartId {
        let mut part = Part {
            value,
            parts: Vec::new(),
            fields: Vec::new(),
            number: 0,
            place: ANYWHERE,
            settled: true,
        };
        match value {
            Value::List(items) => part.parts = items.iter().map(|item| self.add(item)).collect(),
            Value::Set(set) => part.parts = set.into_iter().map(|item| self.add(item)).collect(),
            Value::Map(map) => {
                for (key, value) in map {
                    part.parts.push(self.add(key));
                    part.parts.push(self.add(value));
                }
            }
            Value::Record(record) => {
                self.names.entry(ANYWHERE).or_default().meet(record);
                for (name, value) in sorted_fields(record) {
                    part.fields.push(name);
                    part.parts.push(self.add(value));
                }
            }
            Value::Message(message) => {
                for (name, value) in sorted_fields(message.record()) {
                    part.fields.push(name);
                    part.parts.push(self.add(value));
                }
            }
            Value::Outcome(Outcome::Returned(inner)) => part.parts.push(self.add(inner)),
            _ => {}
        }
        if let Some(content) = content(value, self.relation) {
            part.number = self.intern(content);
        }
        self.parts.push(part);
        self.parts.len() - 1
    }

    /// Numbers the containers. If there are both named and anonymous records, the first numbers
    /// leave out all names, and the second ones those at the places that have both.
    fn number_all(&mut self, roots: &[PartId], place: impl Fn(&Self, PartId) -> Content<'a>) {
        let is_mixed = self.names.get(&ANYWHERE).is_some_and(Naming::is_mixed);
        if !is_mixed {
            return self.number_containers(Names::All);
        }
        self.number_containers(Names::None);
        for root in roots {
            let place = place(self, *root);
            let place = self.intern(place);
            self.set_place(*root, place);
        }
        self.number_containers(Names::Unmixed);
    }

    /// Numbers the containers. A part comes after its own parts.
    fn number_containers(&mut self, names: Names) {
        for id in 0..self.parts.len() {
            let Some(content) = self.content_of_container(id, names) else {
                continue;
            };
            let has_name = !matches!(content, Content::Record(None, _));
            let part = &self.parts[id];
            let settled = has_name && part.parts.iter().all(|inner| self.parts[*inner].settled);
            self.parts[id].number = self.intern(content);
            self.parts[id].settled = settled;
        }
    }

    fn content_of_container(&self, id: PartId, names: Names) -> Option<Content<'a>> {
        let part = &self.parts[id];
        let mut numbers: Vec<u32> = part.parts.iter().map(|inner| self.number(*inner)).collect();
        match part.value {
            Value::List(_) => Some(Content::List(numbers)),
            Value::Outcome(Outcome::Returned(_)) => Some(Content::Returned(numbers[0])),
            Value::Set(_) => {
                let count = numbers.len();
                numbers.sort_unstable();
                numbers.dedup();
                Some(Content::Set(count, numbers))
            }
            Value::Map(map) => {
                let mut pairs: Vec<_> = numbers
                    .chunks_exact(2)
                    .map(|pair| (pair[0], pair[1]))
                    .collect();
                pairs.sort_unstable();
                pairs.dedup();
                Some(Content::Map(map.entries().len(), pairs))
            }
            Value::Record(record) => {
                let counts = match names {
                    Names::All => true,
                    Names::None => false,
                    Names::Unmixed => !self.names.get(&part.place).is_some_and(Naming::is_mixed),
                };
                let fields = part.fields.iter().copied().zip(numbers).collect();
                Some(Content::Record(counts.then(|| record.name()), fields))
            }
            Value::Message(message) => {
                let fields = part.fields.iter().copied().zip(numbers).collect();
                Some(Content::Message(message.record().name(), fields))
            }
            _ => None,
        }
    }

    /// Gives the parts places: the same one to all that can be compared with each other. The
    /// numbers do not depend on names yet.
    fn set_place(&mut self, id: PartId, place: u32) {
        self.parts[id].place = place;
        if let Value::Record(record) = self.parts[id].value {
            self.names.entry(place).or_default().meet(record);
        }
        for index in 0..self.parts[id].parts.len() {
            let step = self.step(id, index);
            let inner = self.parts[id].parts[index];
            let below = self.intern(Content::Below(place, step));
            self.set_place(inner, below);
        }
    }

    fn step(&self, id: PartId, index: usize) -> Step<'a> {
        let part = &self.parts[id];
        match part.value {
            Value::Set(_) => Step::Item(self.number(part.parts[index])),
            Value::Map(_) if index.is_multiple_of(2) => Step::Key(self.number(part.parts[index])),
            Value::Map(_) => Step::ValueOf(self.number(part.parts[index - 1])),
            Value::Record(_) | Value::Message(_) => Step::Field(part.fields[index]),
            Value::Outcome(_) => Step::Payload,
            _ => Step::Index(index),
        }
    }

    /// Returns the number of a content, which is never 0.
    fn intern(&mut self, content: Content<'a>) -> u32 {
        let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
        *self.numbers.entry(content).or_insert(next)
    }
}
