//! Conversion of native values (`docs/kit/value.md`, native values).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use super::depth::check_depth;
use super::{
    ConversionError, Duration, ErrorCode, Int, Outcome, Time, Value, error_value, limits, map_of,
    set_of,
};
use crate::value::ErrorType;

/// Conversion of a native value into a value of the kit.
pub trait ToValue {
    /// The value.
    ///
    /// # Errors
    /// The class and the place of what does not convert.
    fn to_value(&self) -> Result<Value, ConversionError>;
}

/// Octets: a byte slice that is meant as bytes. A `Vec<u8>` alone is a list of numbers, since Rust
/// cannot tell a specialised conversion from that of every other `Vec`.
#[derive(Debug, Clone, Copy)]
pub struct Octets<'a>(pub &'a [u8]);

/// Converts a native value and holds it to the limit of nesting.
///
/// # Errors
/// The class and the place of what does not convert.
pub fn to_value<T: ToValue + ?Sized>(native: &T) -> Result<Value, ConversionError> {
    let value = native.to_value()?;
    check_depth(&value)?;
    Ok(value)
}

impl ToValue for Value {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Ok(self.clone())
    }
}

macro_rules! convert_scalars {
    ($($native:ty => $build:expr;)*) => {
        $(impl ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                let build: fn(&$native) -> Value = $build;
                Ok(build(self))
            }
        })*
    };
}
convert_scalars! {
    () => |()| Value::Null;
    bool => |truth| Value::Bool(*truth);
    i8 => |number| Value::int(*number);
    i16 => |number| Value::int(*number);
    i32 => |number| Value::int(*number);
    i64 => |number| Value::int(*number);
    i128 => |number| Value::int(*number);
    isize => |number| Value::int(*number);
    u8 => |number| Value::int(*number);
    u16 => |number| Value::int(*number);
    u32 => |number| Value::int(*number);
    u64 => |number| Value::int(*number);
    u128 => |number| Value::int(*number);
    usize => |number| Value::int(*number);
    f32 => |number| Value::Float(f64::from(*number));
    f64 => |number| Value::Float(*number);
    Int => |number| Value::Int(number.clone());
    char => |char| Value::text(*char);
    str => |text| Value::text(text);
    String => |text| Value::text(text);
    Octets<'_> => |octets| Value::Bytes(octets.0.to_vec());
}

macro_rules! convert_inner {
    ($([$($generics:tt)*] $native:ty;)*) => {
        $(impl<$($generics)*> ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                (**self).to_value()
            }
        })*
    };
}
convert_inner! {
    [T: ToValue + ?Sized] &T;
    [T: ToValue + ?Sized] &mut T;
    [T: ToValue + ?Sized] Box<T>;
    [T: ToValue + ?Sized] Rc<T>;
    [T: ToValue + ?Sized] Arc<T>;
    [T: ToValue + ToOwned + ?Sized] Cow<'_, T>;
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.as_ref().map_or(Ok(Value::Null), ToValue::to_value)
    }
}

impl<T: ToValue, E: ErrorType> ToValue for Result<T, E> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Ok(Value::Outcome(match self {
            Ok(value) => {
                let value = value
                    .to_value()
                    .map_err(|error| error.within(".returned"))?;
                Outcome::Returned(Box::new(value))
            }
            Err(error) => Outcome::Failed(error_value(error)),
        }))
    }
}

macro_rules! convert_sequences {
    ($([$($generics:tt)*] $native:ty;)*) => {
        $(impl<$($generics)*> ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                list(self.iter().map(|item| item as &dyn ToValue))
            }
        })*
    };
}
convert_sequences! {
    [T: ToValue] [T];
    [T: ToValue, const N: usize] [T; N];
    [T: ToValue] Vec<T>;
    [T: ToValue] VecDeque<T>;
    [T: ToValue] LinkedList<T>;
}

macro_rules! convert_tuples {
    ($(($($name:ident $place:tt),+);)*) => {
        $(impl<$($name: ToValue),+> ToValue for ($($name,)+) {
            fn to_value(&self) -> Result<Value, ConversionError> {
                list([$(&self.$place as &dyn ToValue),+].into_iter())
            }
        })*
    };
}
convert_tuples! {
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
}

impl<T: ToValue, S> ToValue for HashSet<T, S> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        set(self.iter())
    }
}

impl<T: ToValue> ToValue for BTreeSet<T> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        set(self.iter())
    }
}

impl<K: ToValue, V: ToValue, S> ToValue for HashMap<K, V, S> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        map(self.iter())
    }
}

impl<K: ToValue, V: ToValue> ToValue for BTreeMap<K, V> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        map(self.iter())
    }
}

impl ToValue for OsStr {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.to_str()
            .map(Value::text)
            .ok_or(ConversionError::new(ErrorCode::NotConvertible))
    }
}

impl ToValue for OsString {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.as_os_str().to_value()
    }
}

