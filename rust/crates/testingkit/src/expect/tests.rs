//! Tests of scopes.

use std::panic::{UnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::expect;
use crate::prelude::*;

fn panic_text(run: impl FnOnce() + UnwindSafe) -> String {
    let payload = catch_unwind(run).err();
    let text = payload.and_then(|payload| payload.downcast::<String>().ok());
    text.map(|text| *text).unwrap_or_default()
}

#[test]
fn a_scope_fails_at_its_end_with_all_failures() {
    let line = line!();
    let text = panic_text(|| {
        expect::scope(|| {
            expect!(1, equal(2));
            expect!(2, equal(2));
            expect!(3, is_even(), "number {}", 3);
        });
    });
    let (first, second) = (line + 3, line + 5);
    assert_eq!(
        text,
        format!(
            "2 expectations failed\n\n\
             1) {file}:{first}\nequal(expected: 2) failed\n  actual: 1\n\n\
             2) {file}:{second}\nis_even() failed\n  actual: 3\n  note: number 3",
            file = file!()
        )
    );
}

#[test]
fn a_scope_returns_what_its_function_returns() {
    assert_eq!(expect::scope(|| 7), 7);
}

#[test]
fn an_expectation_outside_of_a_scope_fails_at_once() {
    let text = panic_text(|| expect!(1, is_even()));
    assert_eq!(text, "is_even() failed\n  actual: 1");
}

#[test]
fn the_innermost_scope_collects() {
    let text = panic_text(|| {
        expect::scope(|| {
            expect!(1, is_even());
            let inner = panic_text(|| {
                expect::scope(|| {
                    expect!(3, is_even());
                    expect!(5, is_even());
                });
            });
            assert!(inner.starts_with("2 expectations failed"), "{inner}");
        });
    });
    assert!(text.starts_with("1 expectation failed\n"), "{text}");
}

#[test]
fn a_panic_in_a_scope_stays_and_closes_the_scope() {
    let text = panic_text(|| {
        expect::scope(|| {
            expect!(1, is_even());
            require!(2, equal(3));
        });
    });
    assert!(text.starts_with("equal(expected: 3) failed"), "{text}");
    let text = panic_text(|| expect!(1, is_even()));
    assert_eq!(text, "is_even() failed\n  actual: 1");
}

#[test]
fn another_thread_is_not_in_the_scope() {
    expect::scope(|| {
        let ended = std::thread::spawn(|| expect!(1, is_even())).join();
        assert!(ended.is_err(), "the thread panics");
    });
}

/// Is pending once.
struct Later(bool);

impl Future for Later {
    type Output = ();

    fn poll(mut self: std::pin::Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

#[test]
fn a_future_collects_over_its_polls_and_nothing_between_them() {
    let mut context = Context::from_waker(Waker::noop());
    let text = panic_text(|| {
        let mut context = Context::from_waker(Waker::noop());
        let mut test = pin!(expect::future(async {
            expect!(1, is_even());
            Later(false).await;
            expect!(3, is_even());
        }));
        assert!(test.as_mut().poll(&mut context).is_pending());
        let between = panic_text(|| expect!(5, is_even()));
        assert_eq!(between, "is_even() failed\n  actual: 5");
        let _ = test.as_mut().poll(&mut context);
    });
    assert!(text.starts_with("2 expectations failed\n"), "{text}");
    let passes = pin!(expect::future(async { 7 }));
    assert_eq!(passes.poll(&mut context), Poll::Ready(7));
}

#[test]
fn a_future_that_is_dropped_reports_its_failures() {
    let text = panic_text(|| {
        let mut test = Box::pin(expect::future(async {
            expect!(1, is_even());
            Later(false).await;
        }));
        let mut context = Context::from_waker(Waker::noop());
        assert!(test.as_mut().poll(&mut context).is_pending());
    });
    assert!(text.starts_with("1 expectation failed\n"), "{text}");
}
