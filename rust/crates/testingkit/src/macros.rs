//! The macros that compare a value with a matcher.

/// Panics unless a value passes an assertion: `require!(actual, matcher)`.
///
/// The message is the text of the failure. A format and its arguments after the matcher are a note:
///
/// ```
/// use testingkit::prelude::*;
///
/// let total = 9;
/// require!(total, is_between(1, 10));
/// for attempt in 1..3 {
///     require!(total, equal(9), "attempt {attempt}");
/// }
/// ```
///
/// ```should_panic
/// use testingkit::prelude::*;
///
/// require!([1, 2], has_length(3));
/// ```
#[macro_export]
macro_rules! require {
    ($actual:expr, $matcher:expr $(,)?) => {
        $crate::matching::require(&$actual, &$matcher, ::core::option::Option::None)
    };
    ($actual:expr, $matcher:expr, $($note:tt)+) => {
        $crate::matching::require(
            &$actual,
            &$matcher,
            ::core::option::Option::Some(::core::format_args!($($note)+)),
        )
    };
}

/// Returns whether a value passes an assertion as a `Result`, for `?`: `check!(actual, matcher)?`.
///
/// ```
/// use testingkit::matching::AssertionFailure;
/// use testingkit::prelude::*;
///
/// fn is_valid(port: i64) -> Result<(), AssertionFailure> {
///     check!(port, is_between(1, 65_535), "the port")?;
///     check!(port, is_not_one_of([80, 443]))
/// }
///
/// require!(is_valid(8080).is_ok(), is_true());
/// require!(
///     is_valid(80).unwrap_err().to_string(),
///     equal("is_not_one_of(options: [80, 443]) failed\n  actual: 80\n  found: 80")
/// );
/// ```
#[macro_export]
macro_rules! check {
    ($actual:expr, $matcher:expr $(,)?) => {
        $crate::matching::check(&$actual, &$matcher, ::core::option::Option::None)
    };
    ($actual:expr, $matcher:expr, $($note:tt)+) => {
        $crate::matching::check(
            &$actual,
            &$matcher,
            ::core::option::Option::Some(::core::format_args!($($note)+)),
        )
    };
}

/// Collects a failure into the scope of the test, which goes on: `expect!(actual, matcher)`.
///
/// The scope is that of [`expect::scope`](crate::expect::scope) or of a `#[testingkit::test]`, and panics
/// at its end with all failures. Without a scope, `expect!` panics at once like [`require!`].
///
/// ```
/// use testingkit::expect;
/// use testingkit::prelude::*;
///
/// expect::scope(|| {
///     for word in ["to", "be"] {
///         expect!(word, has_length(2), "the word {word}");
///         expect!(word, is_ascii_lowercase());
///     }
/// });
/// ```
#[macro_export]
macro_rules! expect {
    ($actual:expr, $matcher:expr $(,)?) => {
        $crate::expect::expect(&$actual, &$matcher, ::core::option::Option::None)
    };
    ($actual:expr, $matcher:expr, $($note:tt)+) => {
        $crate::expect::expect(
            &$actual,
            &$matcher,
            ::core::option::Option::Some(::core::format_args!($($note)+)),
        )
    };
}

/// Returns the shape of a native value with matchers in it, for
/// [`matches_shape`](crate::matchers::matches_shape).
///
/// A part is a list `[…]`, a map `{key: …}`, a record `Name {field: …}`, or an expression: a native
/// value, a matcher or another shape. A key is a literal, or an expression in parentheses. A `..` at
/// the end of a map allows other keys too. The name of a record can be `_`, for any.
///
/// ```
/// use testingkit::prelude::*;
///
/// let user = shape!(User { id: is_positive(), tags: [is_ascii(), "x"], at: anything() });
/// let text = "all_satisfy(check: matches_shape(shape: \
///     User{id: is_positive(), tags: [is_ascii(), \"x\"], at: any}))";
/// assert_eq!(all_satisfy(matches_shape(user)).to_string(), text);
///
/// let ids = std::collections::BTreeMap::from([("Ada", 7), ("Bob", 8)]);
/// require!(ids, matches_shape(shape!({"Ada": is_odd(), ..})));
/// ```
#[macro_export]
macro_rules! shape {
    // The parts of a container, one after the other: its kind, those that are done, and the others.
    (@parts list [$(() $part:expr;)*]) => {
        $crate::matching::list(::std::vec![$($part),*])
    };
    (@parts list [$($done:tt)*] $($rest:tt)+) => {
        $crate::shape!(@part list [$($done)*] () $($rest)+)
    };
    (@parts map [$(($key:expr) $part:expr;)*]) => {
        $crate::matching::map(::std::vec![$($crate::matching::entry(&$key, $part)),*], false)
    };
    (@parts map [$(($key:expr) $part:expr;)*] ..) => {
        $crate::matching::map(::std::vec![$($crate::matching::entry(&$key, $part)),*], true)
    };
    (@parts map [$($done:tt)*] $key:literal : $($rest:tt)+) => {
        $crate::shape!(@part map [$($done)*] ($key) $($rest)+)
    };
    (@parts map [$($done:tt)*] ($key:expr) : $($rest:tt)+) => {
        $crate::shape!(@part map [$($done)*] ($key) $($rest)+)
    };
    (@parts ($name:expr) [$(($field:ident) $part:expr;)*]) => {
        $crate::matching::record($name, ::std::vec![$((::core::stringify!($field), $part)),*])
    };
    (@parts ($name:expr) [$($done:tt)*] $field:ident : $($rest:tt)+) => {
        $crate::shape!(@part ($name) [$($done)*] ($field) $($rest)+)
    };
    // The next part, which has this key.
    (@part $kind:tt [$($done:tt)*] $key:tt [$($part:tt)*] $(, $($rest:tt)*)?) => {
        $crate::shape!(@parts $kind [$($done)* $key $crate::shape!([$($part)*]);] $($($rest)*)?)
    };
    (@part $kind:tt [$($done:tt)*] $key:tt {$($part:tt)*} $(, $($rest:tt)*)?) => {
        $crate::shape!(@parts $kind [$($done)* $key $crate::shape!({$($part)*});] $($($rest)*)?)
    };
    (@part $kind:tt [$($done:tt)*] $key:tt _ {$($part:tt)*} $(, $($rest:tt)*)?) => {
        $crate::shape!(@parts $kind [$($done)* $key $crate::shape!(_ {$($part)*});] $($($rest)*)?)
    };
    (@part $kind:tt [$($done:tt)*] $key:tt $name:ident {$($part:tt)*} $(, $($rest:tt)*)?) => {
        $crate::shape!(@parts $kind [$($done)* $key $crate::shape!($name {$($part)*});] $($($rest)*)?)
    };
    (@part $kind:tt [$($done:tt)*] $key:tt $part:expr $(, $($rest:tt)*)?) => {
        $crate::shape!(@parts $kind [$($done)* $key $crate::shape!($part);] $($($rest)*)?)
    };
    ([$($items:tt)*]) => { $crate::shape!(@parts list [] $($items)*) };
    ({$($entries:tt)*}) => { $crate::shape!(@parts map [] $($entries)*) };
    (_ {$($fields:tt)*}) => { $crate::shape!(@parts ("") [] $($fields)*) };
    ($name:ident {$($fields:tt)*}) => {
        $crate::shape!(@parts (::core::stringify!($name)) [] $($fields)*)
    };
    ($value:expr) => { $crate::matching::ToShape::to_shape(&$value) };
}
