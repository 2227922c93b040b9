use super::*;
use crate::value::{ErrorCode, Int, ToValue, Value, map_of};

/// 4000 nines.
fn huge(sign: &str) -> Value {
    Int::parse(&format!("{sign}{}", "9".repeat(4000))).map_or(Value::Null, Value::Int)
}

fn value(native: &dyn ToValue) -> Value {
    native.to_value().unwrap_or(Value::Null)
}

fn ask(check: &str, actual: Value, arguments: &[(&str, Value)]) -> Verdict {
    evaluate(Assertion::new(check, arguments.iter().cloned()), actual)
}

fn equality(check: &str, actual: Value, expected: Value) -> String {
    ask(check, actual, &[("expected", expected)]).text()
}

fn error(check: &str, actual: Value, arguments: &[(&str, Value)]) -> Option<ErrorCode> {
    match ask(check, actual, arguments).status {
        Status::Error(code) => Some(code),
        _ => None,
    }
}

#[test]
fn the_catalog_is_sorted() {
    let names: Vec<_> = catalog().iter().map(|entry| entry.name()).collect();
    assert!(names.is_sorted());
    assert_eq!(names.len(), 28);
}

#[test]
fn the_first_rule_that_applies_gives_the_code() {
    use ErrorCode::{BadArgument, NotComparable, WrongKind};
    let (low, high) = (("low", Value::int(2)), ("high", Value::int(3)));
    let (null, text) = (|| Value::Null, || Value::text("2"));
    let extra = ("x", Value::Null);
    let cases = [
        (vec![low.clone()], null(), Some(BadArgument)),
        (vec![low.clone(), low.clone()], null(), Some(BadArgument)),
        (vec![low.clone(), extra.clone()], null(), Some(BadArgument)),
        (
            vec![low.clone(), high.clone(), extra],
            null(),
            Some(BadArgument),
        ),
        (
            vec![low.clone(), ("high", null())],
            null(),
            Some(BadArgument),
        ),
        (
            vec![low.clone(), ("high", Value::int(1))],
            null(),
            Some(BadArgument),
        ),
        (
            vec![low.clone(), ("high", text())],
            null(),
            Some(NotComparable),
        ),
        (vec![high.clone(), low.clone()], null(), Some(WrongKind)),
        (vec![high.clone(), low.clone()], text(), Some(NotComparable)),
        (
            vec![high.clone(), low.clone()],
            Value::Float(f64::NAN),
            Some(NotComparable),
        ),
        (vec![high, low], Value::Float(2.5), None),
    ];
    for (arguments, actual, code) in cases {
        for check in ["is_between", "is_not_between"] {
            let found = error(check, actual.clone(), &arguments);
            assert_eq!(found, code, "{check} {arguments:?} {actual:?}");
        }
    }
}

#[test]
fn closeness_is_exact_for_ints_and_binary64_else() {
    let close = |actual: Value, expected: Value, tolerance: Value| {
        let arguments = [("expected", expected), ("tolerance", tolerance)];
        ask("is_close_to", actual, &arguments)
            .text()
            .split_once("delta: ")
            .map(|(_, delta)| delta.to_owned())
    };
    let odd = || Value::int((1_i64 << 53) + 1);
    let even = || Value::int(1_i64 << 53);
    let infinite = || Value::Float(f64::INFINITY);
    let nan = || Value::Float(f64::NAN);
    assert_eq!(close(odd(), even(), Value::int(0)).as_deref(), Some("1"));
    assert_eq!(close(odd(), even(), Value::Float(-0.0)), None);
    assert_eq!(close(infinite(), infinite(), Value::int(0)), None);
    assert_eq!(close(huge(""), infinite(), Value::int(1)), None);
    assert_eq!(
        close(infinite(), Value::int(1), Value::int(5)).as_deref(),
        Some("inf")
    );
    assert_eq!(close(nan(), nan(), infinite()).as_deref(), Some("NaN"));
    let far = [("expected", huge("-")), ("tolerance", Value::int(0))];
    assert_eq!(
        error("is_close_to", huge(""), &far),
        Some(ErrorCode::TooLarge)
    );
}

