//! Times and durations as text (`docs/kit/render.md`, times).

use crate::value::{Duration, Time};

const NANOS_PER_SECOND: u64 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
const DAYS_PER_ERA: i64 = 146_097;
const DAYS_TO_EPOCH: i64 = 719_468;

/// Returns the local date and time at the offset, the fraction, and the offset.
pub(super) fn time_text(time: Time) -> String {
    let offset = time.utc_offset_seconds();
    let local = time.seconds() + i64::from(offset);
    let (year, month, day) = civil(local.div_euclid(SECONDS_PER_DAY));
    let clock = clock(local.rem_euclid(SECONDS_PER_DAY));
    let (fraction, offset) = (fraction(time.nanos()), offset_text(offset));
    format!("{year:04}-{month:02}-{day:02}T{clock}{fraction}{offset}")
}

/// Returns the seconds with as many decimals as are needed.
pub(super) fn duration_text(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    let sign = if nanos < 0 { "-" } else { "" };
    let (seconds, rest) = (
        nanos.unsigned_abs() / NANOS_PER_SECOND,
        nanos.unsigned_abs() % NANOS_PER_SECOND,
    );
    if rest == 0 {
        return format!("{sign}{seconds}s");
    }
    let digits = format!("{rest:09}");
    format!("{sign}{seconds}.{}s", digits.trim_end_matches('0'))
}

fn clock(second: i64) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// Returns the fewest groups of three decimals that are exact.
fn fraction(nanos: u32) -> String {
    if nanos == 0 {
        return String::new();
    }
    let digits = format!("{nanos:09}");
    let mut shown = digits.as_str();
    while let Some(rest) = shown.strip_suffix("000") {
        shown = rest;
    }
    format!(".{shown}")
}

fn offset_text(offset: i32) -> String {
    if offset == 0 {
        return "Z".to_owned();
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let clock = clock(i64::from(offset.abs()));
    let shown = if offset % 60 == 0 {
        &clock[..5]
    } else {
        &clock
    };
    format!("{sign}{shown}")
}

/// Returns the year, month and day of a number of days since 1970-01-01.
///
/// Years are counted from March, so that the leap day is the last day of its year. An era is 400
/// years.
const fn civil(days: i64) -> (i64, i64, i64) {
    let from_era_start = days + DAYS_TO_EPOCH;
    let era = from_era_start.div_euclid(DAYS_PER_ERA);
    let day_of_era = from_era_start.rem_euclid(DAYS_PER_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}
