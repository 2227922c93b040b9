// Generated from `catalog/` by `make generate`. Do not edit.

//! Kinds.

use crate::matching::{Definition, Matcher, takes};
use crate::value::ToValue;

/// Passes when the kind of `actual` is `kind`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1, is_kind("int"));
/// assert!(!is_kind("int").matches(&1.0));
/// ```
pub const fn is_kind<Kind: takes::Text>(kind: Kind) -> Matcher<(Kind,)> {
    static DEFINITION: Definition = Definition::new("is_kind", &["kind"]);
    Matcher::new(&DEFINITION, (kind,))
}

/// Passes when the kind of `actual` is not `kind`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1.0, is_not_kind("int"));
/// assert!(!is_not_kind("int").matches(&1));
/// ```
pub const fn is_not_kind<Kind: takes::Text>(kind: Kind) -> Matcher<(Kind,)> {
    static DEFINITION: Definition = Definition::new("is_not_kind", &["kind"]);
    Matcher::new(&DEFINITION, (kind,))
}

/// Passes when the kind of `actual` is that of `other`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(2, is_same_kind_as(1));
/// assert!(!is_same_kind_as(1).matches(&2.0));
/// ```
pub const fn is_same_kind_as<Other: ToValue>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_same_kind_as", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when `actual` is an int or a float.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(1.5, is_number());
/// assert!(!is_number().matches(&"1.5"));
/// ```
pub const fn is_number() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_number", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is a list, set or map.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!([1], is_collection());
/// assert!(!is_collection().matches(&"ab"));
/// ```
pub const fn is_collection() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_collection", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when `actual` is a record with exactly the name `name`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Record::new("Point", [("x", value::Value::from(1))])?), is_record_named("Point"));
/// assert!(!is_record_named("Point").matches(&value::Value::from(value::Record::new("Line", [("x", value::Value::from(1))])?)));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn is_record_named<Name: takes::Text>(name: Name) -> Matcher<(Name,)> {
    static DEFINITION: Definition = Definition::new("is_record_named", &["name"]);
    Matcher::new(&DEFINITION, (name,))
}

/// Passes when `actual` is an enum of the type `type` whose member has the name `name`.
///
/// `actual` is any.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::EnumMember::new("Color", "RED", 1)), is_enum_value("Color", "RED"));
/// assert!(!is_enum_value("Color", "RED").matches(&value::Value::from(value::EnumMember::new("Color", "BLUE", 2))));
/// ```
pub const fn is_enum_value<Type: takes::Text, Name: takes::Text>(
    type_: Type,
    name: Name,
) -> Matcher<(Type, Name)> {
    static DEFINITION: Definition = Definition::new("is_enum_value", &["type", "name"]);
    Matcher::new(&DEFINITION, (type_, name))
}
