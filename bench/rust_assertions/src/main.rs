//! Measures assertions on native values: of the kit, of the standard library and of googletest.

use std::hint::black_box;
use std::panic::{catch_unwind, set_hook};
use std::time::Instant;

use googletest::matchers as google;
use testingkit::prelude::*;
use testingkit::value::{ConversionError, Record, Value};

const BATCHES: usize = 200;

/// A struct, which has no fast path.
#[derive(Debug, PartialEq)]
struct Point {
    x: i64,
    y: i64,
}

impl ToValue for Point {
    fn to_value(&self) -> Result<Value, ConversionError> {
        let fields = [("x", self.x.to_value()?), ("y", self.y.to_value()?)];
        Record::new("Point", fields).map(Value::from)
    }
}

/// Prints the nanoseconds of each statement as a JSON object.
fn main() {
    let mut figures = passing();
    figures.extend(failing());
    let shown: Vec<_> = figures
        .iter()
        .map(|(key, figure)| format!(r#""{key}": {figure}"#))
        .collect();
    println!("{{{}}}", shown.join(", "));
}

fn passing() -> Vec<(&'static str, f64)> {
    let (number, text) = (123_456, "order 17 of Ada".to_owned());
    let (items, same): (Vec<i64>, Vec<i64>) = ((0..100).collect(), (0..100).collect());
    let (many, same_many): (Vec<i64>, Vec<i64>) = ((0..10_000).collect(), (0..10_000).collect());
    let point = || Point { x: 1, y: -1 };
    vec![
        (
            "int.require",
            nanos(|| require!(black_box(number), equal(black_box(123_456)))),
        ),
        (
            "int.expect",
            nanos(|| expect!(black_box(number), equal(black_box(123_456)))),
        ),
        (
            "int.assert_eq",
            nanos(|| assert_eq!(black_box(number), black_box(123_456))),
        ),
        (
            "int.googletest",
            nanos(|| {
                googletest::assert_that!(black_box(number), google::eq(black_box(123_456)));
            }),
        ),
        (
            "text.require",
            nanos(|| require!(black_box(&text), equal("order 17 of Ada"))),
        ),
        (
            "text.assert_eq",
            nanos(|| assert_eq!(black_box(&text), "order 17 of Ada")),
        ),
        (
            "text.googletest",
            nanos(|| {
                googletest::assert_that!(black_box(&text), google::eq("order 17 of Ada"));
            }),
        ),
        (
            "between.require",
            nanos(|| require!(black_box(number), is_between(1, 1_000_000))),
        ),
        (
            "list.require",
            nanos(|| require!(black_box(&items), equal(black_box(&same)))),
        ),
        (
            "list.assert_eq",
            nanos(|| assert_eq!(black_box(&items), black_box(&same))),
        ),
        (
            "list.googletest",
            nanos(|| {
                googletest::assert_that!(black_box(&items), google::eq(black_box(&same)));
            }),
        ),
        (
            "many.require",
            nanos(|| require!(black_box(&many), equal(black_box(&same_many)))),
        ),
        (
            "many.assert_eq",
            nanos(|| assert_eq!(black_box(&many), black_box(&same_many))),
        ),
        (
            "struct.require",
            nanos(|| require!(black_box(point()), equal(black_box(point())))),
        ),
        (
            "struct.assert_eq",
            nanos(|| assert_eq!(black_box(point()), black_box(point()))),
        ),
    ]
}

/// Measures failures with their texts. A panic is caught, and its hook writes the text.
fn failing() -> Vec<(&'static str, f64)> {
    let (point, other) = (Point { x: 1, y: -1 }, Point { x: 1, y: 1 });
    set_hook(Box::new(|panic| {
        black_box(panic.to_string());
    }));
    vec![
        (
            "failing.require",
            panics(|| require!(black_box(&point), equal(black_box(&other)))),
        ),
        (
            "failing.assert_eq",
            panics(|| assert_eq!(black_box(&point), black_box(&other))),
        ),
        (
            "failing.check",
            nanos(|| {
                let failed = check!(black_box(&point), equal(black_box(&other)));
                black_box(failed.unwrap_err().to_string());
            }),
        ),
        (
            "failing.googletest",
            nanos(|| {
                let failed =
                    googletest::verify_that!(black_box(&point), google::eq(black_box(&other)));
                black_box(failed.unwrap_err().to_string());
            }),
        ),
    ]
}

fn panics(run: impl Fn() + std::panic::RefUnwindSafe) -> f64 {
    nanos(|| {
        black_box(catch_unwind(&run).unwrap_err());
    })
}

/// Returns the shortest time of one call over batches, because other work of the machine only adds to it.
fn nanos(mut run: impl FnMut()) -> f64 {
    let mut calls = 1_u32;
    // A batch takes some tens of microseconds, so that reading the clock does not count.
    while timed(calls, &mut run) < 50_000.0 {
        calls *= 2;
    }
    (0..BATCHES)
        .map(|_| timed(calls, &mut run) / f64::from(calls))
        .fold(f64::INFINITY, f64::min)
}

fn timed(calls: u32, run: &mut impl FnMut()) -> f64 {
    let started = Instant::now();
    for _ in 0..calls {
        run();
    }
    started.elapsed().as_nanos() as f64
}