#[test]
fn paths_lead_to_the_first_difference() {
    let list = |numbers: &[i32]| value(&numbers);
    let map = |key: Value, item: Value| map_of([(key, item)]).map_or(Value::Null, Value::Map);
    let float = |number: f64| Value::Float(number);
    let cases = [
        (
            "equal",
            list(&[1, 2]),
            list(&[1, 2, 3]),
            "  path: $[2]\n  right: 3\n",
        ),
        (
            "equal",
            list(&[1, 2]),
            list(&[1]),
            "  path: $[1]\n  left: 2\n",
        ),
        (
            "equal",
            map(Value::text("b c"), list(&[1])),
            map(Value::text("b c"), list(&[2])),
            "  path: $[\"b c\"][0]\n  left: 1\n  right: 2\n",
        ),
        (
            "equal",
            map(Value::int(1), list(&[])),
            map(Value::int(2), list(&[])),
            "${1}\n  left: []\n",
        ),
        (
            "equal",
            map(float(-0.0), list(&[])),
            map(float(0.0), list(&[1])),
            "${-0.0}[0]\n  right: 1\n",
        ),
        (
            "equivalent",
            map(Value::int(1), list(&[])),
            map(float(1.0), list(&[1])),
            "${1}[0]\n  right: 1",
        ),
        (
            "identical",
            Value::List(vec![float(0.0)]),
            Value::List(vec![float(-0.0)]),
            "left: 0.0\n  right: -0.0",
        ),
        (
            "equal",
            Value::text("e\u{301}"),
            Value::text("\u{e9}"),
            "  index: 0\n  left_code_point: U+0065\n  right_code_point: U+00E9",
        ),
        (
            "equal",
            Value::text("a\u{1f600}"),
            Value::text("a"),
            "  index: 1\n  left_code_point: U+1F600",
        ),
    ];
    for (check, actual, expected, part) in cases {
        let text = equality(check, actual, expected);
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn a_failure_of_equal_has_a_diff_where_there_are_lines() {
    let value = |tag: &str| {
        let tags = Value::List(vec![Value::text("x"), Value::text(tag)]);
        let entries = [
            (Value::text("id"), Value::int(1)),
            (Value::text("tags"), tags),
        ];
        map_of(entries).map_or(Value::Null, Value::Map)
    };
    let expected = r#"equal(expected: {"id": 1, "tags": ["x", "y"]}) failed
  actual: {"id": 1, "tags": ["x", "z"]}
  path: $.tags[1]
  left: "z"
  right: "y"
  index: 0
  left_code_point: U+007A
  right_code_point: U+0079
  diff:
    @@ -2,6 +2,6 @@
       "id": 1
       "tags": [
         "x"
    -    "y"
    +    "z"
       ]
     }"#;
    assert_eq!(equality("equal", value("z"), value("y")), expected);
    assert_eq!(
        equality("equal", Value::Float(1.0), Value::int(1)),
        "equal(expected: 1) failed\n  actual: 1.0"
    );
    assert_eq!(equality("equal", Value::int(1), Value::int(1)), "");
}

#[test]
fn an_error_shows_what_was_asked() {
    let arguments = [
        ("x", Value::int(0)),
        ("high", Value::int(1)),
        ("A b", Value::int(2)),
        ("low", Value::int(3)),
    ];
    let mut assertion = Assertion::new("is_between", arguments);
    assertion.note = "one\ntwo".to_owned();
    assert_eq!(
        evaluate(assertion, Value::Null).text(),
        "is_between(low: 3, high: 1, x: 0, \"A b\": 2) error: bad_argument\n  \
         actual: null\n  note: one\n    two"
    );
}

#[test]
fn long_texts_end_early() {
    let nines = "9".repeat(MAX_VALUE_POINTS);
    assert_eq!(
        equality("equal", huge(""), Value::int(1)),
        format!("equal(expected: 1) failed\n  actual: {nines}…+3000")
    );
    let head = "is_null() failed\n  actual: 1\n  note: ".len();
    let mut assertion = Assertion::new("is_null", []);
    assertion.note = "n".repeat(MAX_TEXT_POINTS - head);
    let text = evaluate(assertion.clone(), Value::int(1)).text();
    assert_eq!(text.len(), MAX_TEXT_POINTS);
    assertion.note.push('n');
    assert_eq!(
        evaluate(assertion, Value::int(1)).text(),
        "is_null() failed\n  actual: 1\n… 1 more lines"
    );
}
