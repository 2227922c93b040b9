//! The errors of the standard library, which have the logical type `error`, and convert.

use std::{array, error, sync, thread};
use std::{cell, char, collections, convert, env, ffi, fmt, io, net, num, path, str, string, time};

use super::ErrorType;
use crate::value::{ConversionError, ErrorValue, ToValue, Value};

macro_rules! error_types {
    ($([$($generics:tt)*] $native:ty;)*) => {
        $(impl<$($generics)*> ErrorType for $native
        where
            Self: error::Error,
        {
        })*
    };
}
error_types! {
    [] ConversionError;
    [] array::TryFromSliceError;
    [] cell::BorrowError;
    [] cell::BorrowMutError;
    [] char::CharTryFromError;
    [] char::DecodeUtf16Error;
    [] char::ParseCharError;
    [] char::TryFromCharError;
    [] collections::TryReserveError;
    [] convert::Infallible;
    [] env::JoinPathsError;
    [] env::VarError;
    [] ffi::FromBytesUntilNulError;
    [] ffi::FromBytesWithNulError;
    [] ffi::FromVecWithNulError;
    [] ffi::IntoStringError;
    [] ffi::NulError;
    [] fmt::Error;
    [] io::Error;
    [] net::AddrParseError;
    [] num::ParseFloatError;
    [] num::ParseIntError;
    [] num::TryFromIntError;
    [] path::StripPrefixError;
    [] str::ParseBoolError;
    [] str::Utf8Error;
    [] string::FromUtf16Error;
    [] string::FromUtf8Error;
    [] sync::mpsc::RecvError;
    [] sync::mpsc::RecvTimeoutError;
    [] sync::mpsc::TryRecvError;
    [] thread::AccessError;
    [] time::SystemTimeError;
    [] time::TryFromFloatSecsError;
    [T] io::IntoInnerError<T>;
    [T] sync::PoisonError<T>;
    [T] sync::TryLockError<T>;
    [T] sync::mpsc::SendError<T>;
    [T] sync::mpsc::TrySendError<T>;
}

macro_rules! convert_errors {
    ($([$($generics:tt)*] $native:ty;)*) => {
        $(impl<$($generics)*> ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                Ok(Value::Error(ErrorValue::from(self)))
            }
        })*
    };
}
convert_errors! {
    [] dyn error::Error;
    [] dyn error::Error + Send;
    [] dyn error::Error + Send + Sync;
    [] io::Error;
    [] num::ParseFloatError;
    [] num::ParseIntError;
    [] num::TryFromIntError;
    [] str::ParseBoolError;
    [] str::Utf8Error;
    [] string::FromUtf8Error;
    [] net::AddrParseError;
    [] env::VarError;
    [] fmt::Error;
    [] time::SystemTimeError;
    [E: error::Error] super::AnyError<E>;
}

macro_rules! delegate_to_content {
    ($([$($generics:tt)*] $pointer:ty;)*) => {
        $(impl<$($generics)*> ErrorType for $pointer {
            fn testingkit_error_type(&self) -> &str {
                (**self).testingkit_error_type()
            }

            fn testingkit_error_code(&self) -> i32 {
                (**self).testingkit_error_code()
            }

            fn testingkit_cause(&self) -> Option<&dyn ErrorType> {
                (**self).testingkit_cause()
            }
        })*
    };
}
delegate_to_content! {
    [E: ErrorType] Box<E>;
    [E: ErrorType + ?Sized] &E;
    [E: ErrorType + ?Sized] sync::Arc<E>;
}
