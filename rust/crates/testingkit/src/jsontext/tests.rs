use super::*;

fn message(text: impl AsRef<[u8]>) -> String {
    read_json(text).map_or_else(|error| error.to_string(), |value| value.to_string())
}

#[test]
fn values() -> Result<(), JsonError> {
    for (text, value) in [
        (" [ ] ", "[]"),
        ("-0", "0"),
        ("-0.0", "-0.0"),
        ("1e0", "1.0"),
        ("9007199254740993", "9007199254740993"),
        ("1e-400", "0.0"),
        (r#""\ud83d\ude00\/""#, "\"😀/\""),
        (r#"{"b":1,"a":{}}"#, r#"{"a": {}, "b": 1}"#),
        ("\t[true,\r\nfalse , null]", "[true, false, null]"),
        (r#""\u001F""#, r#""\u{1f}""#),
    ] {
        assert_eq!(read_json(text)?.to_string(), value);
    }
    Ok(())
}

#[test]
fn errors() {
    let long = format!("1.{}", "0".repeat(4000));
    let deep = "[".repeat(100_000);
    let deep_key = format!("{}{{\"a\"", "[".repeat(127));
    let deep_letter = format!("{}x", "[".repeat(128));
    for (text, error) in [
        ("", "unexpected_end at offset 0"),
        ("-", "unexpected_end at offset 1"),
        ("-x", "unexpected_character at offset 1"),
        ("01", "trailing_text at offset 1"),
        ("[1,]", "unexpected_character at offset 3"),
        ("1e400", "number_out_of_range at offset 0"),
        ("\"\0\"", "control_character at offset 1"),
        (r#""\u12"#, "unexpected_end at offset 5"),
        (r#""\ud800\u12"#, "lone_surrogate at offset 1"),
        ("\u{feff}1", "byte_order_mark at offset 0"),
        (r#"{"a":1,"\u0061":x}"#, "duplicate_key at offset 7"),
        ("[\"é\",é]", "unexpected_character at offset 6"),
        (&long, "number_out_of_range at offset 0"),
        (&deep, "too_deep at offset 128"),
        (&deep_key, "too_deep at offset 128"),
        (&deep_letter, "unexpected_character at offset 128"),
    ] {
        assert_eq!(message(text), error);
    }
    assert_eq!(message(b"\"\xff"), "not_utf8 at offset 1");
}

#[test]
fn deepest_text() {
    let text = format!("{}{{}}{}", "[".repeat(127), "]".repeat(127));
    assert!(read_json(text).is_ok());
}
