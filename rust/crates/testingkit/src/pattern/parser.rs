//! Reads a pattern into its tree (`docs/kit/pattern.md`, the language).

use super::chars::Ranges;
use super::classes::{read_class, read_escape};
use super::reader::Reader;
use super::refusal::{PatternError, Reason};
use super::tree::{At, Counts, Node};

/// Number of code points of the longest pattern.
pub const MAX_PATTERN_POINTS: usize = 10_000;
/// How deep groups may be nested.
pub const MAX_DEPTH: usize = 50;
/// The largest number in a repetition.
pub const MAX_COUNT: usize = 1_000;
/// The largest size of a pattern.
pub const MAX_SIZE: usize = 10_000;

/// A tree, and the names of its groups by their numbers.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) tree: Node,
    pub(super) names: Vec<String>,
}

pub(super) fn parse(text: &str) -> Result<Parsed, PatternError> {
    if text.chars().count() > MAX_PATTERN_POINTS {
        return Err(Reason::TooLong.at(MAX_PATTERN_POINTS));
    }
    let flags = flags(text).unwrap_or_default();
    let mut parser = Parser {
        reader: Reader::new(text),
        flags,
        depth: 0,
        names: Vec::new(),
    };
    if !flags.is_empty() {
        parser.reader.index = "(?)".len() + flags.len();
    }
    let tree = parser.choice()?;
    if parser.reader.peek(0).is_some() {
        return Err(Reason::UnopenedGroup.at(parser.reader.index));
    }
    if tree.size() > MAX_SIZE {
        return Err(Reason::TooLarge.at(0));
    }
    Ok(Parsed {
        tree,
        names: parser.names,
    })
}

/// Returns the flags at the start. Flags that are given twice are left, and then refused as a group.
fn flags(text: &str) -> Option<&str> {
    let (flags, _) = text.strip_prefix("(?")?.split_once(')')?;
    let once = |flag| "ims".contains(flag) && flags.matches(flag).count() == 1;
    flags.chars().all(once).then_some(flags)
}

struct Parser<'a> {
    reader: Reader,
    flags: &'a str,
    depth: usize,
    names: Vec<String>,
}

