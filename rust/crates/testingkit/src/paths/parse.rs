//! Reads paths.

use std::iter::Peekable;
use std::str::Chars;

use super::{BadPath, Path, Step};

const MAX_INDEX_DIGITS: usize = 15;
const MAX_HEX_DIGITS: usize = 6;

/// Returns the path that a text is.
pub(super) fn parse(text: &str) -> Result<Path, BadPath> {
    let mut reader = Reader {
        rest: text.chars().peekable(),
        index: 0,
    };
    reader.expect('$')?;
    let mut steps = Vec::new();
    while reader.peek().is_some() {
        steps.push(reader.step()?);
    }
    Ok(Path { steps })
}

/// Reads a path from its start to its end.
struct Reader<'t> {
    rest: Peekable<Chars<'t>>,
    index: usize,
}

impl Reader<'_> {
    const fn fail<T>(&self) -> Result<T, BadPath> {
        Err(BadPath { index: self.index })
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    /// Reads a code point; none at the end.
    fn next(&mut self) -> Option<char> {
        let char = self.rest.next()?;
        self.index += 1;
        Some(char)
    }

    /// Reads a code point if it is one of these.
    fn next_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let char = self.rest.next_if(|char| wanted(*char))?;
        self.index += 1;
        Some(char)
    }

    fn take(&mut self, char: char) -> bool {
        self.next_if(|next| next == char).is_some()
    }

    fn expect(&mut self, char: char) -> Result<(), BadPath> {
        if self.take(char) { Ok(()) } else { self.fail() }
    }

    fn step(&mut self) -> Result<Step, BadPath> {
        if self.take('.') {
            return self.identifier();
        }
        if self.take('{') {
            return self.key();
        }
        self.expect('[')?;
        let step = if self.take('"') {
            self.quoted()
        } else {
            self.item()
        }?;
        self.expect(']')?;
        Ok(step)
    }

    fn identifier(&mut self) -> Result<Step, BadPath> {
        let mut name = String::new();
        let is_first = |char: char| char.is_ascii_alphabetic() || char == '_';
        let Some(first) = self.next_if(is_first) else {
            return self.fail();
        };
        name.push(first);
        while let Some(char) = self.next_if(|char| is_first(char) || char.is_ascii_digit()) {
            name.push(char);
        }
        Ok(Step::Name(name))
    }

    /// Reads the index of an item.
    fn item(&mut self) -> Result<Step, BadPath> {
        let Some(mut index) = self.digit(10).map(u64::from) else {
            return self.fail();
        };
        let mut digits = 1;
        while index > 0
            && digits < MAX_INDEX_DIGITS
            && let Some(digit) = self.digit(10)
        {
            index = index * 10 + u64::from(digit);
            digits += 1;
        }
        Ok(Step::Index(index))
    }

    fn digit(&mut self, radix: u32) -> Option<u32> {
        self.next_if(|char| char.is_digit(radix))?.to_digit(radix)
    }

    /// Reads the rest of a quoted text.
    fn quoted(&mut self) -> Result<Step, BadPath> {
        let mut text = String::new();
        while !self.take('"') {
            match self.next() {
                None => return self.fail(),
                Some('\\') => text.push(self.escaped()?),
                Some(char) => text.push(char),
            }
        }
        Ok(Step::Name(text))
    }

    /// Reads the rest of an escape.
    fn escaped(&mut self) -> Result<char, BadPath> {
        let char = match self.peek() {
            Some(char @ ('"' | '\\')) => char,
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.code_point(),
            _ => return self.fail(),
        };
        self.next();
        Ok(char)
    }

    /// Reads the rest of an escaped code point.
    fn code_point(&mut self) -> Result<char, BadPath> {
        self.next();
        self.expect('{')?;
        let (mut code, mut digits) = (0, 0);
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(16)) {
            code = code * 16 + digit;
            digits += 1;
            if digits > MAX_HEX_DIGITS
                || (digits == MAX_HEX_DIGITS && char::from_u32(code).is_none())
            {
                return self.fail();
            }
            self.next();
        }
        // Without a digit, or a surrogate, which one more digit could still change.
        match char::from_u32(code) {
            Some(char) if digits > 0 => self.expect('}').map(|()| char),
            _ => self.fail(),
        }
    }

    /// Reads the rest of a key in braces.
    fn key(&mut self) -> Result<Step, BadPath> {
        let mut key = String::new();
        let mut depth = 0;
        loop {
            let Some(char) = self.next_if(|char| char != '}' || depth > 0 || !key.is_empty())
            else {
                return self.fail();
            };
            match char {
                '}' if depth == 0 => return Ok(Step::Key(key)),
                '}' => depth -= 1,
                '{' => depth += 1,
                _ => {}
            }
            key.push(char);
            if char == '"' {
                self.push_quoted(&mut key)?;
            }
        }
    }

    /// Reads the rest of a quoted text in a key.
    fn push_quoted(&mut self, key: &mut String) -> Result<(), BadPath> {
        loop {
            let Some(char) = self.next() else {
                return self.fail();
            };
            key.push(char);
            if char == '"' {
                return Ok(());
            }
            if char == '\\'
                && let Some(escaped) = self.next()
            {
                key.push(escaped);
            }
        }
    }
}
