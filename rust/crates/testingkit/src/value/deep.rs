//! Cloning, comparing, hashing and dropping values of any depth without recursion.
//!
//! A value can be built deeper than the limit, and these traits cannot return an error. They
//! therefore keep what is still to do in a list instead of on the stack.

use std::hash::{Hash, Hasher};
use std::mem;

use super::{ErrorValue, Map, Message, Outcome, Record, Set, Value};

impl Clone for Value {
    fn clone(&self) -> Self {
        rebuild(self, push_parts, clone_with_parts)
    }
}

impl Clone for ErrorValue {
    fn clone(&self) -> Self {
        rebuild(self, push_causes, |error, causes| Self {
            type_name: error.type_name.clone(),
            message: error.message.clone(),
            code: error.code,
            causes: take_last(causes, error.causes.len()),
        })
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        all_pairs(self, other, push_parts, same_apart_from_parts)
    }
}

impl PartialEq for ErrorValue {
    fn eq(&self, other: &Self) -> bool {
        all_pairs(self, other, push_causes, |one, two| {
            (&one.type_name, &one.message, one.code) == (&two.type_name, &two.message, two.code)
        })
    }
}

impl Eq for ErrorValue {}

impl Hash for ErrorValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut pending = vec![self];
        while let Some(error) = pending.pop() {
            (&error.type_name, &error.message, error.code).hash(state);
            error.causes.len().hash(state);
            pending.extend(&error.causes);
        }
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        let mut pending = Vec::new();
        take_nested(self, &mut pending);
        while let Some(mut value) = pending.pop() {
            take_nested(&mut value, &mut pending);
        }
    }
}

impl Drop for ErrorValue {
    fn drop(&mut self) {
        let mut pending = mem::take(&mut self.causes);
        while let Some(mut cause) = pending.pop() {
            pending.append(&mut cause.causes);
        }
    }
}

/// Copies a tree from its leaves up. `build` copies a node, and takes the copies of its parts from
/// the end of the list.
fn rebuild<'a, T>(
    root: &'a T,
    push_parts: impl Fn(&'a T, &mut Vec<&'a T>),
    build: impl Fn(&T, &mut Vec<T>) -> T,
) -> T {
    let mut pending = Vec::new();
    let mut built = Vec::new();
    push_parts(root, &mut pending);
    let mut nodes = Vec::new();
    while let Some(node) = pending.pop() {
        nodes.push(node);
        push_parts(node, &mut pending);
    }
    // The parts of a node come after it, in reverse order.
    for node in nodes.into_iter().rev() {
        let copy = build(node, &mut built);
        built.push(copy);
    }
    build(root, &mut built)
}

/// Returns whether two trees have the same shape and every pair of nodes is the same.
fn all_pairs<'a, T>(
    left: &'a T,
    right: &'a T,
    push_parts: impl Fn(&'a T, &mut Vec<&'a T>),
    same: impl Fn(&T, &T) -> bool,
) -> bool {
    let (mut lefts, mut rights) = (vec![left], vec![right]);
    while let (Some(one), Some(two)) = (lefts.pop(), rights.pop()) {
        if !same(one, two) {
            return false;
        }
        push_parts(one, &mut lefts);
        push_parts(two, &mut rights);
        if lefts.len() != rights.len() {
            return false;
        }
    }
    true
}

fn push_causes<'a>(error: &'a ErrorValue, parts: &mut Vec<&'a ErrorValue>) {
    parts.extend(&error.causes);
}

/// Adds the values one level deeper. The causes of an error are not among them.
fn push_parts<'a>(value: &'a Value, parts: &mut Vec<&'a Value>) {
    match value {
        Value::List(items) => parts.extend(items),
        Value::Set(set) => parts.extend(set),
        Value::Map(map) => map
            .into_iter()
            .for_each(|(key, item)| parts.extend([key, item])),
        Value::Record(record) => parts.extend(record.into_iter().map(|(_, item)| item)),
        Value::Message(message) => {
            parts.extend(message.record().into_iter().map(|(_, item)| item));
        }
        Value::Outcome(Outcome::Returned(inner)) => parts.push(inner),
        _ => {}
    }
}

/// Removes the last values from a list and returns them.
fn take_last<T>(values: &mut Vec<T>, count: usize) -> Vec<T> {
    values.split_off(values.len().saturating_sub(count))
}

