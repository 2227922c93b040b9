//! Conversion of native values (`docs/kit/value.md`, native values).

mod cells;
mod derived;
mod place;
mod plain;
mod standard;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use super::depth::check;
use super::{
    ConversionError, Duration as KitDuration, EnumMember, ErrorCode, ErrorValue, Failure, Int, Map,
    Outcome, Record, Set, Time, Value,
};
pub use derived::{derived_enum, derived_list, derived_record};
pub(super) use place::in_container;
use place::{behind_pointer, level};
pub use plain::{Plain, PlainList};

/// A native type that converts into a value of the kit.
///
/// Implement it to decide how your own type converts, usually as a [`Record`](super::Record):
///
/// ```
/// use testingkit::value::{ConversionError, Record, ToValue, Value, to_value};
///
/// struct Point { x: i64, y: i64 }
///
/// impl ToValue for Point {
///     fn to_value(&self) -> Result<Value, ConversionError> {
///         let fields = [("x", self.x.to_value()?), ("y", self.y.to_value()?)];
///         Record::new("Point", fields).map(Value::from)
///     }
/// }
///
/// assert_eq!(to_value(&Point { x: 1, y: 2 })?.to_string(), "Point{x: 1, y: 2}");
/// # Ok::<_, ConversionError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not convert to a value of TestingKit",
    note = "for a type of your own, write `#[derive(testingkit::value::ToValue)]` (feature `macros`) or `impl ToValue`",
    note = "for a type of another crate, write `AnyError(error)` or `Serialized(&value)` (feature `serde`)"
)]
pub trait ToValue {
    /// Converts the native value. Call [`to_value`] instead, which checks the depth as well.
    ///
    /// # Errors
    /// The code and the place of the part that does not convert.
    fn to_value(&self) -> Result<Value, ConversionError>;

    /// Returns the native value as it is, if an assertion can look at it without a conversion.
    ///
    /// An implementation that returns something else than [`Plain::Other`] must convert to the same
    /// value.
    #[doc(hidden)]
    fn plain(&self) -> Plain<'_> {
        Plain::Other
    }

    /// Returns a list of such values likewise.
    #[doc(hidden)]
    fn plain_list(_items: &[Self]) -> Plain<'_>
    where
        Self: Sized,
    {
        Plain::Other
    }
}

/// Makes a sequence of `u8` convert to bytes: `Octets(b"ab")`, `Octets(vec![0])`.
///
/// Without it a `Vec<u8>` converts to a list of numbers, as every other `Vec` of integers.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "its one field is what it wraps")]
pub struct Octets<T>(pub T);

/// Converts a native value and checks that it is not nested too deep.
///
/// # Errors
/// The code and the place of the part that does not convert.
pub fn to_value<T: ToValue + ?Sized>(native: &T) -> Result<Value, ConversionError> {
    let value = native.to_value()?;
    value.check_depth()?;
    Ok(value)
}

impl ToValue for Value {
    fn to_value(&self) -> Result<Value, ConversionError> {
        check(self, level() + 1)?;
        Ok(self.clone())
    }
}

macro_rules! convert_own {
    ($($own:ty)*) => {
        $(impl ToValue for $own {
            fn to_value(&self) -> Result<Value, ConversionError> {
                Value::from(self.clone()).to_value()
            }
        })*
    };
}
convert_own!(Set Map Record ErrorValue Outcome EnumMember Time KitDuration);

macro_rules! convert_scalars {
    ($($native:ty, $plain:expr $(, $list:ident)?;)*) => {
        $(impl ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                Ok(Value::from(self.clone()))
            }

            #[inline]
            fn plain(&self) -> Plain<'_> {
                let plain: fn(&Self) -> Plain<'_> = $plain;
                plain(self)
            }

            $(#[inline]
            fn plain_list(items: &[Self]) -> Plain<'_> {
                Plain::List(PlainList::$list(items))
            })?
        })*
    };
}
convert_scalars! {
    bool, |truth| Plain::Bool(*truth);
    char, |_| Plain::Other;
    String, |text| Plain::Text(text);
    i8, |number| Plain::Int((*number).into()), I8s;
    i16, |number| Plain::Int((*number).into()), I16s;
    i32, |number| Plain::Int((*number).into()), I32s;
    i64, |number| Plain::Int((*number).into()), I64s;
    i128, |number| Plain::Int(*number);
    isize, |number| Plain::Int(*number as i128), Isizes;
    u8, |number| Plain::Int((*number).into()), U8s;
    u16, |number| Plain::Int((*number).into()), U16s;
    u32, |number| Plain::Int((*number).into()), U32s;
    u64, |number| Plain::Int((*number).into()), U64s;
    u128, |number| i128::try_from(*number).map_or(Plain::Other, Plain::Int);
    usize, |number| Plain::Int(*number as i128), Usizes;
    Int, |_| Plain::Other;
    f32, |number| Plain::Float((*number).into()), F32s;
    f64, |number| Plain::Float(*number), F64s;
}

