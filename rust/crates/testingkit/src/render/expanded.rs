//! Expanded text: one element per line (`docs/kit/render.md`, expanded text).

use super::canonical::{canonical, message_opening, record_opening};
use super::names::field_name;
use crate::value::depth::require_depth;
use crate::value::{Outcome, Record, Value, escape};

const INDENT: &str = "  ";

/// Returns the value with one element per line. Every line ends in LF.
///
/// # Panics
/// If the value does not pass [`Value::check_depth`].
#[must_use]
pub fn expanded(value: &Value) -> String {
    require_depth(&[value]);
    let mut lines = Lines {
        text: String::new(),
    };
    lines.expand(0, "", value, "");
    lines.text
}

struct Lines {
    text: String,
}

impl Lines {
    /// Adds the lines of a value, with a prefix on its first line and a suffix on its last.
    fn expand(&mut self, depth: usize, before: &str, value: &Value, after: &str) {
        match value {
            Value::Outcome(Outcome::Returned(inner)) => {
                self.expand(
                    depth,
                    &format!("{before}returned("),
                    inner,
                    &format!("){after}"),
                );
            }
            Value::Text(text) if text.contains('\n') => {
                self.push(depth, &[before, "\"\"\""]);
                text.split('\n')
                    .for_each(|line| self.push(depth + 1, &[&escape(line)]));
                self.push(depth, &["\"\"\"", after]);
            }
            _ => match Parts::of(value) {
                Some(parts) => {
                    self.push(depth, &[before, &parts.opening]);
                    for (name, part) in parts.parts {
                        self.expand(depth + 1, &name, part, "");
                    }
                    self.push(depth, &[parts.closing, after]);
                }
                None => self.push(depth, &[before, &canonical(value), after]),
            },
        }
    }

    fn push(&mut self, depth: usize, pieces: &[&str]) {
        self.text.push_str(&INDENT.repeat(depth));
        pieces.iter().for_each(|piece| self.text.push_str(piece));
        self.text.push('\n');
    }
}

/// The parts of a container that is not empty, each with its prefix.
struct Parts<'a> {
    opening: String,
    parts: Vec<(String, &'a Value)>,
    closing: &'static str,
}

impl<'a> Parts<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        let (opening, parts, closing) = match value {
            Value::List(items) => ("[".to_owned(), unnamed(items), "]"),
            Value::Set(set) => ("set{".to_owned(), unnamed(set.items()), "}"),
            Value::Map(map) => {
                let named =
                    |(key, item): &'a (Value, Value)| (format!("{}: ", canonical(key)), item);
                ("{".to_owned(), map.into_iter().map(named).collect(), "}")
            }
            Value::Record(record) => (record_opening(record), named(record), "}"),
            Value::Message(message) => (message_opening(message), named(message.record()), "}"),
            _ => return None,
        };
        (!parts.is_empty()).then_some(Self {
            opening,
            parts,
            closing,
        })
    }
}

fn named(record: &Record) -> Vec<(String, &Value)> {
    let fields = record.into_iter();
    fields
        .map(|(name, item)| (format!("{}: ", field_name(name)), item))
        .collect()
}

fn unnamed(items: &[Value]) -> Vec<(String, &Value)> {
    items.iter().map(|item| (String::new(), item)).collect()
}
