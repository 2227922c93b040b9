// Generated from `catalog/` by `make generate`. Do not edit.

//! Outcomes and errors.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when returned.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::returned(value::Value::from(1))), succeeds());
/// assert!(!succeeds().matches(&value::Value::from(value::Outcome::Panicked("stack is empty".to_owned()))));
/// ```
pub const fn succeeds() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("succeeds", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when returned a value that is equal to `value`.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::returned(value::Value::from(1))), returns_value(1));
/// assert!(!returns_value(1).matches(&value::Value::from(value::Outcome::returned(value::Value::from(2)))));
/// ```
pub const fn returns_value<Value: ToValue>(value: Value) -> Matcher<(Value,)> {
    static DEFINITION: Definition = Definition::new("returns_value", &["value"]);
    Matcher::new(&DEFINITION, (value,))
}

/// Passes when failed.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io", "disk is full"))), fails());
/// assert!(!fails().matches(&value::Value::from(value::Outcome::returned(value::Value::from(1)))));
/// ```
pub const fn fails() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("fails", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when failed with an error of `type` or of a subtype.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io.not_found", "no file"))), fails_with_type("io"));
/// assert!(!fails_with_type("io").matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("parse", "no number")))));
/// ```
pub const fn fails_with_type<Type: takes::Text>(type_: Type) -> Matcher<(Type,)> {
    static DEFINITION: Definition = Definition::new("fails_with_type", &["type"]);
    Matcher::new(&DEFINITION, (type_,))
}

/// Passes when failed with an error of exactly `type`.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io", "disk is full"))), fails_with_exact_type("io"));
/// assert!(!fails_with_exact_type("io").matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io.not_found", "no file")))));
/// ```
pub const fn fails_with_exact_type<Type: takes::Text>(type_: Type) -> Matcher<(Type,)> {
    static DEFINITION: Definition = Definition::new("fails_with_exact_type", &["type"]);
    Matcher::new(&DEFINITION, (type_,))
}

/// Passes when failed with an error of this code.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("http", "not found").with_code(404))), fails_with_code(404));
/// assert!(!fails_with_code(404).matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("http", "gone").with_code(410)))));
/// ```
pub const fn fails_with_code<Code: takes::Integer>(code: Code) -> Matcher<(Code,)> {
    static DEFINITION: Definition = Definition::new("fails_with_code", &["code"]);
    Matcher::new(&DEFINITION, (code,))
}

/// Passes when failed with an error whose own message is `text`.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io", "no file"))), fails_with_message("no file"));
/// assert!(!fails_with_message("no file").matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io", "no disk")))));
/// ```
pub const fn fails_with_message<Text: takes::Text>(text: Text) -> Matcher<(Text,)> {
    static DEFINITION: Definition = Definition::new("fails_with_message", &["text"]);
    Matcher::new(&DEFINITION, (text,))
}

/// Passes when `text` occurs in the error's own message.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io", "no file"))), fails_with_message_containing("file"));
/// assert!(!fails_with_message_containing("file").matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io", "no disk")))));
/// ```
pub const fn fails_with_message_containing<Text: takes::Text>(text: Text) -> Matcher<(Text,)> {
    static DEFINITION: Definition = Definition::new("fails_with_message_containing", &["text"]);
    Matcher::new(&DEFINITION, (text,))
}

/// Passes when some cause of the error is of `type` or of a subtype.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("load", "no settings").with_causes([value::ErrorValue::new("io", "no file")]))), has_cause_of_type("io"));
/// assert!(!has_cause_of_type("io").matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("load", "no settings")))));
/// ```
pub const fn has_cause_of_type<Type: takes::Text>(type_: Type) -> Matcher<(Type,)> {
    static DEFINITION: Definition = Definition::new("has_cause_of_type", &["type"]);
    Matcher::new(&DEFINITION, (type_,))
}

/// Passes when the own message of some root cause is `text`.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("load", "no settings").with_causes([value::ErrorValue::new("io", "no file")]))), has_root_cause_message("no file"));
/// assert!(!has_root_cause_message("no file").matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("load", "no settings")))));
/// ```
pub const fn has_root_cause_message<Text: takes::Text>(text: Text) -> Matcher<(Text,)> {
    static DEFINITION: Definition = Definition::new("has_root_cause_message", &["text"]);
    Matcher::new(&DEFINITION, (text,))
}

/// Passes when some error of the chain is of `type` or of a subtype.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("load", "no settings").with_causes([value::ErrorValue::new("io", "no file")]))), has_error_in_chain("io"));
/// assert!(!has_error_in_chain("io").matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("load", "no settings")))));
/// ```
pub const fn has_error_in_chain<Type: takes::Text>(type_: Type) -> Matcher<(Type,)> {
    static DEFINITION: Definition = Definition::new("has_error_in_chain", &["type"]);
    Matcher::new(&DEFINITION, (type_,))
}

/// Passes when failed with an error without causes.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Failed(value::ErrorValue::new("io", "no file"))), has_no_cause());
/// assert!(!has_no_cause().matches(&value::Value::from(value::Outcome::Failed(value::ErrorValue::new("load", "no settings").with_causes([value::ErrorValue::new("io", "no file")])))));
/// ```
pub const fn has_no_cause() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("has_no_cause", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when panicked.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Panicked("stack is empty".to_owned())), panics());
/// assert!(!panics().matches(&value::Value::from(value::Outcome::returned(value::Value::from(1)))));
/// ```
pub const fn panics() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("panics", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when panicked with this text.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Panicked("stack is empty".to_owned())), panics_with_message("stack is empty"));
/// assert!(!panics_with_message("stack is empty").matches(&value::Value::from(value::Outcome::Panicked("stack is full".to_owned()))));
/// ```
pub const fn panics_with_message<Text: takes::Text>(text: Text) -> Matcher<(Text,)> {
    static DEFINITION: Definition = Definition::new("panics_with_message", &["text"]);
    Matcher::new(&DEFINITION, (text,))
}

/// Passes when returned or failed.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::returned(value::Value::from(1))), does_not_panic());
/// assert!(!does_not_panic().matches(&value::Value::from(value::Outcome::Panicked("stack is empty".to_owned()))));
/// ```
pub const fn does_not_panic() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("does_not_panic", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when cancelled.
///
/// `actual` is outcome or error.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Outcome::Cancelled), is_cancelled());
/// assert!(!is_cancelled().matches(&value::Value::from(value::Outcome::returned(value::Value::from(1)))));
/// ```
pub const fn is_cancelled() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_cancelled", &[]);
    Matcher::new(&DEFINITION, ())
}
