//! Text in quotes, the same bytes in every language (`docs/kit/render.md`, text).

use std::fmt::Write as _;

/// Code points that do not show, or that change how their neighbours show. This is data and not a
/// Unicode property, so that it is the same whatever Unicode version the language has.
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

/// The text with quotes, backslashes and invisible code points escaped.
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

/// The text in double quotes.
#[must_use]
pub fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Whether a name is an ASCII letter or `_`, then ASCII letters, digits or `_`.
#[must_use]
pub fn is_identifier(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().all(is_word)
        && name
            .bytes()
            .next()
            .is_some_and(|first| !first.is_ascii_digit())
}

/// A field or a text key in a path: `.name`, or `["any text"]` where it is no identifier.
#[must_use]
pub fn path_segment(name: &str) -> String {
    if is_identifier(name) {
        format!(".{name}")
    } else {
        format!("[{}]", quote(name))
    }
}

fn is_invisible(char: char) -> bool {
    let code = u32::from(char);
    INVISIBLE
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&code))
}
