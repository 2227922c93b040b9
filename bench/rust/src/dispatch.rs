//! Measures the overhead of the SDK for a call: `Dispatch::start` against the same decoding,
//! handler and encoding.
//!
//! The SDK's way of calling a service is not public. Its modules are compiled into this program, so
//! that the SDK does not have to make them public and keep them stable.
#![allow(dead_code)] // Parts of the SDK that a call does not use.

include!("../generated/mod.rs");

#[path = "../../../rust/crates/testingkit-runner/src/address.rs"]
mod address;
#[path = "../../../rust/crates/testingkit-runner/src/backtrace.rs"]
mod backtrace;
#[path = "../../../rust/crates/testingkit-runner/src/dispatch.rs"]
mod dispatch;
#[path = "../../../rust/crates/testingkit-runner/src/error.rs"]
mod error;
#[path = "../../../rust/crates/testingkit-runner/src/guard.rs"]
mod guard;
#[path = "../../../rust/crates/testingkit-runner/src/methods.rs"]
mod methods;
#[path = "../../../rust/crates/testingkit-runner/src/reply.rs"]
mod reply;
#[path = "../../../rust/crates/testingkit-runner/src/requests.rs"]
mod requests;
#[path = "../../../rust/crates/testingkit-runner/src/subject.rs"]
mod subject;
mod work;

use std::{error::Error, sync::Arc, time::Instant};

use prost::Message as _;
use testingkit_proto::conformance::{Call, observation::Kind};

use acme::bench::v1::{WorkRequest, bench_service_server::BenchServiceServer};
use dispatch::{Dispatch, FirstPoll};
use requests::Requests;

const CALLS: u64 = 100_000;
const BATCH: usize = 256;
const METHOD: &str = "acme.bench.v1.BenchService/Work";

/// Prints the nanoseconds per call: without the SDK, with it, and with it and a deadline.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let plain = calls(0);
    let dispatch = {
        let set: &'static [u8] = include_bytes!("../generated/descriptors.bin");
        let subject = subject::Subject::new(BenchServiceServer::new(work::Bench));
        Dispatch::new(&[Arc::new(subject)], &methods::Descriptors::decode(&[set])?)?
    };
    guard::install_hook();
    let mut requests = Requests::new();
    // The first round fills the caches; the second one counts.
    for counted in [false, true] {
        let alone = per_call(&plain, |call| Ok(work::answer(&call.request)?.len()))?;
        let started = Instant::now(); // The deadlines are far away.
        let mut dispatched = |call: &Call| run(call, &dispatch, started, &mut requests);
        let without_deadline = per_call(&calls(0), &mut dispatched)?;
        let with_deadline = per_call(&calls(10_000), &mut dispatched)?;
        if counted {
            println!(
                r#"{{"plain": {alone}, "dispatch": {without_deadline}, "deadline": {with_deadline}}}"#
            );
        }
    }
    Ok(())
}

fn run(
    call: &Call,
    dispatch: &Dispatch,
    started: Instant,
    requests: &mut Requests,
) -> Result<usize, Box<dyn Error>> {
    match dispatch.start(call, started, requests) {
        FirstPoll::Done(Kind::Response(response)) => Ok(response.len()),
        _ => Err("a call was not answered".into()),
    }
}

/// Returns the median over batches, because other work of the machine delays only some of them.
fn per_call(
    calls: &[Call],
    mut run: impl FnMut(&Call) -> Result<usize, Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let mut nanos = Vec::new();
    for batch in calls.chunks(BATCH) {
        let mut answered = 0;
        let started = Instant::now();
        for call in batch {
            answered += run(call)?;
        }
        nanos.push(started.elapsed().as_nanos() as f64 / batch.len() as f64);
        // The compiler may leave out an answer that is not used.
        std::hint::black_box(answered);
    }
    nanos.sort_by(f64::total_cmp);
    Ok(nanos[nanos.len() / 2])
}

fn calls(timeout_millis: u64) -> Vec<Call> {
    (1..=CALLS)
        .map(|id| Call {
            id,
            method: METHOD.to_owned(),
            request: request(id).encode_to_vec().into(),
            timeout_millis,
        })
        .collect()
}

fn request(id: u64) -> WorkRequest {
    WorkRequest {
        name: format!("case_{id:07}"),
        number: id as i64,
        payload: vec![b'x'; 20],
        spin_nanos: 0,
    }
}
