//! The relations, and what is built on them, against their definitions.

use std::collections::HashSet;

use super::comparison::Comparison;
use super::lookup::{
    are_equal_to, are_unique, found, index_of, missing, partners, repeated, unmatched_entries,
};
use super::order::sorted_fields;
use super::pairing::unpaired;
use super::relations::{Relation, Verdict, by_place};
use super::runs::{has_run, not_in_order};
use super::{EnumMember, ErrorValue, Map, Outcome, Record, Set, Time, Value};

const PAIRS: usize = 400;
const RELATIONS: [Relation; 3] = [Relation::Equal, Relation::Identical, Relation::Equivalent];

/// Returns the relation word for word as `docs/kit/value.md` defines it: each part is compared with
/// each part of the other side, again at every level.
fn by_definition(left: &Value, right: &Value, relation: Relation) -> bool {
    let related = |one: &Value, two: &Value| by_definition(one, two, relation);
    match (left, right) {
        (Value::List(one), Value::List(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| related(one, two))
        }
        (Value::Set(one), Value::Set(two)) => mutual(one.items(), two.items(), related),
        (Value::Map(one), Value::Map(two)) => mutual(one.entries(), two.entries(), |one, two| {
            related(&one.0, &two.0) && related(&one.1, &two.1)
        }),
        (Value::Record(one), Value::Record(two)) => {
            let unnamed = one.name().is_empty() || two.name().is_empty();
            let (ours, theirs) = (sorted_fields(one), sorted_fields(two));
            (unnamed || one.name() == two.name())
                && ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(one, two)| one.0 == two.0 && related(&one.1, &two.1))
        }
        (Value::Outcome(Outcome::Returned(one)), Value::Outcome(Outcome::Returned(two))) => {
            related(one, two)
        }
        // Values without parts have one comparison only.
        _ => by_place(left, right, relation) == Verdict::Yes,
    }
}

fn mutual<T>(left: &[T], right: &[T], related: impl Fn(&T, &T) -> bool) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .all(|one| right.iter().any(|two| related(one, two)))
        && right
            .iter()
            .all(|two| left.iter().any(|one| related(one, two)))
}

fn has_equal(items: &[Value], wanted: &Value) -> bool {
    items.iter().any(|item| are_equal(item, wanted))
}

/// Random values, in which much is alike: names, signs of zero, offsets, kinds of numbers.
struct Values {
    state: u64,
}

impl Values {
    /// Returns a number below the bound (the generator is SplitMix64).
    fn below(&mut self, bound: u64) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound).unwrap_or_default()
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    /// Returns two values, of which the second one is often similar to the first one.
    fn pair(&mut self) -> (Value, Value) {
        let left = self.value(3);
        let right = if self.one_in(3) {
            self.value(3)
        } else {
            self.similar(&left)
        };
        (left, right)
    }

    fn value(&mut self, levels: usize) -> Value {
        if levels == 0 || self.one_in(7) {
            return self.leaf();
        }
        let count = self.below(5);
        let inner: Vec<_> = (0..count).map(|_| self.value(levels - 1)).collect();
        match self.below(9) {
            0 | 1 => Value::List(inner),
            2 | 3 => set(inner),
            4 | 5 => map(inner
                .into_iter()
                .map(|key| (key, self.value(levels - 1)))
                .collect()),
            6 => Value::Outcome(Outcome::returned(self.value(levels - 1))),
            7 => set((0..4).map(|_| self.tied()).collect()),
            _ => self.record(inner),
        }
    }

    /// Returns the value with some changes of what relations ignore, and few others.
    fn similar(&mut self, value: &Value) -> Value {
        if self.one_in(50) {
            return self.value(1);
        }
        match value {
            Value::Float(float) if *float == 0.0 => self.zero(),
            Value::Int(_) if self.one_in(4) => Value::from(1.0),
            Value::Float(_) if self.one_in(4) => Value::from(1),
            Value::Time(time) => self.time(time.seconds()),
            Value::List(items) => Value::List(items.iter().map(|one| self.similar(one)).collect()),
            Value::Set(items) => set(items.into_iter().map(|one| self.similar(one)).collect()),
            Value::Map(entries) => map(entries
                .into_iter()
                .map(|(key, value)| (self.similar(key), self.similar(value)))
                .collect()),
            Value::Record(record) => {
                let fields: Vec<_> = record
                    .into_iter()
                    .rev()
                    .map(|(name, value)| (name.as_str(), self.similar(value)))
                    .collect();
                let name = if self.one_in(2) {
                    record.name()
                } else {
                    self.name()
                };
                Value::Record(Record::new(name, fields).unwrap_or_default())
            }
            Value::Outcome(Outcome::Returned(inner)) => {
                Value::Outcome(Outcome::returned(self.similar(inner)))
            }
            other => other.clone(),
        }
    }

    fn leaf(&mut self) -> Value {
        let letter = ["a", "b"][self.below(2)];
        match self.below(11) {
            0 => Value::from(1),
            1 => Value::from(1.0),
            2 => self.zero(),
            3 => Value::from(f64::NAN),
            4 => Value::from(true),
            5 => Value::from(letter),
            6 => {
                let seconds = i64::from(self.one_in(2));
                self.time(seconds)
            }
            7 => Value::Enum(EnumMember::new("E", letter, 1)),
            8 => {
                Value::Error(ErrorValue::new("e", "m").with_causes([ErrorValue::new("c", letter)]))
            }
            _ => self.tied(),
        }
    }

    /// Returns a record that differs from others in what the coarse order ignores, mostly.
    fn tied(&mut self) -> Value {
        let inner = if self.one_in(2) {
            self.zero()
        } else {
            Value::Record(Record::new(self.name(), [("", Value::Null); 0]).unwrap_or_default())
        };
        self.record(vec![inner])
    }

    fn record(&mut self, inner: Vec<Value>) -> Value {
        let fields: Vec<_> = ["x", "y"]
            .into_iter()
            .zip(inner)
            .filter(|_| self.one_in(2))
            .collect();
        Value::Record(Record::new(self.name(), fields).unwrap_or_default())
    }

    fn time(&mut self, seconds: i64) -> Value {
        let offset = i32::from(self.one_in(2));
        Time::new(seconds, 0, offset).map_or(Value::Null, Value::Time)
    }

    fn zero(&mut self) -> Value {
        Value::from([0.0, -0.0][self.below(2)])
    }

    fn name(&mut self) -> &'static str {
        ["", "", "A", "B", "C"][self.below(5)]
    }
}

