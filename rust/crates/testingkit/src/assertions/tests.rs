use super::catalog::{find, joined};
use super::entry::{Rule, Signature};
use super::signatures::SIGNATURES;
use super::*;
use crate::value::{ErrorCode, Map, ToValue, Value};

/// Returns an integer of 4000 nines.
fn huge(sign: &str) -> Value {
    let digits = format!("{sign}{}", "9".repeat(4000));
    digits.parse().map_or(Value::Null, Value::Int)
}

fn value(native: &dyn ToValue) -> Value {
    native.to_value().unwrap_or(Value::Null)
}

fn evaluate(assertion: &str, actual: Value, arguments: &[(&str, Value)]) -> Verdict {
    let assertion = Assertion {
        name: assertion.to_owned(),
        arguments: owned(arguments),
        note: String::new(),
    };
    assertion.evaluate(actual)
}

fn owned(arguments: &[(&str, Value)]) -> Vec<(String, Argument)> {
    arguments
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
        .collect()
}

fn equality(assertion: &str, actual: Value, expected: Value) -> String {
    evaluate(assertion, actual, &[("expected", expected)]).to_string()
}

fn error(assertion: &str, actual: Value, arguments: &[(&str, Value)]) -> Option<ErrorCode> {
    match evaluate(assertion, actual, arguments).status {
        Status::Error(code) => Some(code),
        _ => None,
    }
}

#[test]
fn the_catalog_has_every_signature_sorted_by_name() {
    let names: Vec<_> = catalog().iter().map(|entry| entry.name()).collect();
    assert!(names.is_sorted());
    assert_eq!(names, SIGNATURES.map(|signature| signature.name));
    for name in names {
        assert_eq!(find(name).map(Entry::name), Some(name));
    }
    assert!(find("unknown").is_none());
}

/// Returns signatures with these names.
fn signatures<const N: usize>(names: [&'static str; N]) -> [Signature; N] {
    names.map(|name| Signature {
        name,
        ..SIGNATURES[0]
    })
}

const RULE: Rule = Rule::plain(|_, _| Ok(true));

#[test]
fn signatures_and_rules_are_joined_by_name() {
    let entries = joined(&signatures(["a", "ab"]), &[&[("ab", RULE)], &[("a", RULE)]]);
    assert_eq!(entries.map(|entry| entry.name()), ["a", "ab"]);
}

#[test]
#[should_panic(expected = "signature_only")]
fn a_signature_without_a_rule_is_not_joined() {
    joined(&signatures(["a", "signature_only"]), &[&[("a", RULE)]]);
}

#[test]
#[should_panic(expected = "rule_only")]
fn a_rule_without_a_signature_is_not_joined() {
    joined(&signatures(["a"]), &[&[("a", RULE), ("rule_only", RULE)]]);
}

#[test]
#[should_panic(expected = "twice")]
fn an_assertion_with_two_rules_is_not_joined() {
    joined(
        &signatures(["twice"]),
        &[&[("twice", RULE)], &[("twice", RULE)]],
    );
}

#[test]
fn the_first_broken_rule_gives_the_error_code() {
    use ErrorCode::{BadArgument, NotComparable, WrongKind};
    let (low, high) = (("low", Value::from(2)), ("high", Value::from(3)));
    let (null, text) = (|| Value::Null, || Value::from("2"));
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
            vec![low.clone(), ("high", Value::from(1))],
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
        for assertion in ["is_between", "is_not_between"] {
            let found = error(assertion, actual.clone(), &arguments);
            assert_eq!(found, code, "{assertion} {arguments:?} {actual:?}");
        }
    }
}

