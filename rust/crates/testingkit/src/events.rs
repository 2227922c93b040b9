//! The events module: a recorder of what happened, and its trace as text. The rules are in
//! `docs/kit/events.md`.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::render::canonical;
use crate::value::{ConversionError, ErrorCode, ToValue, Value, to_value};

/// One recorded event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its sequence number.
    pub seq: u64,
    /// Its kind.
    pub kind: String,
    /// Its fields, in order.
    pub fields: Vec<(String, Value)>,
}

/// Records events, from any number of threads, in one sequence.
#[derive(Debug, Default)]
pub struct Recorder {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    last_seq: u64,
    events: Vec<Event>,
}

impl Recorder {
    /// A recorder without events.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records an event and returns its sequence number.
    ///
    /// Values are converted now, so that what happens to them later does not show.
    ///
    /// # Errors
    /// `bad_argument` for a kind or field name that is none, or a name given twice; the code of the
    /// conversion for a value that does not convert.
    pub fn record(
        &self,
        kind: &str,
        fields: &[(&str, &dyn ToValue)],
    ) -> Result<u64, ConversionError> {
        demand_names(kind, fields)?;
        let fields = fields
            .iter()
            .map(|(name, native)| Ok(((*name).to_owned(), to_value(*native)?)))
            .collect::<Result<_, ConversionError>>()?;
        let mut state = self.lock();
        state.last_seq += 1;
        let seq = state.last_seq;
        let kind = kind.to_owned();
        state.events.push(Event { seq, kind, fields });
        Ok(seq)
    }

    /// Removes all events. Sequence numbers go on.
    pub fn clear(&self) {
        self.lock().events.clear();
    }

    /// The events that are there now, by sequence number.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.lock().events.clone()
    }

    /// The events as text, one line each.
    #[must_use]
    pub fn trace(&self) -> String {
        trace(&self.events())
    }

    /// Nothing that holds the lock leaves a half-made state behind, so a poisoned one is as good.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Events as text: one line each, ended by LF.
#[must_use]
pub fn trace(events: &[Event]) -> String {
    events.iter().map(trace_line).collect()
}

fn trace_line(event: &Event) -> String {
    let fields: Vec<_> = event
        .fields
        .iter()
        .map(|(name, value)| format!("{name}: {}", canonical(value)))
        .collect();
    format!("{} {}({})\n", event.seq, event.kind, fields.join(", "))
}

fn demand_names(kind: &str, fields: &[(&str, &dyn ToValue)]) -> Result<(), ConversionError> {
    let names: HashSet<&str> = fields.iter().map(|(name, _)| *name).collect();
    let well_formed = is_name(kind) && names.iter().all(|name| is_name(name));
    if well_formed && names.len() == fields.len() {
        Ok(())
    } else {
        Err(ConversionError::new(ErrorCode::BadArgument))
    }
}

/// Whether a name is `[a-z][a-z0-9_]*`, as are the kinds and fields of events and the names of checks.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
