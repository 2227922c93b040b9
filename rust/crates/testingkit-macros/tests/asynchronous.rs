//! Tests of `#[testingkit::test]` on `async` functions.

use testingkit::prelude::*;

#[testingkit::test]
#[tokio::test]
async fn a_test_passes() {
    expect!(1, equal(1));
    tokio::task::yield_now().await;
    expect!(2, equal(2));
}

#[testingkit::test]
#[tokio::test]
#[should_panic(expected = "2 expectations failed")]
async fn a_test_collects_over_its_polls() {
    expect!(1, equal(2));
    tokio::task::yield_now().await;
    expect!(1, equal(3));
}

#[testingkit::test]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[should_panic(expected = "1 expectation failed")]
async fn a_test_collects_on_every_thread_of_the_runtime() {
    tokio::task::yield_now().await;
    expect!(1, equal(2));
}

#[tokio::test]
#[testingkit::test]
#[should_panic(expected = "1 expectation failed")]
async fn the_other_order_works_as_well() {
    tokio::task::yield_now().await;
    expect!(1, equal(2));
}

#[testingkit::test]
#[tokio::test]
async fn a_test_can_return_a_result() -> Result<(), testingkit::matching::AssertionFailure> {
    check!(1, equal(1))
}