#[test]
fn closeness_is_exact_for_ints_and_in_floats_otherwise() {
    let close = |actual: Value, expected: Value, tolerance: Value| {
        let arguments = [("expected", expected), ("tolerance", tolerance)];
        evaluate("is_close_to", actual, &arguments)
            .to_string()
            .split_once("delta: ")
            .map(|(_, delta)| delta.to_owned())
    };
    let odd = || Value::from((1_i64 << 53) + 1);
    let even = || Value::from(1_i64 << 53);
    let infinite = || Value::Float(f64::INFINITY);
    let nan = || Value::Float(f64::NAN);
    assert_eq!(close(odd(), even(), Value::from(0)).as_deref(), Some("1"));
    assert_eq!(close(odd(), even(), Value::Float(-0.0)), None);
    assert_eq!(close(infinite(), infinite(), Value::from(0)), None);
    assert_eq!(close(huge(""), infinite(), Value::from(1)), None);
    assert_eq!(
        close(infinite(), Value::from(1), Value::from(5)).as_deref(),
        Some("inf")
    );
    assert_eq!(close(nan(), nan(), infinite()).as_deref(), Some("NaN"));
    let far = [("expected", huge("-")), ("tolerance", Value::from(0))];
    assert_eq!(
        error("is_close_to", huge(""), &far),
        Some(ErrorCode::TooLarge)
    );
    let list = |number: Value| Value::List(vec![number]);
    let far = [("expected", list(huge("-"))), ("tolerance", Value::from(0))];
    assert_eq!(
        error("all_close_to", list(huge("")), &far),
        Some(ErrorCode::TooLarge)
    );
}

#[test]
fn an_entry_that_no_map_can_have_is_lacking() {
    let deep = || (1..128).fold(Value::List(vec![]), |inner, _| Value::List(vec![inner]));
    let actual = || Map::new([(1.into(), 2.into())]).map_or(Value::Null, Value::Map);
    let with = |assertion: &str, key: Value, item: Value| {
        evaluate(assertion, actual(), &[("key", key), ("value", item)]).status
    };
    for (key, item) in [
        (deep(), Value::from(2)),
        (Value::from(1), deep()),
        (Value::from(f64::NAN), Value::from(2)),
    ] {
        assert_eq!(with("lacks_entry", key, item), Status::Pass);
    }
    let failed = |details| Status::Fail {
        details,
        diff: String::new(),
    };
    let found = vec![("value", Value::from(2))];
    assert_eq!(with("has_entry", 1.into(), deep()), failed(found));
    assert_eq!(with("has_entry", deep(), 2.into()), failed(vec![]));
}

