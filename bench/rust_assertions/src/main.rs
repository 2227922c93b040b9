//! Measures passing assertions on native values: of the kit, of the standard library and of googletest.

use std::{hint::black_box, time::Instant};

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
    let (number, text) = (123_456, "order 17 of Ada".to_owned());
    let (items, same): (Vec<i64>, Vec<i64>) = ((0..100).collect(), (0..100).collect());
    let point = || Point { x: 1, y: -1 };
    let figures = [
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
            "struct.require",
            nanos(|| require!(black_box(point()), equal(black_box(point())))),
        ),
        (
            "struct.assert_eq",
            nanos(|| assert_eq!(black_box(point()), black_box(point()))),
        ),
    ];
    let shown: Vec<_> = figures
        .iter()
        .map(|(key, figure)| format!(r#""{key}": {figure}"#))
        .collect();
    println!("{{{}}}", shown.join(", "));
}

/// Returns the median time of one call over batches, because other work of the machine delays only some
/// of them.
fn nanos(mut run: impl FnMut()) -> f64 {
    let mut calls = 1_u32;
    // A batch takes some tens of microseconds, so that reading the clock does not count.
    while timed(calls, &mut run) < 50_000.0 {
        calls *= 2;
    }
    let mut times: Vec<_> = (0..BATCHES)
        .map(|_| timed(calls, &mut run) / f64::from(calls))
        .collect();
    times.sort_by(f64::total_cmp);
    times[BATCHES / 2]
}

fn timed(calls: u32, run: &mut impl FnMut()) -> f64 {
    let started = Instant::now();
    for _ in 0..calls {
        run();
    }
    started.elapsed().as_nanos() as f64
}
