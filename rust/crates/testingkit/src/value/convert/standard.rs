//! Conversion of further types of the standard library.

use std::cmp::{Ordering, Reverse};
use std::convert::Infallible;
use std::ffi::{CStr, CString, OsStr, OsString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{NonZero, Saturating, Wrapping};
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{ToValue, list};
use crate::value::limits::MAX_RANGE_ITEMS;
use crate::value::{ConversionError, Duration, EnumMember, ErrorCode, Time, Value};

impl ToValue for OsStr {
    fn to_value(&self) -> Result<Value, ConversionError> {
        text(self.to_str())
    }
}

impl ToValue for CStr {
    fn to_value(&self) -> Result<Value, ConversionError> {
        text(self.to_str().ok())
    }
}

macro_rules! convert_as {
    ($($native:ty, $method:ident;)*) => {
        $(impl ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                self.$method().to_value()
            }
        })*
    };
}
convert_as! {
    OsString, as_os_str;
    CString, as_c_str;
    Path, as_os_str;
    PathBuf, as_os_str;
    IpAddr, to_string;
    Ipv4Addr, to_string;
    Ipv6Addr, to_string;
    SocketAddr, to_string;
    SocketAddrV4, to_string;
    SocketAddrV6, to_string;
}

macro_rules! convert_nonzero {
    ($($native:ty)*) => {
        $(impl ToValue for NonZero<$native> {
            fn to_value(&self) -> Result<Value, ConversionError> {
                self.get().to_value()
            }
        })*
    };
}
convert_nonzero!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! convert_wrapped {
    ($($native:ident)*) => {
        $(impl<T: ToValue> ToValue for $native<T> {
            fn to_value(&self) -> Result<Value, ConversionError> {
                self.0.to_value()
            }
        })*
    };
}
convert_wrapped!(Wrapping Saturating Reverse);

macro_rules! convert_ranges {
    ($($native:ident)*) => {
        $(impl<T: ToValue> ToValue for $native<T>
        where
            Self: Iterator<Item = T> + Clone,
        {
            fn to_value(&self) -> Result<Value, ConversionError> {
                if self.clone().nth(MAX_RANGE_ITEMS).is_some() {
                    return Err(ConversionError::new(ErrorCode::TooLarge));
                }
                let items: Vec<_> = self.clone().collect();
                list(items.iter().map(|item| item as &dyn ToValue))
            }
        })*
    };
}
convert_ranges!(Range RangeInclusive);

impl ToValue for Ordering {
    fn to_value(&self) -> Result<Value, ConversionError> {
        let member = EnumMember::new("Ordering", format!("{self:?}"), *self as i32);
        Ok(Value::from(member))
    }
}

impl ToValue for Infallible {
    fn to_value(&self) -> Result<Value, ConversionError> {
        match *self {}
    }
}

impl ToValue for std::time::Duration {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Duration::try_from(*self).map(Value::from)
    }
}

impl ToValue for SystemTime {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Time::try_from(*self).map(Value::from)
    }
}

fn text(text: Option<&str>) -> Result<Value, ConversionError> {
    text.map(Value::from)
        .ok_or_else(|| ConversionError::new(ErrorCode::NotConvertible))
}
