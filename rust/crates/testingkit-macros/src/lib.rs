//! The macros of the Rust kit of TestingKit. The feature `macros` of `testingkit` exports them.

mod derive;
mod test;

use proc_macro::TokenStream;
use syn::parse_macro_input;

/// Makes a function a test that collects the failures of `expect!` and panics at its end with all of
/// them.
///
/// ```
/// use testingkit::prelude::*;
///
/// #[testingkit::test]
/// fn words_are_short() {
///     expect!("to", has_length(2));
///     expect!("be", has_length(2));
/// }
/// ```
///
/// An `async` function needs the attribute of its runtime below this one, such as `#[tokio::test]`.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let function = parse_macro_input!(item as syn::ItemFn);
    test::expand(&arguments.into(), function)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Implements `ToValue`: a struct becomes a record, a member of an enumeration an enum.
///
/// | type | value |
/// |---|---|
/// | struct with named fields | record with all fields, private ones too |
/// | struct with one field without a name | the value of the field |
/// | struct with more fields without names | list |
/// | struct without fields | record without fields |
/// | variant without fields | enum; its number is the discriminant, or its position if other variants have fields |
/// | variant with fields | record named as the variant; fields without a name are `"0"`, `"1"` |
///
/// `#[testingkit(rename = "name")]` on a type, variant or field gives it another name, and
/// `#[testingkit(skip)]` leaves a field out.
///
/// ```
/// use testingkit::prelude::*;
///
/// #[derive(ToValue)]
/// struct Order {
///     id: u64,
///     state: State,
///     #[testingkit(skip)]
///     _cache: Option<fn()>,
/// }
///
/// #[derive(ToValue)]
/// enum State {
///     Open,
///     Shipped { parcel: String },
/// }
///
/// let order = Order { id: 7, state: State::Open, _cache: None };
/// let value = testingkit::value::to_value(&order)?;
/// assert_eq!(value.to_string(), "Order{id: 7, state: State.Open}");
/// let shipped = State::Shipped { parcel: "p-1".to_owned() };
/// require!(shipped, is_record_named("Shipped"));
/// # Ok::<(), testingkit::value::ConversionError>(())
/// ```
#[proc_macro_derive(ToValue, attributes(testingkit))]
pub fn derive_to_value(item: TokenStream) -> TokenStream {
    let input = parse_macro_input!(item as syn::DeriveInput);
    derive::expand(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
