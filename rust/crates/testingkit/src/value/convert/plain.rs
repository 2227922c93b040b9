//! Native values that assertions can look at without a conversion.

/// A native value as it is, or [`Other`](Self::Other) if it has to be converted.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::exhaustive_enums,
    reason = "it is hidden: only the kit matches on it"
)]
pub enum Plain<'a> {
    /// Anything else.
    Other,
    /// Null.
    Null,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i128),
    /// A binary64 number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// Octets.
    Bytes(&'a [u8]),
    /// A list of numbers.
    List(PlainList<'a>),
}

macro_rules! plain_lists {
    ($($name:ident $native:ty, $item:expr;)*) => {
        /// A list of numbers of one native type.
        #[derive(Debug, Clone, Copy)]
        #[expect(
            missing_docs,
            clippy::exhaustive_enums,
            reason = "each variant is named after its type"
        )]
        pub enum PlainList<'a> {
            $($name(&'a [$native]),)*
        }

        impl<'a> PlainList<'a> {
            /// Returns the number of items.
            #[must_use]
            pub const fn len(self) -> usize {
                match self {
                    $(Self::$name(items) => items.len(),)*
                }
            }

            /// Returns whether there are no items.
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.len() == 0
            }

            /// Returns an item, or `None` behind the end.
            #[must_use]
            pub fn get(self, index: usize) -> Option<Plain<'a>> {
                match self {
                    $(Self::$name(items) => items.get(index).copied().map($item),)*
                }
            }
        }
    };
}
plain_lists! {
    I8s i8, |item| Plain::Int(item.into());
    I16s i16, |item| Plain::Int(item.into());
    I32s i32, |item| Plain::Int(item.into());
    I64s i64, |item| Plain::Int(item.into());
    U8s u8, |item| Plain::Int(item.into());
    U16s u16, |item| Plain::Int(item.into());
    U32s u32, |item| Plain::Int(item.into());
    U64s u64, |item| Plain::Int(item.into());
    Isizes isize, |item| Plain::Int(item as i128);
    Usizes usize, |item| Plain::Int(item as i128);
    F32s f32, |item| Plain::Float(item.into());
    F64s f64, Plain::Float;
}

impl<'a> PlainList<'a> {
    /// Returns all items.
    pub fn iter(self) -> impl Iterator<Item = Plain<'a>> {
        (0..self.len()).map_while(move |index| self.get(index))
    }
}
