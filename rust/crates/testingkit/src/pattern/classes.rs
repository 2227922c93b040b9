//! Reads escapes and classes, which are sets of code points (`docs/kit/pattern.md`, classes).

use super::chars::Ranges;
use super::reader::Reader;
use super::refusal::{PatternError, Reason};

/// Reads an escape of a code point or of a set.
pub(super) fn read_escape(reader: &mut Reader) -> Result<Ranges, PatternError> {
    let start = reader.index;
    reader.read();
    let set = match reader.read() {
        Some('d') => Some(Ranges::digits()),
        Some('w') => Some(Ranges::word()),
        Some('s') => Some(Ranges::space()),
        Some('D') => Some(Ranges::digits().complement()),
        Some('W') => Some(Ranges::word().complement()),
        Some('S') => Some(Ranges::space().complement()),
        Some('t') => Some(Ranges::one('\t')),
        Some('n') => Some(Ranges::one('\n')),
        Some('v') => Some(Ranges::one('\x0B')),
        Some('f') => Some(Ranges::one('\x0C')),
        Some('r') => Some(Ranges::one('\r')),
        Some('x') => hexadecimal(reader),
        // Other engines read \< and \> as word boundaries.
        Some('<' | '>') => None,
        Some(point) if point.is_ascii_punctuation() => Some(Ranges::one(point)),
        _ => None,
    };
    set.ok_or(Reason::BadEscape.at(start))
}

/// Reads the two digits of a code point.
fn hexadecimal(reader: &mut Reader) -> Option<Ranges> {
    let high = reader.read()?.to_digit(16)?;
    let low = reader.read()?.to_digit(16)?;
    char::from_u32(16 * high + low).map(Ranges::one)
}

/// Reads a class; returns the set in it, and whether the class is all other code points.
pub(super) fn read_class(reader: &mut Reader) -> Result<(Ranges, bool), PatternError> {
    let start = reader.index;
    reader.read();
    let negated = reader.take("^");
    let first = reader.index;
    let mut items = Vec::new();
    while !reader.take("]") {
        if reader.peek(0).is_none() {
            return Err(Reason::UnclosedClass.at(start));
        }
        items.push(read_item(reader, first)?);
    }
    if items.is_empty() {
        return Err(Reason::EmptyClass.at(start));
    }
    Ok((Ranges::union(items), negated))
}

fn read_item(reader: &mut Reader, first: usize) -> Result<Ranges, PatternError> {
    let start = reader.index;
    if at_literal_dash(reader, first) {
        reader.read();
        return Ok(Ranges::one('-'));
    }
    let low = read_end(reader)?;
    if reader.peek(0) != Some('-') || matches!(reader.peek(1), Some(']') | None) {
        return Ok(low);
    }
    reader.read();
    let high = read_end(reader)?;
    match (low.only(), high.only()) {
        (Some(low), Some(high)) if low <= high => Ok(Ranges::range(low, high)),
        _ => Err(Reason::BadRange.at(start)),
    }
}

/// Returns whether a dash is next that is the first or the last item.
fn at_literal_dash(reader: &Reader, first: usize) -> bool {
    if reader.peek(0) != Some('-') {
        return false;
    }
    if reader.index == first {
        return reader.peek(1) != Some('-');
    }
    matches!(reader.peek(1), Some(']') | None)
}

/// Reads a set, or a code point that may be an end of a range.
fn read_end(reader: &mut Reader) -> Result<Ranges, PatternError> {
    let start = reader.index;
    match reader.peek(0) {
        Some('\\') => return read_escape(reader),
        Some('[' | '^' | '&' | '~' | '-') => return Err(Reason::BadClassCharacter.at(start)),
        _ => {}
    }
    let point = reader.read().ok_or(Reason::UnclosedClass.at(start))?;
    Ok(Ranges::one(point))
}