impl Parser<'_> {
    fn choice(&mut self) -> Result<Node, PatternError> {
        let first = self.sequence()?;
        if self.reader.peek(0) != Some('|') {
            return Ok(first);
        }
        let mut options = vec![first];
        while self.reader.take("|") {
            options.push(self.sequence()?);
        }
        Ok(Node::Choice(options))
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut parts = Vec::new();
        while !matches!(self.reader.peek(0), Some('|' | ')') | None) {
            parts.push(self.repeated()?);
        }
        Ok(Node::Sequence(parts))
    }

    fn repeated(&mut self) -> Result<Node, PatternError> {
        if self.at_repetition() {
            return Err(self.refuse_repetition(Reason::NothingToRepeat));
        }
        let atom = self.atom()?;
        if !self.at_repetition() {
            return Ok(atom);
        }
        if matches!(atom, Node::At(_)) {
            return Err(self.refuse_repetition(Reason::NothingToRepeat));
        }
        let counts = self.repetition()?;
        if self.at_repetition() {
            return Err(self.refuse_repetition(Reason::RepeatedRepetition));
        }
        Ok(Node::Repeat(Box::new(atom), counts))
    }

    fn at_repetition(&self) -> bool {
        matches!(self.reader.peek(0), Some('*' | '+' | '?' | '{'))
    }

    /// Refuses the repetition that is next, which may itself be malformed.
    fn refuse_repetition(&mut self, reason: Reason) -> PatternError {
        let start = self.reader.index;
        self.repetition().err().unwrap_or(reason.at(start))
    }

    fn repetition(&mut self) -> Result<Counts, PatternError> {
        let start = self.reader.index;
        let (minimum, maximum) = match self.reader.read() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            _ => self.counts().map_err(|reason| reason.at(start))?,
        };
        Ok(Counts {
            minimum,
            maximum,
            lazy: self.reader.take("?"),
        })
    }

    /// Reads the numbers of a repetition and the brace behind them.
    fn counts(&mut self) -> Result<(usize, Option<usize>), Reason> {
        let between = self.reader.read_until('}').ok_or(Reason::BadRepetition)?;
        let (first, second) = match between.split_once(',') {
            None => (&between[..], None),
            Some((first, second)) => (first, Some(second)),
        };
        let upper = second.filter(|digits| !digits.is_empty());
        if !is_count(first) || upper.is_some_and(|digits| !is_count(digits)) {
            return Err(Reason::BadRepetition);
        }
        let minimum = count(first)?;
        let maximum = match second {
            None => Some(minimum),
            Some(_) => upper.map(count).transpose()?,
        };
        if maximum.is_some_and(|maximum| maximum < minimum) {
            return Err(Reason::BadRepetition);
        }
        Ok((minimum, maximum))
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        if let Some(place) = self.place() {
            return Ok(Node::At(place));
        }
        let start = self.reader.index;
        match self.reader.peek(0) {
            Some('(') => self.group(),
            Some('[') => {
                let (set, negated) = read_class(&mut self.reader)?;
                let set = self.folded(set);
                Ok(Node::Chars(if negated { set.complement() } else { set }))
            }
            Some('\\') => {
                let set = read_escape(&mut self.reader)?;
                Ok(Node::Chars(self.folded(set)))
            }
            Some('.') => {
                self.reader.read();
                Ok(Node::Chars(if self.has('s') {
                    Ranges::any()
                } else {
                    Ranges::one('\n').complement()
                }))
            }
            Some(point) => {
                self.reader.read();
                Ok(Node::Chars(self.folded(Ranges::one(point))))
            }
            None => Err(Reason::NothingToRepeat.at(start)), // Callers read an atom before the end.
        }
    }

    /// Reads a condition on a place if one is next.
    fn place(&mut self) -> Option<At> {
        let lines = self.has('m');
        let (place, length) = match (self.reader.peek(0)?, self.reader.peek(1)) {
            ('^', _) if lines => (At::LineStart, 1),
            ('^', _) => (At::TextStart, 1),
            ('$', _) if lines => (At::LineEnd, 1),
            ('$', _) => (At::TextEnd, 1),
            ('\\', Some('A')) => (At::TextStart, 2),
            ('\\', Some('z')) => (At::TextEnd, 2),
            ('\\', Some('b')) => (At::WordBoundary, 2),
            ('\\', Some('B')) => (At::NotWordBoundary, 2),
            _ => return None,
        };
        self.reader.index += length;
        Some(place)
    }

    fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }

    fn folded(&self, set: Ranges) -> Ranges {
        if self.has('i') {
            set.without_case()
        } else {
            set
        }
    }

    fn group(&mut self) -> Result<Node, PatternError> {
        let start = self.reader.index;
        if self.depth == MAX_DEPTH {
            return Err(Reason::TooDeep.at(start));
        }
        let number = self.group_start()?;
        self.depth += 1;
        let body = self.choice()?;
        self.depth -= 1;
        if !self.reader.take(")") {
            return Err(Reason::UnclosedGroup.at(start));
        }
        Ok(Node::Group(Box::new(body), number))
    }

    /// Reads the start of a group; returns the number of its name.
    fn group_start(&mut self) -> Result<Option<usize>, PatternError> {
        let start = self.reader.index;
        if self.reader.take("(?P<") {
            return self.name().map(Some);
        }
        if !self.reader.take("(?:") {
            self.reader.read();
            if self.reader.peek(0) == Some('?') {
                return Err(Reason::BadGroup.at(start));
            }
        }
        Ok(None)
    }

    fn name(&mut self) -> Result<usize, PatternError> {
        let start = self.reader.index;
        match self.reader.read_until('>') {
            Some(name) if is_name(&name) && !self.names.contains(&name) => {
                self.names.push(name);
                Ok(self.names.len() - 1)
            }
            _ => Err(Reason::BadGroupName.at(start)),
        }
    }
}

/// Returns whether a text is a number without leading zeros.
fn is_count(digits: &str) -> bool {
    !digits.is_empty()
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
}

fn count(digits: &str) -> Result<usize, Reason> {
    let count = digits.parse().ok().filter(|count| *count <= MAX_COUNT);
    count.ok_or(Reason::RepetitionTooLarge)
}

fn is_name(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.bytes().all(inner) && !text.is_empty() && !text.as_bytes()[0].is_ascii_digit()
}