impl ToValue for Path {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.as_os_str().to_value()
    }
}

impl ToValue for PathBuf {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.as_os_str().to_value()
    }
}

impl ToValue for std::time::Duration {
    fn to_value(&self) -> Result<Value, ConversionError> {
        let too_large = |_| ConversionError::new(ErrorCode::TooLarge);
        let nanos = i64::try_from(self.as_nanos()).map_err(too_large)?;
        Duration::from_nanos(nanos).map(Value::Duration)
    }
}

impl ToValue for SystemTime {
    fn to_value(&self) -> Result<Value, ConversionError> {
        let nanos = match self.duration_since(Self::UNIX_EPOCH) {
            Ok(since) => i128::try_from(since.as_nanos()),
            Err(before) => i128::try_from(before.duration().as_nanos()).map(|nanos| -nanos),
        };
        let too_large = || ConversionError::new(ErrorCode::TooLarge);
        let nanos = nanos.map_err(|_| too_large())?;
        let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).map_err(|_| too_large())?;
        if !(limits::MIN_TIME_SECONDS..=limits::MAX_TIME_SECONDS).contains(&seconds) {
            return Err(too_large());
        }
        let nanos = u32::try_from(nanos.rem_euclid(1_000_000_000)).map_err(|_| too_large())?;
        Ok(Value::Time(Time {
            seconds,
            nanos,
            utc_offset_seconds: 0,
        }))
    }
}

fn list<'a>(items: impl Iterator<Item = &'a dyn ToValue>) -> Result<Value, ConversionError> {
    let convert = |(place, item): (usize, &dyn ToValue)| {
        item.to_value()
            .map_err(|error| error.within(&format!("[{place}]")))
    };
    items
        .enumerate()
        .map(convert)
        .collect::<Result<_, _>>()
        .map(Value::List)
}

fn set<'a, T: ToValue + 'a>(items: impl Iterator<Item = &'a T>) -> Result<Value, ConversionError> {
    let items: Vec<_> = items
        .map(|item| item.to_value().map_err(ConversionError::of_container))
        .collect::<Result<_, _>>()?;
    set_of(items).map(Value::Set).map_err(native)
}

fn map<'a, K: ToValue + 'a, V: ToValue + 'a>(
    entries: impl Iterator<Item = (&'a K, &'a V)>,
) -> Result<Value, ConversionError> {
    let convert = |(key, item): (&K, &V)| {
        let key = key.to_value().map_err(ConversionError::of_container)?;
        let item = item.to_value().map_err(|error| error.within_key(&key))?;
        Ok((key, item))
    };
    let entries: Vec<_> = entries.map(convert).collect::<Result<_, _>>()?;
    map_of(entries).map(Value::Map).map_err(native)
}

/// What is no set or map of values was no wrong argument here, but a native value.
fn native(_: ConversionError) -> ConversionError {
    ConversionError::new(ErrorCode::NotConvertible)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::canonical;

    fn shown<T: ToValue + ?Sized>(native: &T) -> String {
        to_value(native).map_or_else(|error| error.to_string(), |value| canonical(&value))
    }

    #[test]
    fn options_flatten_and_results_are_outcomes() {
        assert_eq!(shown(&Some(Some(5))), "5");
        assert_eq!(shown(&None::<Option<u8>>), "null");
        #[derive(Debug)]
        struct Gone;
        impl std::fmt::Display for Gone {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("it left")
            }
        }
        impl std::error::Error for Gone {}
        impl ErrorType for Gone {
            fn testingkit_error_type(&self) -> &'static str {
                "gone"
            }
        }
        assert_eq!(shown(&Ok::<_, Gone>(vec![1.5_f32])), "returned([1.5])");
        assert_eq!(
            shown(&Err::<(), _>(Gone)),
            "failed(error(gone, \"it left\"))"
        );
    }

    #[test]
    fn octets_are_wrapped_and_other_vectors_are_lists() {
        assert_eq!(shown(&Octets(b"ab")), "b\"ab\"");
        assert_eq!(shown(&vec![97_u8]), "[97]");
        assert_eq!(shown(&("a", 'b', 3_u128)), "[\"a\", \"b\", 3]");
    }

    #[test]
    fn errors_have_the_path_of_their_place() {
        let late = std::time::Duration::from_secs(u64::MAX);
        let map = BTreeMap::from([("a b", vec![Some(late)])]);
        assert_eq!(shown(&map), "too_large at $[\"a b\"][0]");
        assert_eq!(shown(&BTreeSet::from([late])), "too_large at $");
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |levels: usize| {
            (1..levels).fold(Value::List(Vec::new()), |inner, _| Value::List(vec![inner]))
        };
        assert!(to_value(&nested(128)).is_ok());
        let place = format!("too_large at ${}", "[0]".repeat(128));
        assert_eq!(shown(&nested(129)), place);
    }
}
