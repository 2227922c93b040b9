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