/// Returns the set of the items without those that equal an earlier one.
fn set(items: Vec<Value>) -> Value {
    let mut unique = Vec::new();
    for item in items {
        if !has_equal(&unique, &item) {
            unique.push(item);
        }
    }
    Set::new(unique).map_or(Value::Null, Value::Set)
}

fn map(entries: Vec<(Value, Value)>) -> Value {
    let mut keys = Vec::new();
    let mut unique = Vec::new();
    for (key, value) in entries {
        let is_nan = matches!(key, Value::Float(float) if float.is_nan());
        if !is_nan && !has_equal(&keys, &key) {
            keys.push(key.clone());
            unique.push((key, value));
        }
    }
    Map::new(unique).map_or(Value::Null, Value::Map)
}

#[test]
fn relations_are_those_of_the_definition() {
    let mut values = Values { state: 1 };
    for relation in RELATIONS {
        let mut seen = [false, false];
        for _ in 0..PAIRS {
            let (left, right) = values.pair();
            let expected = by_definition(&left, &right, relation);
            seen[usize::from(expected)] = true;
            let (comparison, one, two) = Comparison::new(relation, &left, &right);
            assert_eq!(comparison.related(one, two), expected, "{left} {right}");
            let found = match relation {
                Relation::Equal => left.is_equal_to(&right),
                Relation::Identical => left.is_identical_to(&right),
                Relation::Equivalent => left.is_equivalent_to(&right),
            };
            assert_eq!(found, expected, "{left} {right}");
        }
        assert_eq!(seen, [true, true]);
    }
}

#[test]
fn lookups_find_the_equal_values_of_the_definition() {
    let mut values = Values { state: 2 };
    for _ in 0..PAIRS {
        let items: Vec<_> = (0..4).map(|_| values.value(2)).collect();
        let wanted: Vec<_> = items.iter().map(|item| values.similar(item)).collect();
        let borrowed: Vec<_> = items.iter().collect();
        let (mut absent, mut present) = (Vec::new(), Vec::new());
        let mut indexes = Vec::new();
        for value in &wanted {
            let verdicts: Vec<_> = items.iter().map(|item| are_equal(item, value)).collect();
            assert_eq!(are_equal_to(value, &borrowed), verdicts, "{value}");
            let index = verdicts.iter().position(|verdict| *verdict);
            assert_eq!(index_of(&borrowed, value), index, "{value}");
            indexes.push(index);
            if index.is_none() {
                absent.push(value.to_string());
            } else {
                present.push(value.to_string());
            }
        }
        let looked_up: Vec<_> = wanted.iter().collect();
        assert_eq!(texts(&missing(&looked_up, &borrowed)), absent);
        assert_eq!(texts(&found(&looked_up, &borrowed)), present);
        assert_eq!(partners(&looked_up, &borrowed), indexes);
        let mut ordered = [items.clone(), wanted].concat();
        ordered.sort_by(Value::total_cmp);
        let unique = (0..ordered.len()).all(|n| !has_equal(&ordered[n + 1..], &ordered[n]));
        assert_eq!(are_unique(&ordered.iter().collect::<Vec<_>>()), unique);
    }
}

