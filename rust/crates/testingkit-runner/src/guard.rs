//! Converts a panic of a handler to a value, with its place and backtrace.
//!
//! Only the panic hook knows the place and the backtrace, and `catch_unwind` knows when the handler
//! has ended. A poll unwinds on the thread that polls, so a thread-local passes one to the other.

use std::{
    any::Any,
    backtrace::Backtrace,
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    pin::Pin,
    sync::Once,
    task::{Context, Poll},
};

use testingkit_proto::conformance::Panic;

use crate::backtrace::trim;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static SEEN: RefCell<Option<Seen>> = const { RefCell::new(None) };
}

/// A panic as the hook saw it. The backtrace is not resolved yet: that is expensive, and a handler
/// that catches its own panics does not need it.
struct Seen {
    text: String,
    backtrace: Backtrace,
}

/// Installs a panic hook that records the panics of guarded futures. The previous hook still gets
/// every other panic.
pub(crate) fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| match GUARDED.get() {
            true => note(info),
            false => previous(info),
        }));
    });
}

fn note(info: &PanicHookInfo<'_>) {
    let place = info
        .location()
        .map(|place| format!(" at {place}"))
        .unwrap_or_default();
    let text = one_line(&message(info.payload())) + &place;
    let seen = Seen {
        text,
        backtrace: Backtrace::force_capture(),
    };
    SEEN.with_borrow_mut(|slot| *slot = Some(seen));
}

fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        return (*text).to_owned();
    }
    match payload.downcast_ref::<String>() {
        Some(text) => text.clone(),
        None => "panic with a payload that is not text".to_owned(),
    }
}

/// Joins lines: `assert_eq!` writes three, and an observation has one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A future that returns its panic.
pub(crate) struct Guard<F>(F);

impl<F: Future + Unpin> Guard<F> {
    pub(crate) fn new(future: F) -> Self {
        Self(future)
    }
}

impl<F: Future + Unpin> Future for Guard<F> {
    type Output = Result<F::Output, Panic>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match caught(|| Pin::new(&mut self.0).poll(context)) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}

/// Returns the result of a function, or its panic.
pub(crate) fn caught<T>(function: impl FnOnce() -> T) -> Result<T, Panic> {
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(function));
    GUARDED.set(outer);
    let seen = SEEN.with_borrow_mut(Option::take);
    result.map_err(|payload| report(seen, &*payload))
}

/// Converts a panic. `resume_unwind` does not call the hook, so then only the payload is known.
fn report(seen: Option<Seen>, payload: &(dyn Any + Send)) -> Panic {
    match seen {
        Some(seen) => Panic {
            text: seen.text,
            backtrace: trim(&seen.backtrace.to_string()),
        },
        None => Panic {
            text: one_line(&message(payload)),
            backtrace: String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::panic;

    use futures_util::FutureExt as _;
    use testingkit_proto::conformance::Panic;

    use super::{Guard, install_hook};

    fn caught(future: impl Future<Output = ()>) -> Panic {
        install_hook();
        let outcome = Guard::new(Box::pin(future)).now_or_never();
        outcome.and_then(Result::err).unwrap_or_default()
    }

    #[test]
    fn the_text_of_a_panic_is_one_line_with_the_place() {
        let panic = caught(async { assert_eq!(1, 2, "numbers") });
        let expected = "assertion `left == right` failed: numbers left: 1 right: 2 at ";
        assert!(panic.text.starts_with(expected), "{}", panic.text);
        assert!(panic.text.contains("guard.rs:"), "{}", panic.text);
    }

    #[test]
    fn the_backtrace_begins_where_the_handler_panicked() {
        let panic = caught(async { the_culprit() });
        let first = panic.backtrace.lines().next().unwrap_or_default();
        assert!(first.contains("the_culprit"), "{}", panic.backtrace);
    }

    #[inline(never)]
    fn the_culprit() {
        panic!("on purpose");
    }

    #[test]
    fn a_panic_without_the_hook_has_the_text_of_its_payload() {
        let panic = caught(async { panic::resume_unwind(Box::new("passed on")) });
        assert_eq!(
            (panic.text.as_str(), panic.backtrace.as_str()),
            ("passed on", "")
        );
    }

    #[test]
    fn a_panic_that_the_handler_caught_is_not_reported_for_a_later_one() {
        let handled = Guard::new(Box::pin(async {
            drop(panic::catch_unwind(|| panic!("handled")))
        }));
        install_hook();
        assert_eq!(handled.now_or_never(), Some(Ok(())));
        let panic = caught(async { panic::resume_unwind(Box::new(7)) });
        assert_eq!(panic.text, "panic with a payload that is not text");
    }
}