#[test]
fn paths_lead_to_the_first_difference() {
    let list = |numbers: &[i32]| value(&numbers);
    let map = |key: Value, item: Value| Map::new([(key, item)]).map_or(Value::Null, Value::Map);
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
            map(Value::from("b c"), list(&[1])),
            map(Value::from("b c"), list(&[2])),
            "  path: $[\"b c\"][0]\n  left: 1\n  right: 2\n",
        ),
        (
            "equal",
            map(Value::from(1), list(&[])),
            map(Value::from(2), list(&[])),
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
            map(Value::from(1), list(&[])),
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
            Value::from("e\u{301}"),
            Value::from("\u{e9}"),
            "  index: 0\n  left_code_point: U+0065\n  right_code_point: U+00E9",
        ),
        (
            "equal",
            Value::from("a\u{1f600}"),
            Value::from("a"),
            "  index: 1\n  left_code_point: U+1F600",
        ),
    ];
    for (assertion, actual, expected, part) in cases {
        let text = equality(assertion, actual, expected);
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn equal_shows_a_diff_of_values_with_more_than_one_line() {
    let value = |tag: &str| {
        let tags = Value::List(vec![Value::from("x"), Value::from(tag)]);
        let entries = [
            (Value::from("id"), Value::from(1)),
            (Value::from("tags"), tags),
        ];
        Map::new(entries).map_or(Value::Null, Value::Map)
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
        equality("equal", Value::Float(1.0), Value::from(1)),
        "equal(expected: 1) failed\n  actual: 1.0"
    );
    assert_eq!(equality("equal", Value::from(1), Value::from(1)), "");
}

#[test]
fn an_error_shows_the_arguments_in_catalog_order() {
    let arguments = [
        ("x", Value::from(0)),
        ("high", Value::from(1)),
        ("A b", Value::from(2)),
        ("low", Value::from(3)),
    ];
    let assertion = Assertion {
        arguments: owned(&arguments),
        ..Assertion::new("is_between").with_note("one\ntwo")
    };
    assert_eq!(
        assertion.evaluate(Value::Null).to_string(),
        "is_between(low: 3, high: 1, x: 0, \"A b\": 2) error: bad_argument\n  \
         actual: null\n  note: one\n    two"
    );
}

#[test]
fn long_values_and_texts_are_cut_off() {
    let nines = "9".repeat(MAX_VALUE_POINTS);
    assert_eq!(
        equality("equal", huge(""), Value::from(1)),
        format!("equal(expected: 1) failed\n  actual: {nines}…+3000")
    );
    let head = "is_null() failed\n  actual: 1\n  note: ".len();
    let note = "n".repeat(MAX_TEXT_POINTS - head);
    let with_note = |note: &str| Assertion::new("is_null").with_note(note).evaluate(1);
    let text = with_note(&note).to_string();
    assert_eq!(text.len(), MAX_TEXT_POINTS);
    assert_eq!(
        with_note(&(note + "n")).to_string(),
        "is_null() failed\n  actual: 1\n… 1 more lines"
    );
}

/// Returns an assertion with that many levels of assertions.
fn nested(levels: usize, innermost: Assertion) -> Assertion {
    (1..levels).fold(innermost, |inner, _| {
        Assertion::new("satisfies_all").with_argument("checks", vec![inner])
    })
}

#[test]
fn levels_of_assertions_are_limited() {
    let status = |levels, innermost: &str| {
        let assertion = nested(levels, Assertion::new(innermost));
        assertion.evaluate(1).status
    };
    let too_large = Status::Error(ErrorCode::TooLarge);
    assert_eq!(status(MAX_LEVELS, "is_positive"), Status::Pass);
    assert_eq!(status(MAX_LEVELS + 1, "is_positive"), too_large);
    assert_eq!(status(MAX_LEVELS + 1, "is_splendid"), too_large);
    assert_eq!(status(100_000, "is_positive"), too_large);
}

#[test]
fn an_assertion_on_a_level_too_deep_is_not_shown() {
    let innermost = Assertion::new("is_positive");
    let short = Assertion::new("not_contains").with_argument("item", innermost);
    let short = (0..63).fold(short, |inner, _| {
        Assertion::new("a").with_argument("b", inner)
    });
    let text = short.evaluate(1).to_string();
    assert!(text.contains("a(b: not_contains(item: …)))"), "{text}");
}

/// Returns a shape with that many levels of shapes.
fn nested_shape(levels: usize, innermost: Shape) -> Shape {
    (1..levels).fold(innermost, |inner, _| Shape::List(vec![inner]))
}

#[test]
fn levels_of_shapes_are_limited() {
    let value = (1..63).fold(Value::from(1), |inner, _| Value::List(vec![inner]));
    let status = |levels, innermost| {
        let shape = nested_shape(levels, innermost);
        let assertion = Assertion::new("matches_shape").with_argument("shape", shape);
        assertion.evaluate(value.clone()).status
    };
    let check = || Shape::Check(Assertion::new("is_positive"));
    let too_large = Status::Error(ErrorCode::TooLarge);
    assert_eq!(status(MAX_LEVELS - 1, check()), Status::Pass);
    assert_eq!(status(MAX_LEVELS, check()), too_large);
    assert_eq!(status(MAX_LEVELS, Shape::Any), too_large);
    assert_eq!(status(MAX_LEVELS, Shape::Value(Value::from(1))), too_large);
    assert_eq!(status(100_000, check()), too_large);
}

#[test]
fn a_key_of_a_shape_that_is_nested_too_deep_is_too_large() {
    let key = (0..200).fold(Value::from(1), |inner, _| Value::List(vec![inner]));
    let shape = MapShape::new([(key, Shape::Any), (Value::from(1), Shape::Any)]).open();
    let assertion = Assertion::new("matches_shape").with_argument("shape", Shape::Map(shape));
    let verdict = assertion.evaluate(1);
    assert_eq!(verdict.status, Status::Error(ErrorCode::TooLarge));
    let text = verdict.to_string();
    assert!(
        text.ends_with(", 1: any, ...}) error: too_large\n  actual: 1"),
        "{text}"
    );
}

#[test]
fn a_shape_on_a_level_too_deep_is_not_shown() {
    let shape = nested_shape(MAX_LEVELS, Shape::Any);
    let assertion = Assertion::new("matches_shape").with_argument("shape", shape);
    let text = assertion.evaluate(1).to_string();
    assert!(text.contains("[[…]]"), "{text}");
}
