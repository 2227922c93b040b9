use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::*;
use crate::assertions::{Assertion, Status};
use crate::diff;
use crate::events::Recorder;
use crate::render::{Limits, canonical, expanded, truncated_to};
use crate::value::limits::MAX_DEPTH;
use crate::value::{Map, Message, Record, Set, UnknownFields, to_value};

type Wrap = fn(Value) -> Value;

fn in_list(inner: Value) -> Value {
    Value::List(vec![inner, Value::Null])
}

fn in_outcome(inner: Value) -> Value {
    Value::Outcome(Outcome::returned(inner))
}

fn in_record(inner: Value) -> Value {
    Record::new("R", [("a b", inner)]).map_or(Value::Null, Value::from)
}

fn in_message(inner: Value) -> Value {
    let empty = Message::new(Arc::default(), BTreeMap::new(), UnknownFields::new());
    empty.map_or(Value::Null, |message| {
        Value::from(message.with_fields(vec![("child".to_owned(), inner)]))
    })
}

fn in_error(mut inner: Value) -> Value {
    let cause = match &mut inner {
        Value::Error(error) => std::mem::take(error),
        _ => ErrorValue::default(),
    };
    Value::Error(ErrorValue::new("t", "m").with_causes([cause]))
}

/// Deep enough to overflow the stack of a thread in any recursion.
const DEEP: usize = 100_000;

const LEVELS: [(Wrap, &str); 5] = [
    (in_list, "[0]"),
    (in_outcome, ".returned"),
    (in_record, "[\"a b\"]"),
    (in_message, ".child"),
    (in_error, ".causes[0]"),
];

fn nested(levels: usize, wrap: Wrap) -> Value {
    (1..levels).fold(Value::Error(ErrorValue::default()), |inner, _| wrap(inner))
}

/// Returns the text of the panic of a function.
fn panicked<T>(function: impl FnOnce() -> T) -> Option<String> {
    let payload = catch_unwind(AssertUnwindSafe(function)).err()?;
    payload.downcast_ref::<String>().cloned()
}

/// Calls everything that takes a value, and returns the error or the panic of each.
fn refusals(value: &Value) -> Vec<Option<String>> {
    let error = |result: Result<(), ConversionError>| result.err().map(|error| error.to_string());
    let text = |text: Option<String>| {
        text.map(|text| {
            text.trim_start_matches("a value is nested too deep: ")
                .to_owned()
        })
    };
    vec![
        error(value.check_depth()),
        error(to_value(value).map(drop)),
        error(Recorder::new().record("e", &[("f", value)]).map(drop)),
        text(panicked(|| value.is_equal_to(value))),
        text(panicked(|| value.is_identical_to(&Value::Null))),
        text(panicked(|| Value::Null.is_equivalent_to(value))),
        text(panicked(|| value.total_cmp(value))),
        text(panicked(|| canonical(value))),
        text(panicked(|| expanded(value))),
        text(panicked(|| diff::values(value, &Value::Null))),
    ]
}

#[test]
fn everything_refuses_a_value_that_is_too_deep() {
    for (wrap, segment) in LEVELS {
        let expected = format!("too_large at ${}", segment.repeat(MAX_DEPTH));
        for levels in [MAX_DEPTH + 1, DEEP] {
            for refusal in refusals(&nested(levels, wrap)) {
                assert_eq!(refusal.as_deref(), Some(expected.as_str()));
            }
        }
        for refusal in refusals(&nested(MAX_DEPTH, wrap)) {
            assert_eq!(refusal, None);
        }
    }
}

#[test]
fn the_standard_traits_work_at_any_depth() {
    for (wrap, _) in LEVELS {
        for levels in [2, MAX_DEPTH, DEEP] {
            let value = nested(levels, wrap);
            let copy = value.clone();
            assert!(value == copy);
            assert!(wrap(copy) != value);
            assert_eq!(format!("{value:?}"), value.to_string());
            assert_eq!(format!("{value:?}").contains('…'), levels > MAX_DEPTH);
        }
    }
    let mut error = ErrorValue::new("t", "m");
    for _ in 0..DEEP {
        error = ErrorValue::new("t", "m").with_causes([error]);
    }
    assert!(error.clone() == error);
    let hasher = RandomState::new();
    assert_eq!(hasher.hash_one(&error), hasher.hash_one(error.clone()));
    let other = ErrorValue::new("t", "m").with_causes([error.clone()]);
    assert_ne!(hasher.hash_one(&error), hasher.hash_one(&other));
    assert!(format!("{error:?}").contains('…'));
}

