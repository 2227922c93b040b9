//! Instants and spans of time.

use std::time::SystemTime;

use super::{ConversionError, ErrorCode, limits};

const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// An instant with nanoseconds. The offset from UTC is for display and for
/// [`Value::is_identical_to`](super::Value::is_identical_to).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    seconds: i64,
    nanos: u32,
    utc_offset_seconds: i32,
}

impl Time {
    /// Returns the instant so many seconds and nanoseconds after 1970-01-01T00:00:00Z, with an
    /// offset from UTC in seconds.
    ///
    /// # Errors
    /// `bad_argument` if the nanoseconds are a second or more, or if a number is over its limit
    /// ([`limits`]).
    pub fn new(seconds: i64, nanos: u32, utc_offset_seconds: i32) -> Result<Self, ConversionError> {
        let instants = limits::MIN_TIME_SECONDS..=limits::MAX_TIME_SECONDS;
        let offsets = -limits::MAX_OFFSET_SECONDS..=limits::MAX_OFFSET_SECONDS;
        if nanos < NANOS_PER_SECOND
            && instants.contains(&seconds)
            && offsets.contains(&utc_offset_seconds)
        {
            Ok(Self {
                seconds,
                nanos,
                utc_offset_seconds,
            })
        } else {
            Err(ConversionError::new(ErrorCode::BadArgument))
        }
    }

    /// Returns the whole seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds within the second.
    #[must_use]
    pub const fn nanos(self) -> u32 {
        self.nanos
    }

    /// Returns the offset from UTC in seconds; 0 for no offset.
    #[must_use]
    pub const fn utc_offset_seconds(self) -> i32 {
        self.utc_offset_seconds
    }

    /// Returns the seconds and nanoseconds, which order instants.
    pub(crate) const fn instant(self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }
}

impl TryFrom<SystemTime> for Time {
    type Error = ConversionError;

    /// Returns the instant in UTC, or `too_large` if it is over the limits.
    fn try_from(time: SystemTime) -> Result<Self, ConversionError> {
        let too_large = || ConversionError::new(ErrorCode::TooLarge);
        let nanos = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i128::try_from(since.as_nanos()),
            Err(before) => i128::try_from(before.duration().as_nanos()).map(|nanos| -nanos),
        };
        let nanos = nanos.map_err(|_| too_large())?;
        let per_second = i128::from(NANOS_PER_SECOND);
        let seconds = i64::try_from(nanos.div_euclid(per_second)).map_err(|_| too_large())?;
        let nanos = u32::try_from(nanos.rem_euclid(per_second)).map_err(|_| too_large())?;
        Self::new(seconds, nanos, 0).map_err(|_| too_large())
    }
}

/// A span of time in nanoseconds, between plus and minus `i64::MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    nanos: i64,
}

impl Duration {
    /// Returns the span of so many nanoseconds.
    ///
    /// # Errors
    /// `too_large` for `i64::MIN`, whose opposite is not an `i64`.
    pub fn from_nanos(nanos: i64) -> Result<Self, ConversionError> {
        if nanos == i64::MIN {
            return Err(ConversionError::new(ErrorCode::TooLarge));
        }
        Ok(Self { nanos })
    }

    /// Returns the span in nanoseconds.
    #[must_use]
    pub const fn as_nanos(self) -> i64 {
        self.nanos
    }
}

impl TryFrom<std::time::Duration> for Duration {
    type Error = ConversionError;

    /// Returns the span, or `too_large` if it is over the limit.
    fn try_from(duration: std::time::Duration) -> Result<Self, ConversionError> {
        let nanos = i64::try_from(duration.as_nanos());
        Self::from_nanos(nanos.map_err(|_| ConversionError::new(ErrorCode::TooLarge))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_over_a_limit_are_rejected() {
        let (least, most) = (limits::MIN_TIME_SECONDS, limits::MAX_TIME_SECONDS);
        let offset = limits::MAX_OFFSET_SECONDS;
        assert!(Time::new(least, 0, -offset).is_ok());
        assert!(Time::new(most, NANOS_PER_SECOND - 1, offset).is_ok());
        for (seconds, nanos, offset) in [
            (least - 1, 0, 0),
            (most + 1, 0, 0),
            (0, NANOS_PER_SECOND, 0),
            (0, 0, offset + 1),
            (0, 0, -offset - 1),
        ] {
            let error = Time::new(seconds, nanos, offset).map_err(|error| error.code);
            assert_eq!(error, Err(ErrorCode::BadArgument));
        }
    }

    #[test]
    fn native_times_before_1970_have_positive_nanoseconds() {
        let before = SystemTime::UNIX_EPOCH - std::time::Duration::from_nanos(1);
        let time = Time::try_from(before).map(Time::instant);
        assert_eq!(time, Ok((-1, 999_999_999)));
        let late = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(253_402_300_800);
        let code = Time::try_from(late).map_err(|error| error.code);
        assert_eq!(code, Err(ErrorCode::TooLarge));
    }
}
