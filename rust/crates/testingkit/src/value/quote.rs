//! Text in quotes, the same bytes in every language (`docs/kit/render.md`, text).

use std::fmt::Write as _;

/// Code points that are invisible or change how their neighbours are shown. They are listed here
/// and not derived from a Unicode property, so that every language and Unicode version agrees on
/// them.
pub const INVISIBLE: [(u32, u32); 13] = [
    (0x0000, 0x001F),
    (0x007F, 0x00A0),
    (0x00AD, 0x00AD),
    (0x061C, 0x061C),
    (0x1680, 0x1680),
    (0x180E, 0x180E),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
];

/// Returns the text with quotes, backslashes and invisible code points escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            hidden if is_invisible(hidden) => {
                // Writing to a `String` cannot fail.
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(hidden));
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}

/// Returns the text in double quotes, escaped.
#[must_use]
pub fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Returns whether a name matches `[A-Za-z_][A-Za-z0-9_]*`.
#[must_use]
pub fn is_identifier(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().all(is_word)
        && name
            .bytes()
            .next()
            .is_some_and(|first| !first.is_ascii_digit())
}

/// Returns the path segment of a field or a text key: `.name`, or `["any text"]` if it is not an
/// identifier.
#[must_use]
pub fn path_segment(name: &str) -> String {
    if is_identifier(name) {
        format!(".{name}")
    } else {
        format!("[{}]", quote(name))
    }
}

/// Returns whether a code point is in the list of those that are invisible.
#[must_use]
pub fn is_invisible(char: char) -> bool {
    let code = u32::from(char);
    INVISIBLE
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&code))
}
