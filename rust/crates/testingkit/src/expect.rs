//! Collects the failures of [`expect!`](crate::expect!), so that one test shows all of them.
//!
//! ```should_panic
//! use testingkit::expect;
//! use testingkit::prelude::*;
//!
//! expect::scope(|| {
//!     expect!("Ada", equal("Bob"));
//!     expect!(36, is_less_than(30));
//! });
//! ```
//!
//! The scope panics at its end, with both failures:
//!
//! ```text
//! 2 expectations failed
//!
//! 1) src/people.rs:5
//! equal(expected: "Bob") failed
//! ...
//! ```
//!
//! A function with the attribute `#[testingkit::test]` (feature `macros`) is a test with a scope. Scopes
//! can be nested; the innermost one collects. A scope belongs to its thread, so `expect!` in a thread that
//! the test starts panics at once, as it does outside of a scope.

use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::mem;
use std::pin::Pin;
use std::process::Termination;
use std::task::{Context, Poll};
use std::thread;

use crate::matching::{AssertionFailure, Check, check, stop};
use crate::value::ToValue;

thread_local! {
    /// The failures of the open scopes, the innermost one last.
    static SCOPES: RefCell<Vec<Vec<AssertionFailure>>> = const { RefCell::new(Vec::new()) };
}

/// Runs a function, and panics at its end if an [`expect!`](crate::expect!) in it failed.
///
/// If the function panics itself, the failures so far are printed to standard error.
///
/// # Panics
/// An `expect!` failed.
#[track_caller]
pub fn scope<R>(body: impl FnOnce() -> R) -> R {
    let scope = Scope::open(Vec::new());
    let returned = body();
    report(&scope.close());
    returned
}

/// Is [`scope`] for the body of a test. An error that the body returns is printed before the failures.
#[doc(hidden)]
#[track_caller]
pub fn test<R: Termination>(body: impl FnOnce() -> R) -> R {
    let scope = Scope::open(Vec::new());
    let returned = body();
    let failures = scope.close();
    if failures.is_empty() {
        return returned;
    }
    returned.report();
    fail(&failures);
}

/// Returns a future that collects while the given one runs, and panics at its end like [`scope`].
///
/// ```
/// # use std::pin::pin;
/// # use std::task::{Context, Waker};
/// use testingkit::expect;
/// use testingkit::prelude::*;
///
/// let test = expect::future(async {
///     expect!(1 + 1, equal(2));
/// });
/// # assert!(pin!(test).poll(&mut Context::from_waker(Waker::noop())).is_ready());
/// ```
pub fn future<F: Future>(future: F) -> Collecting<F> {
    Collecting {
        future: Box::pin(future),
        failures: Vec::new(),
    }
}

/// The body of [`expect!`](crate::expect!).
///
/// # Panics
/// The assertion does not pass, and there is no scope.
#[doc(hidden)]
#[inline]
#[track_caller]
pub fn expect<T: ToValue + ?Sized>(
    actual: &T,
    matcher: &impl Check,
    note: Option<fmt::Arguments<'_>>,
) {
    if let Err(failure) = check(actual, matcher, note) {
        collect(failure);
    }
}

#[cold]
#[track_caller]
fn collect(failure: AssertionFailure) {
    let rejected = SCOPES.with_borrow_mut(|scopes| match scopes.last_mut() {
        Some(failures) => {
            failures.push(failure);
            None
        }
        None => Some(failure),
    });
    if let Some(failure) = rejected {
        stop(&failure);
    }
}

/// An open scope of this thread.
struct Scope;

impl Scope {
    fn open(failures: Vec<AssertionFailure>) -> Self {
        SCOPES.with_borrow_mut(|scopes| scopes.push(failures));
        Self
    }

    /// Ends the scope and returns what it collected.
    fn close(self) -> Vec<AssertionFailure> {
        SCOPES.with_borrow_mut(|scopes| scopes.last_mut().map(mem::take).unwrap_or_default())
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        let failures = SCOPES.with_borrow_mut(Vec::pop).unwrap_or_default();
        print(&failures);
    }
}

/// A future that collects failures while it runs. [`future`] returns it.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Collecting<F> {
    future: Pin<Box<F>>,
    failures: Vec<AssertionFailure>,
}

impl<F: Future> Future for Collecting<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.get_mut();
        let scope = Scope::open(mem::take(&mut this.failures));
        let polled = this.future.as_mut().poll(context);
        let failures = scope.close();
        if polled.is_ready() {
            report(&failures);
        } else {
            this.failures = failures;
        }
        polled
    }
}

/// A future that is dropped before its end, such as one with a timeout, reports what it collected.
impl<F> Drop for Collecting<F> {
    fn drop(&mut self) {
        if thread::panicking() {
            print(&self.failures);
        } else {
            report(&self.failures);
        }
    }
}

impl<F> fmt::Debug for Collecting<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Collecting");
        shown
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}

#[track_caller]
fn report(failures: &[AssertionFailure]) {
    if !failures.is_empty() {
        fail(failures);
    }
}

#[cold]
#[track_caller]
fn fail(failures: &[AssertionFailure]) -> ! {
    panic!("{}", text(failures, ""));
}

#[expect(
    clippy::print_stderr,
    reason = "a panic is on its way, so it cannot carry the failures"
)]
fn print(failures: &[AssertionFailure]) {
    if !failures.is_empty() {
        eprintln!("{}", text(failures, ", then the test panicked"));
    }
}

/// Returns the failures with their numbers and places.
fn text(failures: &[AssertionFailure], then: &str) -> String {
    let mut text = match failures.len() {
        1 => format!("1 expectation failed{then}"),
        count => format!("{count} expectations failed{then}"),
    };
    for (place, failure) in failures.iter().enumerate() {
        // Writing to a text cannot fail.
        let _ = write!(text, "\n\n{}) {failure:?}", place + 1);
    }
    text
}

#[cfg(test)]
mod tests;
