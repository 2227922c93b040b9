//! Tests of the conversion of types that implement serde's `Serialize` (feature `serde`).
#![cfg(feature = "serde")]

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::Error as _};
use testingkit::prelude::*;
use testingkit::value::{Serialized, serialized};

fn canonical(native: &impl Serialize) -> String {
    match serialized(native) {
        Ok(value) => value.to_string(),
        Err(error) => format!("{} at {}", error.code, error.path),
    }
}

#[derive(Serialize)]
struct Order {
    id: u64,
    customer: Option<&'static str>,
    tags: Vec<String>,
    #[serde(skip)]
    _secret: i32,
    #[serde(rename = "unitPrices")]
    prices: BTreeMap<u8, f64>,
}

#[derive(Serialize)]
struct Cents(i64);
#[derive(Serialize)]
struct Pair(i64, char);
#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
enum Shape {
    Empty,
    Circle(f64),
    Line(i8, i8),
    Box { width: u8 },
}

struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("no"))
    }
}

struct Raw;

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(b"ab")
    }
}

#[test]
fn types_convert_as_documented() {
    let order = Order {
        id: 7,
        customer: None,
        tags: vec!["new".to_owned()],
        _secret: 1,
        prices: BTreeMap::from([(2, 0.5)]),
    };
    assert_eq!(
        canonical(&order),
        r#"Order{id: 7, customer: null, tags: ["new"], unitPrices: {2: 0.5}}"#
    );
    assert_eq!(
        canonical(&(Cents(5), Pair(1, 'x'), Unit)),
        r#"[5, [1, "x"], Unit{}]"#
    );
    let shapes = [
        Shape::Empty,
        Shape::Circle(0.5),
        Shape::Line(1, -1),
        Shape::Box { width: 2 },
    ];
    assert_eq!(
        canonical(&shapes),
        r#"[Shape.Empty, Circle{"0": 0.5}, Line{"0": 1, "1": -1}, Box{width: 2}]"#
    );
    assert_eq!(canonical(&Raw), r#"b"ab""#);
    assert_eq!(canonical(&u128::MAX), u128::MAX.to_string());
}

#[test]
fn what_does_not_convert_has_a_path() {
    assert_eq!(
        canonical(&BTreeMap::from([("a", vec![Some(Broken)])])),
        "not_convertible at $.a[0]"
    );
    let mut nested = Nesting(Vec::new());
    for _ in 0..130 {
        nested = Nesting(vec![nested]);
    }
    let path = format!("too_large at ${}", "[0]".repeat(128));
    assert_eq!(canonical(&nested), path);
}

#[derive(Serialize)]
struct Nesting(Vec<Nesting>);

#[test]
fn a_wrapped_value_is_actual_and_argument() {
    require!(Serialized(&Cents(5)), is_odd());
    require!(Serialized(Pair(1, 'x')), equal((1, "x")));
    require!((1, "x"), equal(Serialized(Pair(1, 'x'))));
}
