//! Tests of the macros of the feature `macros`.
#![cfg(feature = "macros")]

use std::cell::RefCell;
use std::panic::catch_unwind;

use testingkit::prelude::*;
use testingkit::value::to_value;

fn canonical(native: &impl ToValue) -> String {
    match to_value(native) {
        Ok(value) => value.to_string(),
        Err(error) => format!("{} at {}", error.code, error.path),
    }
}

#[testingkit::test]
fn a_test_passes() {
    expect!(1, equal(1));
}

#[testingkit::test]
#[should_panic(expected = "2 expectations failed\n\n1) ")]
fn a_test_fails_at_its_end_with_all_failures() {
    expect!(1, equal(2));
    expect!(1, equal(3));
}

#[testingkit::test]
fn a_test_can_return_a_result() -> Result<(), testingkit::matching::AssertionFailure> {
    expect!(1, equal(1));
    check!(1, equal(1))?;
    Ok(())
}

#[test]
fn failures_count_when_a_test_returns_early() {
    let ended = catch_unwind(|| {
        testingkit::expect::test(|| {
            expect!(1, equal(2));
            Err::<(), _>("no server")
        })
    });
    assert!(ended.is_err(), "it panics");
}

#[testingkit::test]
#[expect(
    unused_variables,
    reason = "the attribute of lints has the name of the macro"
)]
fn the_lint_attribute_keeps_its_name() {
    let unused = 1;
    expect!(2, is_even());
}

#[derive(ToValue)]
struct Order<'a, T> {
    id: u64,
    r#type: &'a str,
    #[testingkit(rename = "extra")]
    more: T,
    #[testingkit(skip)]
    _secret: fn(),
}

#[test]
fn a_struct_becomes_a_record() {
    let order = Order {
        id: 7,
        r#type: "gift",
        more: Some(0.5),
        _secret: || {},
    };
    assert_eq!(
        canonical(&order),
        r#"Order{id: 7, type: "gift", extra: 0.5}"#
    );
}

#[derive(ToValue)]
struct Cents(i64);
#[derive(ToValue)]
struct Pair(i64, &'static str);
#[derive(ToValue)]
#[testingkit(rename = "Nothing")]
struct Unit;

#[test]
fn structs_without_names_of_fields() {
    assert_eq!(canonical(&Cents(5)), "5");
    assert_eq!(canonical(&Pair(5, "a")), r#"[5, "a"]"#);
    assert_eq!(canonical(&Unit), "Nothing{}");
}

#[derive(ToValue, Clone, Copy)]
enum Color {
    Red,
    #[testingkit(rename = "NAVY")]
    Blue = 7,
    Green,
}

#[derive(ToValue)]
enum Shape {
    Empty,
    Circle(f64),
    Box { width: u8, height: u8 },
}

#[derive(ToValue)]
#[repr(i64)]
enum Huge {
    Number = 1 << 40,
}

#[test]
fn variants_become_enums_and_records() {
    let colors = [Color::Red, Color::Blue, Color::Green];
    assert_eq!(canonical(&colors), "[Color.Red, Color.NAVY, Color.Green]");
    require!(
        Color::Green,
        equal(testingkit::value::EnumMember::new("Color", "", 8))
    );
    let shapes = [
        Shape::Empty,
        Shape::Circle(0.5),
        Shape::Box {
            width: 1,
            height: 2,
        },
    ];
    assert_eq!(
        canonical(&shapes),
        r#"[Shape.Empty, Circle{"0": 0.5}, Box{width: 1, height: 2}]"#
    );
    assert_eq!(canonical(&Huge::Number), "too_large at $");
}

#[derive(ToValue)]
struct Tree {
    left: Option<Box<Tree>>,
    leaf: RefCell<i32>,
}

#[test]
fn a_field_that_does_not_convert_has_a_path() {
    let leaf = || RefCell::new(1);
    let inner = Tree {
        left: None,
        leaf: leaf(),
    };
    let tree = Tree {
        left: Some(Box::new(inner)),
        leaf: leaf(),
    };
    let borrowed = tree.left.as_ref().map(|inner| inner.leaf.borrow_mut());
    assert_eq!(canonical(&tree), "not_convertible at $.left.leaf");
    drop(borrowed);
    let mut deep = tree;
    for _ in 0..130 {
        deep = Tree {
            left: Some(Box::new(deep)),
            leaf: leaf(),
        };
    }
    let path = format!("too_large at ${}", ".left".repeat(128));
    assert_eq!(canonical(&deep), path);
}

#[test]
fn a_scope_in_a_test_names_the_line_of_the_expectation() {
    let line = line!() + 2;
    let ended = catch_unwind(|| {
        testingkit::expect::scope(|| expect!(Cents(5), is_even()));
    });
    let text = ended
        .err()
        .and_then(|payload| payload.downcast::<String>().ok());
    let text = text.map(|text| *text).unwrap_or_default();
    require!(text, contains_text(format!("tests/macros.rs:{line}\n")));
}
