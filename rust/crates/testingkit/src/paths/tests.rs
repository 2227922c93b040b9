use std::error::Error;

use super::*;
use crate::value::{Map, Record};

type Tested = Result<(), Box<dyn Error>>;

#[test]
fn written_paths_are_read_back() -> Tested {
    for text in [
        "$",
        "$.a._b9",
        r#"$["a-b"][0].c"#,
        "${7}{true}",
        r#"${{"}": "\"{"}}[12]"#,
        r#"$["\u{0}\"\\"]"#,
        r#"${b"\"}"}"#,
    ] {
        let path: Path = text.parse()?;
        assert_eq!(path.to_string(), text);
    }
    Ok(())
}

#[test]
fn other_spellings_are_written_in_one_way() -> Tested {
    let path: Path = r#"$["a"]["\u{E9}\n"]"#.parse()?;
    assert_eq!(path.to_string(), r#"$.a["é\n"]"#);
    Ok(())
}

#[test]
fn index_of_a_text_that_is_not_a_path() {
    for (text, index) in [
        ("", 0),
        ("a", 0),
        ("$.", 2),
        ("$.a-b", 3),
        ("$[01]", 3),
        ("$[1234567890123456]", 17),
        (r#"$["a""#, 5),
        (r#"$["a"#, 4),
        (r#"$["\x"]"#, 4),
        (r#"$["\u{}"]"#, 6),
        (r#"$["\u{d800}"]"#, 10),
        (r#"$["\u{00d800}"]"#, 11),
        (r#"$["\u{110000}"]"#, 11),
        (r#"$["\u{0000000}"]"#, 12),
        ("${}", 2),
        ("${{}", 4),
        (r#"${"a"#, 4),
        (r#"${"\"#, 4),
        ("$é", 1),
        ("$.é", 2),
        (r#"$["é"x"#, 5),
    ] {
        assert_eq!(text.parse::<Path>(), Err(BadPath { index }), "{text}");
    }
}

#[test]
fn unresolved_path_has_reason_and_place() -> Tested {
    let record = Record::new("P", [("x", Value::from(1))])?;
    let keys = Map::new([(Value::from(1), Value::from(2))])?;
    let value = Map::new([
        (
            Value::from("a"),
            Value::List(vec![Value::Record(record), Value::Null]),
        ),
        (Value::from("m"), Value::Map(keys)),
    ]);
    let value = Value::Map(value?);
    for (path, error) in [
        ("$.b", "no_key at $"),
        ("$.a[2]", "no_index at $.a"),
        ("$.a[0].y", "no_field at $.a[0]"),
        ("$.a[1].x", "wrong_kind at $.a[1]"),
        ("$.a.x", "wrong_kind at $.a"),
        ("$.m{2}", "no_key at $.m"),
        ("$.m{1.0}", "no_key at $.m"),
        ("$.a{0}", "wrong_kind at $.a"),
    ] {
        let path: Path = path.parse()?;
        let found = path.resolve(&value).map_err(|error| error.to_string());
        assert_eq!(found, Err(error.to_owned()));
    }
    let path = Path::new([Step::Name("m".to_owned()), Step::to_key(&Value::from(1))]);
    assert_eq!(path.resolve(&value), Ok(&Value::from(2)));
    Ok(())
}

#[test]
fn without_leaves_the_rest() -> Tested {
    let record = Record::new("P", [("x", Value::from(1)), ("y", Value::from(2))])?;
    let value = Value::List(vec![Value::Record(record), Value::from(3)]);
    for (path, rest) in [
        ("$[0].x", "[P{y: 2}, 3]"),
        ("$[0]", "[3]"),
        ("$[0].z", "[P{x: 1, y: 2}, 3]"),
        ("$", "[P{x: 1, y: 2}, 3]"),
    ] {
        assert_eq!(path.parse::<Path>()?.without(&value).to_string(), rest);
    }
    Ok(())
}
