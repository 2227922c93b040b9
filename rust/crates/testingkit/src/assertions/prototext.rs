//! The syntax of the text format of protobuf (`docs/kit/assertions.md`, messages as texts).

use crate::value::{ErrorCode, limits};

type Read<T> = Result<T, ErrorCode>;

/// A value in the text format.
#[derive(Debug)]
pub(super) enum Item<'t> {
    /// A string, or several in a row.
    Octets(Vec<u8>),
    /// A number.
    Number(Number<'t>),
    /// A word, such as the name of a member. Only infinities and NaN can have a sign.
    Word(&'t str),
    /// A message.
    Fields(Vec<Field<'t>>),
}

/// A number as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'t>(pub(super) &'t str);

/// A field with its value, or those of its list.
#[derive(Debug)]
pub(super) struct Field<'t> {
    pub(super) name: &'t str,
    pub(super) items: Vec<Item<'t>>,
    pub(super) is_list: bool,
}

impl Number<'_> {
    /// Returns the digits of an integer, and their base.
    pub(super) fn integer(&self) -> Option<(&str, u32)> {
        let digits = self.magnitude();
        if let Some(hex) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
            let is_hex = !hex.is_empty() && hex.bytes().all(|octet| octet.is_ascii_hexdigit());
            return is_hex.then_some((hex, 16));
        }
        is_whole(digits).then_some((digits, 10))
    }

    /// Returns the number if it is written with decimal digits. It is infinite if it is too large.
    pub(super) fn decimal(&self) -> Option<f64> {
        let digits = self.magnitude();
        let digits = digits.strip_suffix(['f', 'F']).unwrap_or(digits);
        let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
                (mantissa, Some(exponent))
            }
            None => (digits, None),
        };
        let is_number = match mantissa.split_once('.') {
            Some(("", fraction)) => is_digits(fraction),
            Some((whole, fraction)) => {
                is_whole(whole) && (fraction.is_empty() || is_digits(fraction))
            }
            None => is_whole(mantissa),
        };
        if !is_number || exponent.is_some_and(|exponent| !is_digits(exponent)) {
            return None;
        }
        let number: f64 = digits.parse().ok()?;
        Some(if self.is_negative() { -number } else { number })
    }

    pub(super) fn is_negative(&self) -> bool {
        self.0.starts_with('-')
    }

    fn magnitude(&self) -> &str {
        self.0.strip_prefix('-').unwrap_or(self.0)
    }
}

/// Returns whether a text is a decimal integer without sign and leading zeros.
fn is_whole(text: &str) -> bool {
    is_digits(text) && (text == "0" || !text.starts_with('0'))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit())
}

