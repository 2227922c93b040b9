//! The text of a verdict (`docs/kit/assertions.md`, text of a verdict).

use std::fmt;

use super::{Assertion, Status, Verdict, catalog};
use crate::events::is_name;
use crate::render::truncated;
use crate::value::Value;

/// Most code points that are shown of one value.
pub const MAX_VALUE_POINTS: usize = 1_000;
/// Number of code points over which a text is cut off.
pub const MAX_TEXT_POINTS: usize = 8_000;

const BARE_DETAILS: [&str; 4] = ["path", "place", "left_code_point", "right_code_point"];

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.status {
            Status::Pass => Ok(()),
            Status::Fail { details, diff } => f.write_str(&self.lines("failed", details, diff)),
            Status::Error(code) => f.write_str(&self.lines(&format!("error: {code}"), &[], "")),
        }
    }
}

impl Verdict {
    fn lines(&self, ending: &str, details: &[(&str, Value)], diff: &str) -> String {
        let mut lines = vec![
            format!("{} {ending}", call(&self.assertion)),
            format!("  actual: {}", shown(&self.actual)),
        ];
        for (name, detail) in details {
            lines.push(format!("  {name}: {}", shown_detail(name, detail)));
        }
        if !diff.is_empty() {
            lines.push("  diff:".to_owned());
            let diff = diff.split_terminator('\n');
            lines.extend(diff.map(|line| format!("    {line}")));
        }
        if !self.assertion.note.is_empty() {
            let note = self.assertion.note.replace('\n', "\n    ");
            lines.push(format!("  note: {note}"));
        }
        cut_lines(&lines.join("\n"))
    }
}

fn call(assertion: &Assertion) -> String {
    let mut arguments: Vec<_> = assertion.arguments.iter().collect();
    let entry = catalog::find(&assertion.name);
    // A stable sort: unknown arguments come last, in the order in which they were given.
    arguments.sort_by_key(|(name, _)| {
        let place = entry.and_then(|entry| entry.arguments().position(|known| known == name));
        place.unwrap_or(usize::MAX)
    });
    let arguments: Vec<_> = arguments
        .into_iter()
        .map(|(name, value)| format!("{}: {}", shown_name(name), shown(value)))
        .collect();
    format!("{}({})", shown_name(&assertion.name), arguments.join(", "))
}

fn shown_name(name: &str) -> String {
    if is_name(name) {
        name.to_owned()
    } else {
        shown(&Value::from(name))
    }
}

fn shown_detail(name: &str, detail: &Value) -> String {
    match detail {
        Value::Text(text) if BARE_DETAILS.contains(&name) => cut(text),
        _ => shown(detail),
    }
}

fn shown(value: &Value) -> String {
    cut(&truncated(value))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_VALUE_POINTS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…+{}", &text[..end], text[end..].chars().count()),
    }
}

/// Cuts a text that is too long off at a line. The first line stays.
fn cut_lines(whole: &str) -> String {
    if whole.chars().count() <= MAX_TEXT_POINTS {
        return whole.to_owned();
    }
    let lines: Vec<&str> = whole.split('\n').collect();
    let mut used = 0;
    let fitting = lines
        .iter()
        .take_while(|line| {
            used += line.chars().count() + 1;
            used <= MAX_TEXT_POINTS
        })
        .count()
        .max(1);
    let left_out = format!("… {} more lines", lines.len() - fitting);
    [&lines[..fitting], &[left_out.as_str()]]
        .concat()
        .join("\n")
}
