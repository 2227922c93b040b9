//! What the arguments of matchers can be: native types by the kinds that they convert to.
//!
//! A value of the kit ([`Value`]) has every kind, so it is allowed everywhere. Its kind is checked when
//! the assertion is evaluated. A type of your own can implement a trait of this module if it converts to
//! such a kind. Arguments of another type do not compile:
//!
//! ```compile_fail
//! use testingkit::prelude::*;
//!
//! require!("abc", has_length("three"));
//! ```
//!
//! ```compile_fail
//! use testingkit::prelude::*;
//!
//! require!("abc", contains_all_text([1, 2]));
//! ```

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::{CStr, CString, OsStr, OsString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{NonZero, Saturating, Wrapping};
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

pub use super::{Check, Checks};
use crate::value::{
    Duration as KitDuration, Int, Map as KitMap, Octets, Set as KitSet, Time as KitTime, ToValue,
    Value,
};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $what:literal;)*) => {
        $(
            $(#[$doc])*
            #[diagnostic::on_unimplemented(message = $what)]
            pub trait $name: ToValue {}

            impl $name for Value {}
            through_pointers!($name);
        )*
    };
}

macro_rules! through_pointers {
    ($name:ident) => {
        impl<T: $name + ?Sized> $name for &T {}
        impl<T: $name + ?Sized> $name for &mut T {}
        impl<T: $name + ?Sized> $name for Box<T> {}
        impl<T: $name + ?Sized> $name for Rc<T> {}
        impl<T: $name + ?Sized> $name for Arc<T> {}
        impl<T: $name + ToOwned + ?Sized> $name for Cow<'_, T> {}
    };
}

kinds! {
    /// An integer.
    Integer "`{Self}` is not an integer";
    /// An integer or a floating-point number.
    Number "`{Self}` is not a number";
    /// A text.
    Text "`{Self}` is not a text";
    /// A value that has an order: a number, a text, octets, an instant or a span of time.
    Ordered "`{Self}` has no order: it is not a number, a text, octets, an instant or a span of time";
    /// An instant.
    Time "`{Self}` is not an instant";
    /// A span of time.
    Duration "`{Self}` is not a span of time";
    /// A set.
    Set "`{Self}` is not a set";
    /// A map.
    Map "`{Self}` is not a map";
    /// A list or a set.
    Items "`{Self}` is not a list or set";
    /// A value that has a length: a text, octets, a list, a set or a map.
    Sizable "`{Self}` has no length: it is not a text, octets, a list, a set or a map";
}

/// A list of items of one type. For a tuple and a list of the kit, that type is [`Value`].
#[diagnostic::on_unimplemented(message = "`{Self}` is not a list")]
pub trait List: ToValue {
    /// The type of the items.
    type Item: ToValue + ?Sized;
}

impl List for Value {
    type Item = Self;
}

macro_rules! list_through {
    ($([$($generics:tt)*] $native:ty;)*) => {
        $(impl<$($generics)*> List for $native {
            type Item = T::Item;
        })*
    };
}
list_through! {
    [T: List + ?Sized] &T;
    [T: List + ?Sized] &mut T;
    [T: List + ?Sized] Box<T>;
    [T: List + ?Sized] Rc<T>;
    [T: List + ?Sized] Arc<T>;
    [T: List + ToOwned + ?Sized] Cow<'_, T>;
}

macro_rules! integers {
    ($($name:ident)*) => {
        $(
            implement!($name: i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize Int);
            impl<T: $name> $name for Wrapping<T> {}
            impl<T: $name> $name for Saturating<T> {}
            implement!($name: NonZero<i8> NonZero<i16> NonZero<i32> NonZero<i64> NonZero<i128>
                NonZero<isize> NonZero<u8> NonZero<u16> NonZero<u32> NonZero<u64> NonZero<u128>
                NonZero<usize>);
        )*
    };
}
macro_rules! texts {
    ($($name:ident)*) => {
        $(implement!($name: str String char OsStr OsString CStr CString Path PathBuf IpAddr Ipv4Addr
            Ipv6Addr SocketAddr SocketAddrV4 SocketAddrV6);)*
    };
}
macro_rules! implement {
    ($name:ident: $($native:ty)*) => { $(impl $name for $native {})* };
}
integers!(Integer Number Ordered);
implement!(Number: f32 f64);
implement!(Ordered: f32 f64);
texts!(Text Ordered Sizable);
implement!(Time: SystemTime KitTime);
implement!(Ordered: SystemTime KitTime);
implement!(Duration: std::time::Duration KitDuration);
implement!(Ordered: std::time::Duration KitDuration);
implement!(Set: KitSet);
implement!(Items: KitSet);
implement!(Sizable: KitSet KitMap);
implement!(Map: KitMap);
impl<T: AsRef<[u8]>> Ordered for Octets<T> {}
impl<T: AsRef<[u8]>> Sizable for Octets<T> {}

macro_rules! lists {
    ($([$($generics:tt)*] $native:ty, $item:ty;)*) => {
        $(
            impl<$($generics)*> List for $native {
                type Item = $item;
            }
            impl<$($generics)*> Items for $native {}
            impl<$($generics)*> Sizable for $native {}
        )*
    };
}
lists! {
    [T: ToValue] [T], T;
    [T: ToValue, const N: usize] [T; N], T;
    [T: ToValue] Vec<T>, T;
    [T: ToValue] VecDeque<T>, T;
    [T: ToValue] LinkedList<T>, T;
    [A: ToValue] (A,), Value;
    [A: ToValue, B: ToValue] (A, B), Value;
    [A: ToValue, B: ToValue, C: ToValue] (A, B, C), Value;
    [A: ToValue, B: ToValue, C: ToValue, D: ToValue] (A, B, C, D), Value;
    [A: ToValue, B: ToValue, C: ToValue, D: ToValue, E: ToValue] (A, B, C, D, E), Value;
    [A: ToValue, B: ToValue, C: ToValue, D: ToValue, E: ToValue, F: ToValue]
        (A, B, C, D, E, F), Value;
}

macro_rules! ranges {
    ($($native:ident)*) => {
        $(
            impl<T: ToValue> List for $native<T> where Self: ToValue {
                type Item = T;
            }
            impl<T: ToValue> Items for $native<T> where Self: ToValue {}
            impl<T: ToValue> Sizable for $native<T> where Self: ToValue {}
        )*
    };
}
ranges!(Range RangeInclusive);

macro_rules! unordered {
    ($($name:ident: [$($generics:tt)*] $native:ty;)*) => {
        $(impl<$($generics)*> $name for $native {})*
    };
}
unordered! {
    Set: [T: ToValue, S] HashSet<T, S>;
    Set: [T: ToValue] BTreeSet<T>;
    Items: [T: ToValue, S] HashSet<T, S>;
    Items: [T: ToValue] BTreeSet<T>;
    Sizable: [T: ToValue, S] HashSet<T, S>;
    Sizable: [T: ToValue] BTreeSet<T>;
    Map: [K: ToValue, V: ToValue, S] HashMap<K, V, S>;
    Map: [K: ToValue, V: ToValue] BTreeMap<K, V>;
    Sizable: [K: ToValue, V: ToValue, S] HashMap<K, V, S>;
    Sizable: [K: ToValue, V: ToValue] BTreeMap<K, V>;
}
