// Generated from `catalog/` by `make generate`. Do not edit.

//! Timed outcomes.

use crate::matching::{Definition, Matcher, takes};

/// Passes when the call is not pending, and `elapsed` <= `duration`.
///
/// `actual` is record.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Record::new("Timed", [("outcome", value::Value::from(value::Outcome::returned(value::Value::from(1)))), ("elapsed", value::Value::from(value::Duration::from_nanos(1000000000)?))])?), completes_within(std::time::Duration::from_secs(2)));
/// assert!(!completes_within(std::time::Duration::from_secs(2)).matches(&value::Value::from(value::Record::new("Timed", [("outcome", value::Value::from(value::Outcome::returned(value::Value::from(1)))), ("elapsed", value::Value::from(value::Duration::from_nanos(3000000000)?))])?)));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn completes_within<Duration: takes::Duration>(
    duration: Duration,
) -> Matcher<(Duration,)> {
    static DEFINITION: Definition = Definition::new("completes_within", &["duration"]);
    Matcher::new(&DEFINITION, (duration,))
}

/// Passes when the call is pending, and `elapsed` >= `duration`.
///
/// `actual` is record.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Record::new("Timed", [("outcome", value::Value::from(value::Outcome::Pending)), ("elapsed", value::Value::from(value::Duration::from_nanos(2000000000)?))])?), times_out_after(std::time::Duration::from_secs(2)));
/// assert!(!times_out_after(std::time::Duration::from_secs(2)).matches(&value::Value::from(value::Record::new("Timed", [("outcome", value::Value::from(value::Outcome::returned(value::Value::from(1)))), ("elapsed", value::Value::from(value::Duration::from_nanos(1000000000)?))])?)));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn times_out_after<Duration: takes::Duration>(
    duration: Duration,
) -> Matcher<(Duration,)> {
    static DEFINITION: Definition = Definition::new("times_out_after", &["duration"]);
    Matcher::new(&DEFINITION, (duration,))
}
