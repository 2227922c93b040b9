// Generated from `catalog/` by `make generate`. Do not edit.

//! Messages.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when `actual` and `expected` are equal.
///
/// `actual` is message.
pub const fn proto_equal<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("proto_equal", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` is equal to the message that `text` describes in the text format.
///
/// `actual` is message.
pub const fn proto_matches_text<Text: takes::Text>(text: Text) -> Matcher<(Text,)> {
    static DEFINITION: Definition = Definition::new("proto_matches_text", &["text"]);
    Matcher::new(&DEFINITION, (text,))
}

/// Passes when `actual` and `expected` are not equal.
///
/// `actual` is message.
pub const fn proto_not_equal<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("proto_not_equal", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `actual` and `expected` are equal if a field that is set to its default counts as
/// unset.
///
/// `actual` is message.
pub const fn proto_equivalent<Expected: ToValue>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("proto_equivalent", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when every field that is set in `partial` has an equal value in `actual`.
///
/// `actual` is message.
pub const fn proto_contains<Partial: ToValue>(partial: Partial) -> Matcher<(Partial,)> {
    static DEFINITION: Definition = Definition::new("proto_contains", &["partial"]);
    Matcher::new(&DEFINITION, (partial,))
}

/// Passes when `actual` and `expected` are equal without the fields at `paths`.
///
/// `actual` is message.
pub const fn proto_equal_ignoring<Expected: ToValue, Paths: takes::List<Item: takes::Text>>(
    expected: Expected,
    paths: Paths,
) -> Matcher<(Expected, Paths)> {
    static DEFINITION: Definition = Definition::new("proto_equal_ignoring", &["expected", "paths"]);
    Matcher::new(&DEFINITION, (expected, paths))
}

/// Passes when the field at `path` is set.
///
/// `actual` is message.
pub const fn proto_has_field<Path: takes::Text>(path: Path) -> Matcher<(Path,)> {
    static DEFINITION: Definition = Definition::new("proto_has_field", &["path"]);
    Matcher::new(&DEFINITION, (path,))
}

/// Passes when the field at `path` is not set.
///
/// `actual` is message.
pub const fn proto_lacks_field<Path: takes::Text>(path: Path) -> Matcher<(Path,)> {
    static DEFINITION: Definition = Definition::new("proto_lacks_field", &["path"]);
    Matcher::new(&DEFINITION, (path,))
}

/// Passes when the field at `path` has a value that equals `value`.
///
/// `actual` is message.
pub const fn proto_field_equals<Path: takes::Text, Value: ToValue>(
    path: Path,
    value: Value,
) -> Matcher<(Path, Value)> {
    static DEFINITION: Definition = Definition::new("proto_field_equals", &["path", "value"]);
    Matcher::new(&DEFINITION, (path, value))
}

/// Passes when the full name of its type is `name`.
///
/// `actual` is message.
pub const fn proto_is_type<Name: takes::Text>(name: Name) -> Matcher<(Name,)> {
    static DEFINITION: Definition = Definition::new("proto_is_type", &["name"]);
    Matcher::new(&DEFINITION, (name,))
}

/// Passes when the field of `oneof` that is set is `field`, or none if `field` is empty.
///
/// `actual` is message.
pub const fn proto_oneof_is<Oneof: takes::Text, Field: takes::Text>(
    oneof: Oneof,
    field: Field,
) -> Matcher<(Oneof, Field)> {
    static DEFINITION: Definition = Definition::new("proto_oneof_is", &["oneof", "field"]);
    Matcher::new(&DEFINITION, (oneof, field))
}

/// Passes when neither it nor a message in it has unknown fields.
///
/// `actual` is message.
pub const fn proto_has_no_unknown_fields() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("proto_has_no_unknown_fields", &[]);
    Matcher::new(&DEFINITION, ())
}
