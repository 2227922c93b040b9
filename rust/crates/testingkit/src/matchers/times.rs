// Generated from `catalog/` by `make generate`. Do not edit.

//! Times.

use crate::matching::{Definition, Matcher, takes};

/// Passes when `actual` < `other`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767225600), is_before(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_before(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767398400))));
/// ```
pub const fn is_before<Other: takes::Time>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_before", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when `actual` > `other`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767398400), is_after(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_after(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767225600))));
/// ```
pub const fn is_after<Other: takes::Time>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_after", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when `actual` <= `other`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000), is_at_or_before(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_at_or_before(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767398400))));
/// ```
pub const fn is_at_or_before<Other: takes::Time>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_at_or_before", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when `actual` >= `other`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000), is_at_or_after(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_at_or_after(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767225600))));
/// ```
pub const fn is_at_or_after<Other: takes::Time>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_at_or_after", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when `actual` and `other` are the same instant.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Time::new(1767312000, 0, 7200)?), is_same_instant(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_same_instant(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767319200))));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn is_same_instant<Other: takes::Time>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_same_instant", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when the distance of `actual` and `expected` is at most `tolerance`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312001), is_close_to_time(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000), std::time::Duration::from_secs(1)));
/// assert!(!is_close_to_time(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000), std::time::Duration::from_secs(1)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312002))));
/// ```
pub const fn is_close_to_time<Expected: takes::Time, Tolerance: takes::Duration>(
    expected: Expected,
    tolerance: Tolerance,
) -> Matcher<(Expected, Tolerance)> {
    static DEFINITION: Definition = Definition::new("is_close_to_time", &["expected", "tolerance"]);
    Matcher::new(&DEFINITION, (expected, tolerance))
}

/// Passes when `actual` < `now`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767225600), is_in_past(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_in_past(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767398400))));
/// ```
pub const fn is_in_past<Now: takes::Time>(now: Now) -> Matcher<(Now,)> {
    static DEFINITION: Definition = Definition::new("is_in_past", &["now"]);
    Matcher::new(&DEFINITION, (now,))
}

/// Passes when `actual` > `now`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767398400), is_in_future(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_in_future(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767225600))));
/// ```
pub const fn is_in_future<Now: takes::Time>(now: Now) -> Matcher<(Now,)> {
    static DEFINITION: Definition = Definition::new("is_in_future", &["now"]);
    Matcher::new(&DEFINITION, (now,))
}

/// Passes when the offset of `actual` is `seconds`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(value::Value::from(value::Time::new(1767312000, 0, 7200)?), has_utc_offset(7200));
/// assert!(!has_utc_offset(7200).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000))));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn has_utc_offset<Seconds: takes::Integer>(seconds: Seconds) -> Matcher<(Seconds,)> {
    static DEFINITION: Definition = Definition::new("has_utc_offset", &["seconds"]);
    Matcher::new(&DEFINITION, (seconds,))
}

/// Passes when the offset of `actual` is 0.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
/// use testingkit::value;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000), is_utc());
/// assert!(!is_utc().matches(&value::Value::from(value::Time::new(1767312000, 0, 7200)?)));
/// # Ok::<(), value::ConversionError>(())
/// ```
pub const fn is_utc() -> Matcher<()> {
    static DEFINITION: Definition = Definition::new("is_utc", &[]);
    Matcher::new(&DEFINITION, ())
}

/// Passes when the local date of `actual` is this one.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767323045), has_date(2026, 1, 2));
/// assert!(!has_date(2026, 1, 2).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767409445))));
/// ```
pub const fn has_date<Year: takes::Integer, Month: takes::Integer, Day: takes::Integer>(
    year: Year,
    month: Month,
    day: Day,
) -> Matcher<(Year, Month, Day)> {
    static DEFINITION: Definition = Definition::new("has_date", &["year", "month", "day"]);
    Matcher::new(&DEFINITION, (year, month, day))
}

/// Passes when the local time of day of `actual` is this one; nanoseconds do not count.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767323045), has_time_of_day(3, 4, 5));
/// assert!(!has_time_of_day(3, 4, 5).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767323046))));
/// ```
pub const fn has_time_of_day<
    Hour: takes::Integer,
    Minute: takes::Integer,
    Second: takes::Integer,
>(
    hour: Hour,
    minute: Minute,
    second: Second,
) -> Matcher<(Hour, Minute, Second)> {
    static DEFINITION: Definition =
        Definition::new("has_time_of_day", &["hour", "minute", "second"]);
    Matcher::new(&DEFINITION, (hour, minute, second))
}

/// Passes when `actual` and `other` have the same date in UTC.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767394800), is_same_day_as(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)));
/// assert!(!is_same_day_as(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000)).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767398400))));
/// ```
pub const fn is_same_day_as<Other: takes::Time>(other: Other) -> Matcher<(Other,)> {
    static DEFINITION: Definition = Definition::new("is_same_day_as", &["other"]);
    Matcher::new(&DEFINITION, (other,))
}

/// Passes when the local time of day of `actual` is a multiple of `unit`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767322800), is_truncated_to("hour"));
/// assert!(!is_truncated_to("hour").matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767323040))));
/// ```
pub const fn is_truncated_to<Unit: takes::Text>(unit: Unit) -> Matcher<(Unit,)> {
    static DEFINITION: Definition = Definition::new("is_truncated_to", &["unit"]);
    Matcher::new(&DEFINITION, (unit,))
}

/// Passes when the local day of the week of `actual` is `iso_day`: 1 for Monday to 7 for Sunday.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767312000), has_weekday(5));
/// assert!(!has_weekday(5).matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767398400))));
/// ```
pub const fn has_weekday<IsoDay: takes::Integer>(iso_day: IsoDay) -> Matcher<(IsoDay,)> {
    static DEFINITION: Definition = Definition::new("has_weekday", &["iso_day"]);
    Matcher::new(&DEFINITION, (iso_day,))
}

/// Passes when the text of `actual` is `text`.
///
/// `actual` is time.
///
/// ```
/// use testingkit::prelude::*;
///
/// require!(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767323045), formats_as_rfc3339("2026-01-02T03:04:05Z"));
/// assert!(!formats_as_rfc3339("2026-01-02T03:04:05Z").matches(&(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1767323046))));
/// ```
pub const fn formats_as_rfc3339<Text: takes::Text>(text: Text) -> Matcher<(Text,)> {
    static DEFINITION: Definition = Definition::new("formats_as_rfc3339", &["text"]);
    Matcher::new(&DEFINITION, (text,))
}
