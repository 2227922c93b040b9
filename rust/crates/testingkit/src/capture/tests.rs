use std::fmt;
use std::panic::panic_any;
use std::sync::Mutex;

use crate::prelude::*;
use crate::value::{ErrorType, Outcome, Value};

#[derive(Debug)]
struct SoldOut(&'static str);

impl fmt::Display for SoldOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sold out: {}", self.0)
    }
}

impl std::error::Error for SoldOut {}

impl ErrorType for SoldOut {
    fn testingkit_error_type(&self) -> &str {
        "shop.sold_out"
    }

    fn testingkit_error_code(&self) -> i32 {
        410
    }
}

#[test]
fn a_result_returned_or_failed() {
    let sold_out = || Err::<i32, _>(SoldOut("bread"));
    require!(outcome(|| Ok::<_, SoldOut>(12)), returns_value(12));
    require!(outcome(|| Ok::<_, SoldOut>(())), returns_value(()));
    require!(outcome(sold_out), fails_with_type("shop"));
    require!(outcome(sold_out), fails_with_code(410));
    require!(outcome(sold_out), fails_with_message("sold out: bread"));
    require!(outcome(sold_out), does_not_panic());
    require!(sold_out(), fails_with_exact_type("shop.sold_out"));
    require!(SoldOut("bread").testingkit_error_code(), equal(410));
}

#[test]
fn errors_without_a_type_of_their_own_have_the_type_error() {
    require!("x".parse::<i32>(), fails_with_type("error"));
    require!(
        outcome(|| Err::<(), _>("no file")),
        fails_with_type("error")
    );
}

#[test]
fn any_other_value_returned() {
    require!(outcome(|| [1, 2].len()), returns_value(2));
    require!(outcome(|| ()), succeeds());
    require!(outcome(|| None::<i32>), returns_value(()));
    // An outcome is the outcome of the call, as a `Result` is.
    require!(outcome(|| outcome(|| 1)), returns_value(1));
    let nested = Ok::<_, SoldOut>(Ok::<_, SoldOut>(1));
    require!(
        outcome(|| nested),
        returns_value(Value::from(Outcome::returned(1)))
    );
}

#[test]
fn the_message_of_a_panic() {
    let list: Vec<i32> = Vec::new();
    let count = 2;
    require!(
        outcome(|| -> () { panic!("stop") }),
        panics_with_message("stop")
    );
    require!(
        outcome(|| -> () { panic!("stop {count}") }),
        panics_with_message("stop 2")
    );
    require!(
        outcome(|| -> () { panic_any(5) }),
        panics_with_message("Box<dyn Any>")
    );
    require!(outcome(|| list[0]), panics());
    let failure = check!(outcome(|| list[0]), does_not_panic()).err();
    require!(
        failure.map(|failure| failure.to_string()),
        starts_with("does_not_panic() failed\n  actual: panicked(\"index out of bounds")
    );
}

#[test]
fn a_failure_within_the_call_is_a_panic() {
    require!(
        outcome(|| require!(1, equal(2))),
        panics_with_message("equal(expected: 2) failed\n  actual: 1")
    );
}

#[test]
fn the_function_can_change_what_is_around_it() {
    let mut calls = Vec::new();
    require!(outcome(|| calls.push(1)), succeeds());
    require!(calls, equal([1]));
}

#[test]
fn what_is_returned_must_convert() {
    let stock = Mutex::new(6);
    let _guard = stock.lock();
    let failure = check!(outcome(|| &stock), succeeds()).err();
    require!(
        failure.map(|failure| failure.to_string()),
        equal(
            "succeeds() error: not_convertible\n  \
             actual: CallOutcome<&Mutex<i32>> does not convert at $"
        )
    );
}
