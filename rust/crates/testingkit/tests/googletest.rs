//! Tests of matchers of the kit in googletest (feature `googletest`).
#![cfg(feature = "googletest")]

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use googletest::matcher::{Matcher, MatcherBase as _, MatcherResult};
use googletest::matchers::{anything, displays_as, elements_are, eq, err, near, not, ok};
use googletest::{assert_that, verify_that};
use testingkit::matchers::{
    each_in_order, equal, fails, fails_with_message, has_length, is_between, is_empty, panics,
    returns_value, starts_with,
};
use testingkit::outcome;

#[test]
fn a_matcher_is_one_of_googletest() {
    assert_that!(4, is_between(1, 6));
    assert_that!("to be", starts_with("to").and(has_length(5)));
    assert_that!(7, not(is_between(1, 6)));
    assert_that!([1, 2].as_slice(), equal([1, 2]));
}

#[test]
fn a_failure_shows_the_text_of_the_kit() {
    let failure = verify_that!(7, is_between(1, 6)).map_err(|failure| failure.to_string());
    let text = failure.err().unwrap_or_default();
    assert!(
        text.starts_with(
            "Value of: 7\n\
             Expected: is_between(low: 1, high: 6) passes\n\
             Actual: 7,\n  \
             is_between(low: 1, high: 6) failed\n    actual: 7\n"
        ),
        "{text}"
    );
    let described = Matcher::<i32>::describe(&is_between(1, 6), MatcherResult::NoMatch);
    assert_eq!(
        described.to_string(),
        "is_between(low: 1, high: 6) does not pass"
    );
}

#[test]
fn an_error_fails_in_a_negation_too() {
    let ended = catch_unwind(|| {
        let _ = verify_that!(7, not(is_empty()));
    });
    assert!(ended.is_err(), "it panics");
}

/// The differences in `docs/kit/migrating_rust.md`.
#[test]
fn the_meaning_differs() {
    let nan = verify_that!(f64::NAN, near(f64::NAN, 0.1));
    assert!(nan.is_err(), "NaN is not near NaN");
    assert_that!(f64::NAN, near(f64::NAN, 0.1).nans_are_equal());
    assert_that!(f64::NAN, equal(f64::NAN));
    assert_that!(5_u8, equal(5_i64));
    assert_that!(BTreeSet::from([1, 2]), elements_are![eq(&1), eq(&2)]);
    let in_order = each_in_order((equal(1), equal(2))).check(&BTreeSet::from([1, 2]));
    assert!(in_order.is_err_and(|failure| failure.is_error()), "a set");
}

#[test]
fn outcomes() {
    let (parsed, failed) = ("12".parse::<i32>(), "x".parse::<i32>());
    assert_that!(parsed, ok(eq(&12)));
    assert_that!(parsed, returns_value(12));
    assert_that!(failed, err(anything()));
    assert_that!(failed, fails());
    let message = "invalid digit found in string";
    assert_that!(failed, err(displays_as(eq(message))));
    assert_that!(failed, fails_with_message(message));
    let items: Vec<i32> = Vec::new();
    assert_that!(outcome(|| items[9]), panics());
}