/// Returns the fields of a text, or `bad_argument` if it is malformed, and `too_large` if it has too many
/// levels.
pub(super) fn read(text: &str) -> Read<Vec<Field<'_>>> {
    Reader { text, at: 0 }.fields(1, None)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads the space before an octet, and the octet if it is the next one.
    fn take(&mut self, octet: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(octet);
        self.at += usize::from(found);
        found
    }

    /// Reads the octets up to the first other one, and returns them.
    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'t str {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn skip_space(&mut self) {
        loop {
            self.take_while(|octet| b" \t\n\x0b\x0c\r".contains(&octet));
            if self.peek() != Some(b'#') {
                return;
            }
            self.take_while(|octet| octet != b'\n');
        }
    }

    /// Reads fields up to an octet, or to the end of the text.
    fn fields(&mut self, level: usize, end: Option<u8>) -> Read<Vec<Field<'t>>> {
        if level > limits::MAX_DEPTH {
            return Err(ErrorCode::TooLarge);
        }
        let mut fields = Vec::new();
        while !self.ends(end) {
            fields.push(self.field(level)?);
            if !self.take(b',') {
                self.take(b';');
            }
        }
        Ok(fields)
    }

    fn ends(&mut self, end: Option<u8>) -> bool {
        self.skip_space();
        end.map_or(self.at == self.text.len(), |end| self.take(end))
    }

    fn field(&mut self, level: usize) -> Read<Field<'t>> {
        let name = self.take_while(is_word_octet);
        if !is_word(name) {
            return Err(ErrorCode::BadArgument);
        }
        let has_colon = self.take(b':');
        let is_list = self.take(b'[');
        let items = if is_list {
            self.items(level)?
        } else {
            vec![self.item(level)?]
        };
        if !has_colon && !items.iter().all(Item::is_message) {
            return Err(ErrorCode::BadArgument);
        }
        Ok(Field {
            name,
            items,
            is_list,
        })
    }

    /// Reads a list behind its bracket: of messages, or of other items.
    fn items(&mut self, level: usize) -> Read<Vec<Item<'t>>> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(items);
        }
        items.push(self.item(level)?);
        while self.take(b',') {
            items.push(self.item(level)?);
        }
        let is_mixed = items.iter().any(Item::is_message) && !items.iter().all(Item::is_message);
        if !self.take(b']') || is_mixed {
            return Err(ErrorCode::BadArgument);
        }
        Ok(items)
    }

    fn item(&mut self, level: usize) -> Read<Item<'t>> {
        if self.take(b'{') {
            return Ok(Item::Fields(self.fields(level + 1, Some(b'}'))?));
        }
        if let Some(b'"' | b'\'') = self.peek() {
            return self.octets();
        }
        let bare = self.take_while(|octet| is_word_octet(octet) || b"-+.".contains(&octet));
        let number = Number(bare);
        if is_word(bare) || is_signed_word(bare) {
            Ok(Item::Word(bare))
        } else if number.integer().is_some() || number.decimal().is_some() {
            Ok(Item::Number(number))
        } else {
            Err(ErrorCode::BadArgument)
        }
    }

    /// Reads strings up to something else.
    fn octets(&mut self) -> Read<Item<'t>> {
        let mut octets = Vec::new();
        while let Some(quote @ (b'"' | b'\'')) = self.peek() {
            self.at += 1;
            self.string(quote, &mut octets)?;
            self.skip_space();
        }
        Ok(Item::Octets(octets))
    }

    /// Reads a string behind its first quote.
    fn string(&mut self, quote: u8, octets: &mut Vec<u8>) -> Read<()> {
        loop {
            let is_plain = |octet| octet != quote && octet != b'\\' && octet != b'\n';
            octets.extend(self.take_while(is_plain).bytes());
            match self.peek() {
                Some(b'\\') => self.escape(octets)?,
                Some(octet) if octet == quote => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(ErrorCode::BadArgument),
            }
        }
    }

    fn escape(&mut self, octets: &mut Vec<u8>) -> Read<()> {
        self.at += 1;
        let letter = self.peek().ok_or(ErrorCode::BadArgument)?;
        if (b'0'..=b'7').contains(&letter) {
            octets.push(self.octet(8, 3)?);
            return Ok(());
        }
        self.at += 1;
        match letter {
            b'x' => octets.push(self.octet(16, 2)?),
            b'u' => octets.extend(self.point(4)?.to_string().bytes()),
            b'U' => octets.extend(self.point(8)?.to_string().bytes()),
            _ => octets.push(escaped(letter).ok_or(ErrorCode::BadArgument)?),
        }
        Ok(())
    }

    fn octet(&mut self, base: u32, most: usize) -> Read<u8> {
        let digits = self.digits(base, most);
        u8::from_str_radix(digits, base).map_err(|_| ErrorCode::BadArgument)
    }

    fn point(&mut self, count: usize) -> Read<char> {
        let digits = self.digits(16, count);
        let point = u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32);
        point
            .filter(|_| digits.len() == count)
            .ok_or(ErrorCode::BadArgument)
    }

    fn digits(&mut self, base: u32, most: usize) -> &'t str {
        let rest = &self.text[self.at..];
        let digits = rest.chars().take(most).take_while(|c| c.is_digit(base));
        let start = self.at;
        self.at += digits.count();
        &self.text[start..self.at]
    }
}

impl Item<'_> {
    const fn is_message(&self) -> bool {
        matches!(self, Self::Fields(_))
    }
}

const fn is_word_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || octet == b'_'
}

fn is_word(text: &str) -> bool {
    text.bytes().all(is_word_octet) && text.starts_with(|c: char| !c.is_ascii_digit())
}

fn is_signed_word(text: &str) -> bool {
    let words = ["-inf", "-infinity", "-nan"];
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Returns the octet of an escape with one letter.
const fn escaped(letter: u8) -> Option<u8> {
    Some(match letter {
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'?' | b'\\' | b'\'' | b'"' => letter,
        _ => return None,
    })
}
