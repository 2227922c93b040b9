//! The conversions into values that are exact and cannot fail.

use super::{
    Duration, EnumMember, ErrorValue, Int, Map, Message, Outcome, Record, Set, Time, Value,
};

macro_rules! from_integers {
    ($($native:ty)*) => {
        $(impl From<$native> for Value {
            fn from(number: $native) -> Self {
                Self::Int(Int::from(number))
            }
        })*
    };
}
from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! from_payloads {
    ($($payload:ty => $kind:ident;)*) => {
        $(impl From<$payload> for Value {
            fn from(payload: $payload) -> Self {
                Self::$kind(payload.into())
            }
        })*
    };
}
// Not `Vec<u8>`: it means bytes in some programs and a list of numbers in others.
from_payloads! {
    bool => Bool;
    Int => Int;
    f32 => Float;
    f64 => Float;
    char => Text;
    &str => Text;
    String => Text;
    Time => Time;
    Duration => Duration;
    EnumMember => Enum;
    Vec<Value> => List;
    Set => Set;
    Map => Map;
    Record => Record;
    Message => Message;
    ErrorValue => Error;
    Outcome => Outcome;
}
