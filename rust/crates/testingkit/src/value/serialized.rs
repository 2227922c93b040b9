//! Conversion of types that implement serde's `Serialize`, behind the feature `serde`.

use std::fmt;

use serde::ser::{self, Serialize};

use super::convert::in_container;
use super::{
    ConversionError, EnumMember, ErrorCode, Map, Record, ToValue, Value, path_segment, to_value,
};

/// Wraps a value that implements `Serialize`, so that it converts: `Serialized(&order)`.
///
/// | serde | value |
/// |---|---|
/// | struct | record with its name |
/// | unit struct | record without fields |
/// | newtype struct | what is in it |
/// | tuple, tuple struct, sequence | list |
/// | map | map |
/// | unit variant | enum; the number is the position of the variant |
/// | newtype variant, tuple variant | record named as the variant, with the fields `"0"`, `"1"` |
/// | struct variant | record named as the variant |
/// | bytes | bytes |
///
/// ```
/// use serde::Serialize;
/// use testingkit::prelude::*;
/// use testingkit::value::Serialized;
///
/// #[derive(Serialize)]
/// struct Order { id: u64, tags: Vec<&'static str> }
///
/// let order = Order { id: 7, tags: vec!["new"] };
/// require!(Serialized(&order), is_record_named("Order"));
/// let value = testingkit::value::serialized(&order)?;
/// assert_eq!(value.to_string(), r#"Order{id: 7, tags: ["new"]}"#);
/// # Ok::<(), testingkit::value::ConversionError>(())
/// ```
///
/// A type with a `ToValue` of its own keeps it: wrap only what has none.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "its one field is what it wraps")]
pub struct Serialized<T>(pub T);

impl<T: Serialize> ToValue for Serialized<T> {
    fn to_value(&self) -> Result<Value, ConversionError> {
        self.0.serialize(Serializer).map_err(|error| error.0)
    }
}

/// Converts a value that implements `Serialize`.
///
/// # Errors
/// The code and the place of the part that does not convert. An error of the type itself is
/// `not_convertible`.
pub fn serialized<T: Serialize + ?Sized>(native: &T) -> Result<Value, ConversionError> {
    to_value(&Serialized(native))
}

/// The error of serde's traits around ours.
#[derive(Debug)]
struct Failed(ConversionError);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self(ConversionError::new(ErrorCode::NotConvertible))
    }
}

impl From<ConversionError> for Failed {
    fn from(error: ConversionError) -> Self {
        Self(error)
    }
}

type Converted = Result<Value, Failed>;

#[derive(Clone, Copy)]
struct Serializer;

/// Converts a part of a container.
fn part<T: Serialize + ?Sized>(native: &T) -> Result<Value, ConversionError> {
    in_container(|| native.serialize(Serializer).map_err(|error| error.0))
}

macro_rules! scalars {
    ($($method:ident $native:ty;)*) => {
        $(fn $method(self, native: $native) -> Converted {
            Ok(native.to_value()?)
        })*
    };
}

impl ser::Serializer for Serializer {
    type Ok = Value;
    type Error = Failed;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = Fields;
    type SerializeMap = Entries;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    scalars! {
        serialize_bool bool;
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_i128 i128;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
        serialize_u128 u128;
        serialize_f32 f32;
        serialize_f64 f64;
        serialize_char char;
        serialize_str &str;
    }

    fn serialize_bytes(self, octets: &[u8]) -> Converted {
        Ok(Value::Bytes(octets.to_vec()))
    }

    fn serialize_none(self) -> Converted {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, inner: &T) -> Converted {
        inner.serialize(self)
    }

    fn serialize_unit(self) -> Converted {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, name: &'static str) -> Converted {
        Fields::new(name).record()
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Converted {
        let too_large = |_| ConversionError::new(ErrorCode::TooLarge);
        let number = i32::try_from(index).map_err(too_large)?;
        Ok(Value::from(EnumMember::new(name, variant, number)))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        inner: &T,
    ) -> Converted {
        inner.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        inner: &T,
    ) -> Converted {
        let mut fields = Fields::new(variant);
        fields.add("0", inner)?;
        fields.record()
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<List, Failed> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple(self, _length: usize) -> Result<List, Failed> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple_struct(self, _name: &'static str, _length: usize) -> Result<List, Failed> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Fields, Failed> {
        Ok(Fields::new(variant))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Entries, Failed> {
        Ok(Entries::default())
    }

    fn serialize_struct(self, name: &'static str, _length: usize) -> Result<Fields, Failed> {
        Ok(Fields::new(name))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Fields, Failed> {
        Ok(Fields::new(variant))
    }
}

struct List(Vec<Value>);

impl List {
    fn add<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Failed> {
        let place = self.0.len();
        let item = part(item).map_err(|error| error.within(&format!("[{place}]")))?;
        self.0.push(item);
        Ok(())
    }
}

macro_rules! serialize_list {
    ($($name:ident $method:ident;)*) => {
        $(impl ser::$name for List {
            type Ok = Value;
            type Error = Failed;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Failed> {
                self.add(item)
            }

            fn end(self) -> Converted {
                Ok(Value::List(self.0))
            }
        })*
    };
}
serialize_list! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
}

struct Fields {
    name: &'static str,
    fields: Vec<(String, Value)>,
}

impl Fields {
    const fn new(name: &'static str) -> Self {
        Self {
            name,
            fields: Vec::new(),
        }
    }

    fn add<T: Serialize + ?Sized>(&mut self, name: &str, field: &T) -> Result<(), Failed> {
        let field = part(field).map_err(|error| error.within(&path_segment(name)))?;
        self.fields.push((name.to_owned(), field));
        Ok(())
    }

    fn record(self) -> Converted {
        Ok(Record::new(self.name, self.fields).map(Value::from)?)
    }
}

macro_rules! serialize_struct {
    ($($name:ident)*) => {
        $(impl ser::$name for Fields {
            type Ok = Value;
            type Error = Failed;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                field: &T,
            ) -> Result<(), Failed> {
                self.add(name, field)
            }

            fn end(self) -> Converted {
                self.record()
            }
        })*
    };
}
serialize_struct!(SerializeStruct SerializeStructVariant);

impl ser::SerializeTupleVariant for Fields {
    type Ok = Value;
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, field: &T) -> Result<(), Failed> {
        let name = self.fields.len().to_string();
        self.add(&name, field)
    }

    fn end(self) -> Converted {
        self.record()
    }
}

#[derive(Default)]
struct Entries {
    key: Option<Value>,
    entries: Vec<(Value, Value)>,
}

impl ser::SerializeMap for Entries {
    type Ok = Value;
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.key = Some(part(key).map_err(ConversionError::of_container)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Failed> {
        // serde calls `serialize_key` first.
        let key = self.key.take().unwrap_or(Value::Null);
        let item = part(item).map_err(|error| error.within_key(&key))?;
        self.entries.push((key, item));
        Ok(())
    }

    fn end(self) -> Converted {
        let map = Map::new(self.entries).map(Value::from);
        // As of every native map: keys that are not unique do not convert.
        Ok(map.map_err(|_| ConversionError::new(ErrorCode::NotConvertible))?)
    }
}
