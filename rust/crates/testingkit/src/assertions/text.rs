//! The text of a verdict (`docs/kit/assertions.md`, text of a verdict).

use std::fmt;

use super::model::{Argument, MAX_LEVELS};
use super::{Assertion, Status, Verdict, catalog};
use crate::events::is_name;
use crate::render::truncated;
use crate::value::Value;

/// Most code points that are shown of one value.
pub const MAX_VALUE_POINTS: usize = 1_000;
/// Number of code points over which a text is cut off.
pub const MAX_TEXT_POINTS: usize = 8_000;

const BARE_DETAILS: [&str; 4] = ["path", "place", "left_code_point", "right_code_point"];
/// The details that have failure texts, whose lines are shown.
const BLOCK_DETAILS: [&str; 2] = ["failure", "failures"];

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (assertion, actual) = (&self.assertion, &self.actual);
        match &self.status {
            Status::Pass => Ok(()),
            Status::Fail { details, diff } => {
                f.write_str(&failure_text(assertion, actual, details, diff))
            }
            Status::Error(code) => {
                let ending = format!("error: {code}");
                f.write_str(&text(assertion, actual, &ending, &[], ""))
            }
        }
    }
}

impl Assertion {
    /// Returns the assertion with its arguments, as the text of a failure begins.
    pub(crate) fn call_text(&self) -> String {
        call(self, 1)
    }
}

/// Returns the text of a verdict FAIL.
pub(super) fn failure_text(
    assertion: &Assertion,
    actual: &Value,
    details: &[(&str, Value)],
    diff: &str,
) -> String {
    text(assertion, actual, "failed", details, diff)
}

fn text(
    assertion: &Assertion,
    actual: &Value,
    ending: &str,
    details: &[(&str, Value)],
    diff: &str,
) -> String {
    let mut lines = vec![
        format!("{} {ending}", call(assertion, 1)),
        format!("  actual: {}", shown(actual)),
    ];
    for (name, detail) in details {
        if BLOCK_DETAILS.contains(name) {
            lines.push(format!("  {name}:"));
            lines.extend(texts_in(detail).flat_map(indented));
        } else {
            lines.push(format!("  {name}: {}", shown_detail(name, detail)));
        }
    }
    if !diff.is_empty() {
        lines.push("  diff:".to_owned());
        lines.extend(indented(diff.strip_suffix('\n').unwrap_or(diff)));
    }
    if !assertion.note.is_empty() {
        let note = assertion.note.replace('\n', "\n    ");
        lines.push(format!("  note: {note}"));
    }
    cut_lines(&lines.join("\n"))
}

/// Returns the failure texts in a detail.
fn texts_in(detail: &Value) -> impl Iterator<Item = &str> {
    let texts = match detail {
        Value::List(items) => items,
        _ => std::slice::from_ref(detail),
    };
    texts.iter().filter_map(|text| match text {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    })
}

fn indented(text: &str) -> impl Iterator<Item = String> {
    text.split('\n').map(|line| format!("    {line}"))
}

/// Returns an assertion, which is on a level, in the form of a call.
fn call(assertion: &Assertion, level: usize) -> String {
    if level > MAX_LEVELS {
        return "…".to_owned();
    }
    let mut arguments: Vec<_> = assertion.arguments.iter().collect();
    let entry = catalog::find(&assertion.name);
    // A stable sort: unknown arguments come last, in the order in which they were given.
    arguments.sort_by_key(|(name, _)| {
        let place = entry.and_then(|entry| entry.arguments().position(|known| known == name));
        place.unwrap_or(usize::MAX)
    });
    let arguments: Vec<_> = arguments
        .into_iter()
        .map(|(name, argument)| {
            let shown = shown_argument(argument, level + 1);
            format!("{}: {shown}", shown_name(name))
        })
        .collect();
    format!("{}({})", shown_name(&assertion.name), arguments.join(", "))
}

/// Returns the text of an argument whose assertions are on a level.
fn shown_argument(argument: &Argument, level: usize) -> String {
    match argument {
        Argument::Value(value) => shown(value),
        Argument::Check(assertion) => cut(&call(assertion, level)),
        Argument::Checks(assertions) => {
            let calls = assertions.iter().map(|assertion| call(assertion, level));
            cut(&format!("[{}]", calls.collect::<Vec<_>>().join(", ")))
        }
    }
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
