//! The code points that are whitespace (`docs/kit/assertions.md`, whitespace).

/// Returns whether a code point is whitespace. This is a fixed list and not `char::is_whitespace`, so
/// that every language and Unicode version agrees on it.
pub(super) const fn is_whitespace(char: char) -> bool {
    matches!(
        char,
        '\u{9}'..='\u{D}'
            | '\u{20}'
            | '\u{85}'
            | '\u{A0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200A}'
            | '\u{2028}'..='\u{2029}'
            | '\u{202F}'
            | '\u{205F}'
            | '\u{3000}'
    )
}