#[test]
fn a_million_levels_are_no_worse() {
    let value = nested(1_000_000, in_list);
    assert!(value.clone() == value);
    assert!(value.check_depth().is_err());
}

#[test]
fn a_clone_has_every_part_in_its_place() -> Result<(), ConversionError> {
    let list = Value::List(vec![
        1.into(),
        Value::List(vec![2.into(), 3.into()]),
        4.into(),
    ]);
    let map = Map::new([(1.into(), list.clone()), (list.clone(), "a".into())])?;
    let record = Record::new("R", [("x", Value::from(map)), ("y", Value::from(true))])?;
    let set = Set::new([
        Value::from(record),
        Value::Null,
        Outcome::returned(list).into(),
    ])?;
    let value = Value::from(set);
    assert!(value.clone() == value);
    assert_eq!(value.clone().to_string(), value.to_string());
    let text = value.to_string();
    assert!(
        text.contains("{1: [1, [2, 3], 4], [1, [2, 3], 4]: \"a\"}"),
        "{text}"
    );
    Ok(())
}

#[test]
fn values_of_another_shape_are_not_the_same() {
    let list = |items: &[i32]| Value::List(items.iter().map(|item| Value::from(*item)).collect());
    let pair = |left, right| Value::List(vec![left, right]);
    assert!(pair(list(&[1]), list(&[])) != pair(list(&[]), list(&[1])));
    assert!(pair(list(&[1]), list(&[2])) != pair(list(&[2]), list(&[1])));
    assert!(list(&[1, 2]) != list(&[1]));
    assert!(list(&[]) != Value::from(Set::default()));
    assert!(Value::Float(f64::NAN) != Value::Float(f64::NAN));
}

#[test]
fn sets_and_maps_refuse_parts_that_make_them_too_deep() {
    let deep = || nested(MAX_DEPTH, in_list);
    let shown = |error: ConversionError| error.to_string();
    let set = Set::new([deep()]).map_err(shown);
    assert_eq!(set, Err("too_large at $".to_owned()));
    let key = Map::new([(deep(), Value::Null)]).map_err(shown);
    assert_eq!(key, Err("too_large at $".to_owned()));
    let item = Map::new([(7.into(), deep())]).map_err(shown);
    assert_eq!(
        item,
        Err(format!(
            "too_large at ${{7}}{}",
            "[0]".repeat(MAX_DEPTH - 1)
        ))
    );
    assert!(!Set::default().contains(&nested(DEEP, in_list)));
    assert_eq!(Map::default().get(&nested(DEEP, in_list)), None);
}

#[test]
fn a_check_of_a_value_that_is_too_deep_is_an_error() {
    let deep = || nested(DEEP, in_list);
    let verdicts = [
        Assertion::new("is_null").evaluate(deep()),
        Assertion::new("not_equal")
            .with_argument("expected", deep())
            .evaluate(1),
    ];
    for verdict in verdicts {
        assert_eq!(verdict.status, Status::Error(ErrorCode::TooLarge));
        let text = verdict.to_string();
        assert!(
            text.contains("error: too_large") && text.contains('…'),
            "{text}"
        );
        assert_eq!(format!("{:?}", verdict.clone()), format!("{verdict:?}"));
    }
}

#[test]
fn levels_of_native_and_ready_made_values_add_up() {
    let deep = nested(MAX_DEPTH - 1, in_list);
    assert!(to_value(&[&deep]).is_ok());
    let error = to_value(&[[&deep]]).map_err(|error| error.to_string());
    let path = format!("too_large at ${}", "[0]".repeat(MAX_DEPTH));
    assert_eq!(error.err(), Some(path));
}

#[test]
fn truncated_text_shows_no_more_than_the_limit_of_levels() {
    let mut limits = Limits::FAILURE;
    limits.levels = usize::MAX;
    let text = truncated_to(&nested(DEEP, in_list), limits);
    assert_eq!(text.matches("null").count(), MAX_DEPTH);
}
