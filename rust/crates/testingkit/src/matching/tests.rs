//! Tests of matchers that no example shows.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{UnwindSafe, catch_unwind};

use super::{AssertionFailure, Check};
use crate::prelude::*;
use crate::value::{ConversionError, EnumMember, Value};

fn panic_text(run: impl FnOnce() + UnwindSafe) -> String {
    let payload = catch_unwind(run).err();
    let text = payload.and_then(|payload| payload.downcast::<String>().ok());
    text.map(|text| *text).unwrap_or_default()
}

#[track_caller]
fn failure(result: Result<(), AssertionFailure>) -> AssertionFailure {
    match result {
        Ok(()) => panic!("it passed"),
        Err(failure) => failure,
    }
}

#[track_caller]
fn failure_text(result: Result<(), AssertionFailure>) -> String {
    failure(result).to_string()
}

#[test]
fn require_panics_with_the_text_of_the_failure_and_the_note() {
    let attempt = 2;
    let text = panic_text(move || require!(7, is_between(1, 6), "attempt {}", attempt));
    assert_eq!(
        text,
        "is_between(low: 1, high: 6) failed\n  actual: 7\n  note: attempt 2"
    );
}

#[test]
fn an_error_fails_for_an_assertion_and_its_negation() {
    let text = failure_text(check!(7, is_empty()));
    assert_eq!(text, "is_empty() error: wrong_kind\n  actual: 7");
    let text = failure_text(check!(7, is_not_empty()));
    assert_eq!(text, "is_not_empty() error: wrong_kind\n  actual: 7");
}

#[test]
fn the_location_is_that_of_the_caller() {
    let line = line!() + 1;
    let failed = failure(check!(1, equal(2)));
    assert_eq!(failed.location().line(), line);
    let shown = format!("{failed:?}");
    assert_eq!(shown, format!("{}:{line}\n{failed}", file!()));
    let line = line!() + 1;
    let failed = failure(equal(2).check(&1));
    assert_eq!(failed.location().line(), line);
}

#[test]
fn a_value_that_does_not_convert_is_shown_with_its_path_and_type() {
    let borrowed = BTreeMap::from([("cell", RefCell::new(1))]);
    let _guard = borrowed["cell"].borrow_mut();
    let text = failure_text(check!(borrowed, has_key("cell"), "while it is\nborrowed"));
    assert_eq!(
        text,
        "has_key(key: \"cell\") error: not_convertible\n  \
         actual: BTreeMap<&str, RefCell<i32>> does not convert at $.cell\n  \
         note: while it is\n    borrowed"
    );
    let failure = failure(check!(1, is_between(0, Value::Null)));
    assert!(failure.verdict().is_some(), "a wrong kind is a verdict");
}

#[test]
fn an_argument_that_does_not_convert_is_shown_likewise() {
    let cell = RefCell::new(3);
    let _guard = cell.borrow_mut();
    let failure = failure(check!(1, has_entry("a", &cell)));
    assert_eq!(
        failure.to_string(),
        "has_entry(key: \"a\") error: not_convertible\n  \
         value: &RefCell<i32> does not convert at $"
    );
    assert!(
        failure.verdict().is_none(),
        "there is no value for a verdict"
    );
}

#[test]
fn a_matcher_is_a_check_by_reference_and_in_a_box() {
    let matchers: [Box<dyn Check>; 2] = [Box::new(is_positive()), Box::new(is_less_than(5))];
    for matcher in &matchers {
        require!(4, matcher);
    }
    require!(4, &is_even());
}

#[test]
fn nothing_is_moved_or_cloned() {
    struct Unclonable(String);
    impl ToValue for Unclonable {
        fn to_value(&self) -> Result<Value, ConversionError> {
            self.0.to_value()
        }
    }
    let actual = Unclonable("abc".to_owned());
    let expected = Unclonable("abc".to_owned());
    require!(actual, equal(&expected));
    require!(actual.0, starts_with(&expected.0));
}

#[test]
fn values_of_the_kit_convert_to_themselves() {
    let red = EnumMember::new("Color", "RED", 1);
    require!(red, equal(&red));
    require!(red, is_enum_value("Color", "RED"));
    require!(Value::Null, is_null());
}

#[test]
fn matchers_are_arguments_of_matchers() {
    require!([1, 2], all_satisfy(is_positive()));
    require!([1, 2], each_in_order((equal(1), is_even())));
    require!(3, satisfies_all([is_less_than(4), is_less_than(5)]));
    let text = failure_text(check!(4, satisfies_any(vec![equal(1), equal(2)])));
    require!(
        text,
        starts_with("satisfies_any(checks: [equal(expected: 1), equal(expected: 2)]) failed")
    );
    let cell = RefCell::new(3);
    let _guard = cell.borrow_mut();
    require!(
        failure_text(check!([1], all_satisfy(equal(&cell)))),
        equal(
            "all_satisfy() error: not_convertible\n  \
             expected: &RefCell<i32> does not convert at $"
        )
    );
}
