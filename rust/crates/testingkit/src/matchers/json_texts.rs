// Generated from `catalog/` by `make generate`. Do not edit.

//! JSON texts.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when the text is JSON.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("[1, 2]", is_json());
/// assert!(!is_json().matches(&"[1, 2"));
/// ```
pub const fn is_json() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_json", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when the two values are equivalent.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("{\"a\": 1.0}", json_equals("{\"a\": 1}"));
/// assert!(!json_equals("{\"a\": 1}").matches(&"{\"a\": 2}"));
/// ```
pub const fn json_equals<Expected: takes::Text>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("json_equals", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when the value of `actual` contains that of `expected`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("{\"a\": 1, \"b\": 2}", json_contains("{\"a\": 1}"));
/// assert!(!json_contains("{\"a\": 1}").matches(&"{\"b\": 2}"));
/// ```
pub const fn json_contains<Expected: takes::Text>(expected: Expected) -> Matcher<(Expected,)> {
    static DEFINITION: Definition = Definition::new("json_contains", &["expected"]);
    Matcher::new(&DEFINITION, (expected,))
}

/// Passes when `path` resolves to a value that is equivalent to `value`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("{\"a\": 1}", json_path_equals("$.a", 1));
/// assert!(!json_path_equals("$.a", 1).matches(&"{\"a\": 2}"));
/// ```
pub const fn json_path_equals<Path: takes::Text, Value: ToValue>(
    path: Path,
    value: Value,
) -> Matcher<(Path, Value)> {
    static DEFINITION: Definition = Definition::new("json_path_equals", &["path", "value"]);
    Matcher::new(&DEFINITION, (path, value))
}

/// Passes when the kind of the JSON value is `kind`.
///
/// `actual` is text.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!("[]", json_kind("array"));
/// assert!(!json_kind("array").matches(&"{}"));
/// ```
pub const fn json_kind<Kind: takes::Text>(kind: Kind) -> Matcher<(Kind,)> {
    static DEFINITION: Definition = Definition::new("json_kind", &["kind"]);
    Matcher::new(&DEFINITION, (kind,))
}