impl ToValue for () {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Ok(Value::Null)
    }

    #[inline]
    fn plain(&self) -> Plain<'_> {
        Plain::Null
    }
}

impl ToValue for str {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Ok(Value::from(self))
    }

    #[inline]
    fn plain(&self) -> Plain<'_> {
        Plain::Text(self)
    }
}

impl<T: AsRef<[u8]>> AsRef<[u8]> for Octets<T> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref()
    }
}

impl<T: AsRef<[u8]>> ToValue for Octets<T> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Ok(Value::Bytes(self.0.as_ref().to_vec()))
    }

    #[inline]
    fn plain(&self) -> Plain<'_> {
        Plain::Bytes(self.0.as_ref())
    }
}

macro_rules! convert_inner {
    ($([$($generics:tt)*] $native:ty;)*) => {
        $(impl<$($generics)*> ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                behind_pointer(|| (**self).to_value())
            }

            #[inline]
            fn plain(&self) -> Plain<'_> {
                (**self).plain()
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
    [P: std::ops::Deref<Target: ToValue>] Pin<P>;
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.as_ref().map_or(Ok(Value::Null), ToValue::to_value)
    }

    #[inline]
    fn plain(&self) -> Plain<'_> {
        self.as_ref().map_or(Plain::Null, ToValue::plain)
    }
}

impl<T: ToValue, E: Failure> ToValue for Result<T, E> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        Ok(Value::Outcome(match self {
            Ok(value) => {
                let value =
                    in_container(|| value.to_value()).map_err(|error| error.within(".returned"))?;
                Outcome::returned(value)
            }
            Err(error) => Outcome::Failed(error.to_error_value()),
        }))
    }
}

macro_rules! convert_sequences {
    ($([$($generics:tt)*] $native:ty, $plain:expr;)*) => {
        $(impl<$($generics)*> ToValue for $native {
            fn to_value(&self) -> Result<Value, ConversionError> {
                list(self.iter().map(|item| item as &dyn ToValue))
            }

            #[inline]
            fn plain(&self) -> Plain<'_> {
                let plain: fn(&Self) -> Plain<'_> = $plain;
                plain(self)
            }
        })*
    };
}
convert_sequences! {
    [T: ToValue] [T], |items| T::plain_list(items);
    [T: ToValue, const N: usize] [T; N], |items| T::plain_list(items);
    [T: ToValue] Vec<T>, |items| T::plain_list(items);
    [T: ToValue] VecDeque<T>, |_| Plain::Other;
    [T: ToValue] LinkedList<T>, |_| Plain::Other;
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
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
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

fn list<'a>(items: impl Iterator<Item = &'a dyn ToValue>) -> Result<Value, ConversionError> {
    let convert = |(place, item): (usize, &dyn ToValue)| {
        in_container(|| item.to_value()).map_err(|error| error.within(&format!("[{place}]")))
    };
    items
        .enumerate()
        .map(convert)
        .collect::<Result<_, _>>()
        .map(Value::List)
}

fn set<'a, T: ToValue + 'a>(items: impl Iterator<Item = &'a T>) -> Result<Value, ConversionError> {
    let items: Vec<_> = items
        .map(|item| in_container(|| item.to_value()).map_err(ConversionError::of_container))
        .collect::<Result<_, _>>()?;
    Set::new(items).map(Value::from).map_err(not_convertible)
}

fn map<'a, K: ToValue + 'a, V: ToValue + 'a>(
    entries: impl Iterator<Item = (&'a K, &'a V)>,
) -> Result<Value, ConversionError> {
    let convert = |(key, item): (&K, &V)| {
        let key = in_container(|| key.to_value()).map_err(ConversionError::of_container)?;
        let item = in_container(|| item.to_value()).map_err(|error| error.within_key(&key))?;
        Ok((key, item))
    };
    let entries: Vec<_> = entries.map(convert).collect::<Result<_, _>>()?;
    Map::new(entries).map(Value::from).map_err(not_convertible)
}

/// A native set or map whose converted items or keys are not unique is not a wrong argument: it
/// does not convert.
fn not_convertible(_: ConversionError) -> ConversionError {
    ConversionError::new(ErrorCode::NotConvertible)
}

#[cfg(test)]
mod tests;
