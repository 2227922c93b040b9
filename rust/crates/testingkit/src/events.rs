//! Records events and shows them as a trace. The rules are in `docs/kit/events.md`.
//!
//! ```
//! use testingkit::events::Recorder;
//! use testingkit::value::ConversionError;
//!
//! let recorder = Recorder::new();
//! recorder.record("open", &[("path", &"a.txt"), ("mode", &0o600)])?;
//! recorder.record("close", &[])?;
//! assert_eq!(recorder.trace(), "1 open(path: \"a.txt\", mode: 384)\n2 close()\n");
//! # Ok::<_, ConversionError>(())
//! ```

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::render::canonical;
use crate::value::{ConversionError, ErrorCode, ToValue, Value, to_value};

/// A recorded event.
///
/// [`Display`](fmt::Display) writes its line of the trace, without the LF.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// Sequence number, from 1.
    pub seq: u64,
    /// Kind of the event, such as `call`.
    pub kind: String,
    /// Names and values of the fields, in the order in which they were given.
    pub fields: Vec<(String, Value)>,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<_> = self
            .fields
            .iter()
            .map(|(name, value)| format!("{name}: {}", canonical(value)))
            .collect();
        write!(f, "{} {}({})", self.seq, self.kind, fields.join(", "))
    }
}

/// Records the events of any number of threads in one sequence.
#[derive(Debug, Default)]
pub struct Recorder {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    last_seq: u64,
    /// Shared, so that taking them under the lock copies no event.
    events: Vec<Arc<Event>>,
}

impl Recorder {
    /// Returns a recorder without events.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records an event and returns its sequence number.
    ///
    /// The values are converted immediately, so later changes of them do not show.
    ///
    /// # Errors
    /// `bad_argument` if the kind or a field name does not match `[a-z][a-z0-9_]*` or a name is
    /// given twice; the error of the conversion if a value does not convert.
    pub fn record(
        &self,
        kind: &str,
        fields: &[(&str, &dyn ToValue)],
    ) -> Result<u64, ConversionError> {
        require_names(kind, fields)?;
        let fields = fields
            .iter()
            .map(|(name, native)| Ok(((*name).to_owned(), to_value(*native)?)))
            .collect::<Result<_, ConversionError>>()?;
        let kind = kind.to_owned();
        let mut state = self.lock();
        state.last_seq += 1;
        let seq = state.last_seq;
        state.events.push(Arc::new(Event { seq, kind, fields }));
        Ok(seq)
    }

    /// Removes all events. The sequence numbers continue.
    pub fn clear(&self) {
        let cleared = mem::take(&mut self.lock().events);
        drop(cleared);
    }

    /// Returns the events in the order of their sequence numbers.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let events = self.shared();
        events.iter().map(|event| Event::clone(event)).collect()
    }

    /// Returns the events as text, one line each, as [`trace`] does.
    #[must_use]
    pub fn trace(&self) -> String {
        lines(self.shared().iter().map(|event| &**event))
    }

    fn shared(&self) -> Vec<Arc<Event>> {
        self.lock().events.clone()
    }

    /// Locks the state. A poisoned lock is usable: no thread leaves the state inconsistent.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns events as text: one line each, ended by LF.
#[must_use]
pub fn trace(events: &[Event]) -> String {
    lines(events.iter())
}

fn lines<'a>(events: impl Iterator<Item = &'a Event>) -> String {
    events.map(|event| format!("{event}\n")).collect()
}

fn require_names(kind: &str, fields: &[(&str, &dyn ToValue)]) -> Result<(), ConversionError> {
    let names: HashSet<&str> = fields.iter().map(|(name, _)| *name).collect();
    let well_formed = is_name(kind) && names.iter().all(|name| is_name(name));
    if well_formed && names.len() == fields.len() {
        Ok(())
    } else {
        Err(ConversionError::new(ErrorCode::BadArgument))
    }
}

/// Returns whether a name matches `[a-z][a-z0-9_]*`, the form of event kinds, field names and names
/// of assertions.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
