//! Conversion of types that share or change their content.

use std::cell::{Cell, OnceCell, RefCell};
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};
use std::sync::{Mutex, OnceLock, RwLock};

use super::ToValue;
use super::place::in_cell;
use crate::value::{ConversionError, ErrorCode, Value};

impl<T: ToValue + Copy> ToValue for Cell<T> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.get().to_value()
    }
}

macro_rules! convert_borrowed {
    ($($native:ident $borrow:ident;)*) => {
        $(
            /// Does not wait: what cannot be read at once, or is poisoned, does not convert.
            impl<T: ToValue + ?Sized> ToValue for $native<T> {
                fn to_value(&self) -> Result<Value, ConversionError> {
                    in_cell(self, || match self.$borrow() {
                        Ok(content) => (*content).to_value(),
                        Err(_) => Err(ConversionError::new(ErrorCode::NotConvertible)),
                    })
                }
            }
        )*
    };
}
convert_borrowed! {
    RefCell try_borrow;
    Mutex try_lock;
    RwLock try_read;
}

macro_rules! convert_once {
    ($($native:ident)*) => {
        $(impl<T: ToValue> ToValue for $native<T> {
            fn to_value(&self) -> Result<Value, ConversionError> {
                in_cell(self, || self.get().to_value())
            }
        })*
    };
}
convert_once!(OnceCell OnceLock);

macro_rules! convert_atomics {
    ($($native:ty)*) => {
        $(impl ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                self.load(Ordering::SeqCst).to_value()
            }
        })*
    };
}
convert_atomics! {
    AtomicBool
    AtomicI8 AtomicI16 AtomicI32 AtomicI64 AtomicIsize
    AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicUsize
}