#[test]
fn pairs_and_orders_are_those_of_the_definition() {
    let mut values = Values { state: 3 };
    let mut seen = HashSet::new();
    for _ in 0..PAIRS {
        let [items, wanted] = [6, 4].map(|count| {
            let tied = (0..count).map(|_| values.tied());
            tied.collect::<Vec<_>>()
        });
        let borrowed: Vec<_> = items.iter().collect();
        let looked_up: Vec<_> = wanted.iter().collect();
        let (mut paired, mut others) = (Vec::new(), Vec::new());
        for value in &looked_up {
            if can_be_paired(&[paired.as_slice(), &[*value]].concat(), &borrowed) {
                paired.push(*value);
            } else {
                others.push(*value);
            }
        }
        assert_eq!(texts(&unpaired(&looked_up, &borrowed)), texts(&others));
        let again = (0..6).filter(|n| has_equal(&items[..*n], &items[*n]));
        let again: Vec<_> = again.map(|n| &items[n]).collect();
        assert_eq!(texts(&repeated(&borrowed)), texts(&again));
        let is_run = items.windows(2).any(|run| {
            let mut pairs = run.iter().zip(&wanted);
            pairs.all(|(item, value)| are_equal(item, value))
        });
        assert_eq!(has_run(&looked_up[..2], &borrowed), is_run);
        let fitting = (0..=4).rfind(|count| is_in_order(&wanted[..*count], &items));
        let rest = &looked_up[fitting.unwrap_or_default()..];
        assert_eq!(texts(&not_in_order(&looked_up, &borrowed)), texts(rest));
        seen.insert((others.len(), is_run));
    }
    assert!(seen.len() > 5);
}

#[test]
fn unmatched_entries_are_those_of_the_definition() {
    let mut values = Values { state: 3 };
    let equal = |one: &Value, two: &Value| by_definition(one, two, Relation::Equal);
    let mut seen = [false, false];
    for _ in 0..PAIRS {
        let wanted = map((0..4).map(|_| (values.value(2), values.value(1))).collect());
        let other = values.similar(&wanted);
        let (Value::Map(ours), Value::Map(theirs)) = (&wanted, &other) else {
            continue;
        };
        let mut expected = Vec::new();
        for (key, value) in ours {
            let same_key = || theirs.into_iter().filter(|entry| equal(key, &entry.0));
            if !same_key().any(|entry| equal(value, &entry.1)) {
                let found = same_key().next().map(|entry| entry.1.to_string());
                seen[usize::from(found.is_some())] = true;
                expected.push((key.to_string(), value.to_string(), found));
            }
        }
        let unmatched: Vec<_> = unmatched_entries(&wanted, &other)
            .into_iter()
            .map(|entry| {
                let found = entry.other.map(Value::to_string);
                (entry.key.to_string(), entry.value.to_string(), found)
            })
            .collect();
        assert_eq!(unmatched, expected, "{wanted} {other}");
    }
    assert_eq!(seen, [true, true]);
}

fn are_equal(left: &Value, right: &Value) -> bool {
    by_definition(left, right, Relation::Equal)
}

fn texts(values: &[&Value]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// Returns whether the wanted values have different items, each an equal one.
fn can_be_paired(wanted: &[&Value], items: &[&Value]) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return true;
    };
    (0..items.len()).any(|n| {
        let others = [&items[..n], &items[n + 1..]].concat();
        are_equal(first, items[n]) && can_be_paired(rest, &others)
    })
}

/// Returns whether items in the same order, with or without gaps, equal the wanted values.
fn is_in_order(wanted: &[Value], items: &[Value]) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return true;
    };
    (0..items.len()).any(|n| are_equal(first, &items[n]) && is_in_order(rest, &items[n + 1..]))
}
