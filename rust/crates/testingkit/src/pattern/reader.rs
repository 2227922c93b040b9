//! Reads the code points of a pattern.

/// A place in a pattern.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) index: usize,
    text: Vec<char>,
}

impl Reader {
    pub(super) fn new(text: &str) -> Self {
        Self {
            index: 0,
            text: text.chars().collect(),
        }
    }

    /// Returns a code point without reading it, or `None` behind the end.
    pub(super) fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.index + ahead).copied()
    }

    /// Reads this text if it is next, and returns whether it was.
    pub(super) fn take(&mut self, expected: &str) -> bool {
        let length = expected.chars().count();
        let found = self.text[self.index..]
            .iter()
            .take(length)
            .copied()
            .eq(expected.chars());
        if found {
            self.index += length;
        }
        found
    }

    /// Reads and returns a code point.
    pub(super) fn read(&mut self) -> Option<char> {
        let point = self.peek(0);
        self.index += usize::from(point.is_some());
        point
    }

    /// Reads up to a code point and that as well; returns what is before it.
    pub(super) fn read_until(&mut self, end: char) -> Option<String> {
        let rest = &self.text[self.index..];
        let length = rest.iter().position(|point| *point == end)?;
        let between = rest[..length].iter().collect();
        self.index += length + 1;
        Some(between)
    }
}