fn clone_with_parts(value: &Value, parts: &mut Vec<Value>) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(truth) => Value::Bool(*truth),
        Value::Int(int) => Value::Int(int.clone()),
        Value::Float(float) => Value::Float(*float),
        Value::Text(text) => Value::Text(text.clone()),
        Value::Bytes(octets) => Value::Bytes(octets.clone()),
        Value::Time(time) => Value::Time(*time),
        Value::Duration(duration) => Value::Duration(*duration),
        Value::Enum(member) => Value::Enum(member.clone()),
        Value::List(items) => Value::List(take_last(parts, items.len())),
        Value::Set(set) => Value::Set(Set {
            items: take_last(parts, set.items().len()),
        }),
        Value::Map(map) => Value::Map(clone_map(map, parts)),
        Value::Record(record) => Value::Record(clone_record(record, parts)),
        Value::Message(message) => Value::Message(Message {
            message_type: message.message_type.clone(),
            record: clone_record(&message.record, parts),
        }),
        Value::Error(error) => Value::Error(error.clone()),
        Value::Outcome(outcome) => Value::Outcome(clone_outcome(outcome, parts)),
    }
}

fn clone_map(map: &Map, parts: &mut Vec<Value>) -> Map {
    let mut parts = take_last(parts, 2 * map.entries().len()).into_iter();
    let mut entries = Vec::with_capacity(map.entries().len());
    while let (Some(key), Some(item)) = (parts.next(), parts.next()) {
        entries.push((key, item));
    }
    Map { entries }
}

fn clone_record(record: &Record, parts: &mut Vec<Value>) -> Record {
    let names = record.into_iter().map(|(name, _)| name.clone());
    let fields = names.zip(take_last(parts, record.fields().len()));
    Record {
        name: record.name().to_owned(),
        fields: fields.collect(),
    }
}

fn clone_outcome(outcome: &Outcome, parts: &mut Vec<Value>) -> Outcome {
    match outcome {
        Outcome::Returned(_) => Outcome::Returned(Box::new(parts.pop().unwrap_or(Value::Null))),
        Outcome::Failed(error) => Outcome::Failed(error.clone()),
        Outcome::Panicked(text) => Outcome::Panicked(text.clone()),
        Outcome::Cancelled => Outcome::Cancelled,
        Outcome::Pending => Outcome::Pending,
    }
}

/// Compares everything of two values but their parts, of which there may be a different number.
fn same_apart_from_parts(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null)
        | (Value::List(_), Value::List(_))
        | (Value::Set(_), Value::Set(_))
        | (Value::Map(_), Value::Map(_)) => true,
        (Value::Bool(one), Value::Bool(two)) => one == two,
        (Value::Int(one), Value::Int(two)) => one == two,
        (Value::Float(one), Value::Float(two)) => one == two,
        (Value::Text(one), Value::Text(two)) => one == two,
        (Value::Bytes(one), Value::Bytes(two)) => one == two,
        (Value::Time(one), Value::Time(two)) => one == two,
        (Value::Duration(one), Value::Duration(two)) => one == two,
        (Value::Enum(one), Value::Enum(two)) => one == two,
        (Value::Record(one), Value::Record(two)) => same_names(one, two),
        (Value::Message(one), Value::Message(two)) => {
            one.message_type == two.message_type && same_names(&one.record, &two.record)
        }
        (Value::Error(one), Value::Error(two)) => one == two,
        (Value::Outcome(one), Value::Outcome(two)) => match (one, two) {
            (Outcome::Returned(_), Outcome::Returned(_)) => true,
            (Outcome::Failed(one), Outcome::Failed(two)) => one == two,
            (Outcome::Panicked(one), Outcome::Panicked(two)) => one == two,
            _ => one.ending() == two.ending(),
        },
        _ => false,
    }
}

fn same_names(left: &Record, right: &Record) -> bool {
    let names = |record| Record::fields(record).iter().map(|(name, _)| name);
    left.name() == right.name() && names(left).eq(names(right))
}

/// Moves the parts that have parts themselves into a list.
fn take_nested(value: &mut Value, nested: &mut Vec<Value>) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| take(item, nested)),
        Value::Set(set) => set.items.iter_mut().for_each(|item| take(item, nested)),
        Value::Map(map) => map.entries.iter_mut().for_each(|(key, item)| {
            take(key, nested);
            take(item, nested);
        }),
        Value::Record(record) | Value::Message(Message { record, .. }) => {
            record
                .fields
                .iter_mut()
                .for_each(|(_, item)| take(item, nested));
        }
        Value::Outcome(Outcome::Returned(inner)) => take(inner, nested),
        _ => {}
    }
}

fn take(value: &mut Value, nested: &mut Vec<Value>) {
    let mut has_parts = false;
    match value {
        Value::List(items) => has_parts = !items.is_empty(),
        Value::Set(_) | Value::Map(_) | Value::Record(_) | Value::Message(_) => has_parts = true,
        Value::Outcome(Outcome::Returned(_)) => has_parts = true,
        _ => {}
    }
    if has_parts {
        nested.push(mem::replace(value, Value::Null));
    }
}
