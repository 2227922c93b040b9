//! Reads a text from its start to its end.

use std::collections::HashSet;

use super::{JsonError, Reason};
use crate::value::{Map, Value, limits};

type Read<T> = Result<T, JsonError>;

/// Returns the value of a text.
pub(super) fn read(text: &str) -> Read<Value> {
    let mut reader = Reader { text, at: 0 };
    if text.starts_with('\u{feff}') {
        return reader.fail(Reason::ByteOrderMark);
    }
    let value = reader.value(1)?;
    reader.skip_space();
    if reader.at < text.len() {
        return reader.fail(Reason::TrailingText);
    }
    Ok(value)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    const fn fail<T>(&self, reason: Reason) -> Read<T> {
        fail_at(self.at, reason)
    }

    /// Fails because the grammar does not allow the next character, or the end.
    fn unexpected<T>(&self) -> Read<T> {
        self.end_or(Reason::UnexpectedCharacter, self.at)
    }

    /// Fails at the end of the text, or for another reason before it.
    fn end_or<T>(&self, reason: Reason, offset: usize) -> Read<T> {
        match self.peek() {
            None => self.fail(Reason::UnexpectedEnd),
            Some(_) => fail_at(offset, reason),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads an octet if it is the next one.
    fn take(&mut self, octet: u8) -> bool {
        let found = self.peek() == Some(octet);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, octet: u8) -> Read<()> {
        if self.take(octet) {
            Ok(())
        } else {
            self.unexpected()
        }
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
        self.take_while(|octet| b" \t\n\r".contains(&octet));
    }

    /// Reads a value with the whitespace before it. Never goes deeper than the limit.
    fn value(&mut self, level: usize) -> Read<Value> {
        self.skip_space();
        let Some(first) = self.peek().filter(|octet| begins_value(*octet)) else {
            return self.unexpected();
        };
        if level > limits::MAX_DEPTH {
            return self.fail(Reason::TooDeep);
        }
        match first {
            b'{' => self.object(level),
            b'[' => self.array(level),
            b'"' => self.string().map(Value::Text),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Read<Value> {
        word.bytes().try_for_each(|octet| self.expect(octet))?;
        Ok(value)
    }

    fn array(&mut self, level: usize) -> Read<Value> {
        let mut items = Vec::new();
        self.parts(b']', |reader| {
            items.push(reader.value(level + 1)?);
            Ok(())
        })?;
        Ok(Value::List(items))
    }

    fn object(&mut self, level: usize) -> Read<Value> {
        let start = self.at;
        let mut entries = Vec::new();
        let mut known = HashSet::new();
        self.parts(b'}', |reader| {
            entries.push(reader.entry(level + 1, &mut known)?);
            Ok(())
        })?;
        // No two keys are equal, and no part is too deep.
        Map::new(entries).map_or_else(|_| fail_at(start, Reason::TooDeep), |map| Ok(map.into()))
    }

    /// Reads an array or object with the octets around it. Calls `part` for each item or entry.
    fn parts(&mut self, last: u8, mut part: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.at += 1;
        self.skip_space();
        if self.take(last) {
            return Ok(());
        }
        loop {
            part(self)?;
            self.skip_space();
            if !self.take(b',') {
                return self.expect(last);
            }
        }
    }

    fn entry(&mut self, level: usize, known: &mut HashSet<String>) -> Read<(Value, Value)> {
        self.skip_space();
        let start = self.at;
        if self.peek() != Some(b'"') {
            return self.unexpected();
        }
        if level > limits::MAX_DEPTH {
            return self.fail(Reason::TooDeep);
        }
        let key = self.string()?;
        if !known.insert(key.clone()) {
            return fail_at(start, Reason::DuplicateKey);
        }
        self.skip_space();
        self.expect(b':')?;
        Ok((Value::Text(key), self.value(level)?))
    }

    fn number(&mut self) -> Read<Value> {
        let start = self.at;
        self.take(b'-');
        let mut digits = 1;
        if !self.take(b'0') {
            digits = self.digits()?;
        }
        let mut is_float = self.take(b'.');
        if is_float {
            digits += self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            is_float = true;
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        let number = if digits > limits::MAX_INT_DIGITS {
            None
        } else if is_float {
            let float = text.parse().ok().filter(|float: &f64| float.is_finite());
            float.map(Value::Float)
        } else {
            text.parse().ok().map(Value::Int)
        };
        number.map_or_else(|| fail_at(start, Reason::NumberOutOfRange), Ok)
    }

    /// Reads at least one digit, and returns how many.
    fn digits(&mut self) -> Read<usize> {
        match self.take_while(|octet| octet.is_ascii_digit()).len() {
            0 => self.unexpected(),
            digits => Ok(digits),
        }
    }

    fn string(&mut self) -> Read<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            text += self.take_while(|octet| !matches!(octet, b'"' | b'\\' | 0..=0x1f));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escaped()?),
                _ => return self.end_or(Reason::ControlCharacter, self.at),
            }
        }
    }

    /// Reads an escape, and both of a pair of surrogates.
    fn escaped(&mut self) -> Read<char> {
        let start = self.at;
        self.at += 1;
        let char = match self.peek() {
            Some(char @ (b'"' | b'\\' | b'/')) => char::from(char),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(start),
            _ => return self.end_or(Reason::BadEscape, start),
        };
        self.at += 1;
        Ok(char)
    }

    /// Reads the rest of the escape of a code point.
    fn code_point(&mut self, start: usize) -> Read<char> {
        self.at += 1;
        let Some(unit) = self.unit() else {
            return self.end_or(Reason::BadEscape, start);
        };
        let pair = || {
            if !(self.take(b'\\') && self.take(b'u')) {
                return None;
            }
            let low = self.unit()?;
            char::decode_utf16([unit, low]).next()?.ok()
        };
        char::from_u32(unit.into())
            .or_else(pair)
            .map_or_else(|| fail_at(start, Reason::LoneSurrogate), Ok)
    }

    /// Reads the four digits of an escape; `None` at the first one that is missing.
    fn unit(&mut self) -> Option<u16> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek()?).to_digit(16)?;
            unit = unit << 4 | u16::try_from(digit).ok()?;
            self.at += 1;
        }
        Some(unit)
    }
}

const fn fail_at<T>(offset: usize, reason: Reason) -> Read<T> {
    Err(JsonError { offset, reason })
}

const fn begins_value(octet: u8) -> bool {
    matches!(
        octet,
        b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'
    )
}
