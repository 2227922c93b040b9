//! Runs the batches of one `Execute` stream.

use std::{
    mem,
    sync::Arc,
    time::{Duration, Instant},
};

use testingkit_proto::conformance::{Call, ExecuteRequest, Observation, observation::Kind};
use tokio::sync::mpsc;
use tonic::{Status, Streaming};

use crate::{
    dispatch::{Begun, Dispatch, Waiting, error},
    end::End,
    limits,
    replies::{Replies, Sender},
};

/// Groups of observations that may wait for the client to read them.
const QUEUE: usize = 64;

/// A slow batch gives what it has so far this often: should a later call take the process with it,
/// the earlier ones need not be run again.
const FLUSH_AFTER: Duration = Duration::from_millis(20);

/// The client is gone, and nobody waits for the rest.
struct Gone;

/// Starts to run what comes, and gives the stream of answers.
pub(crate) fn execute(
    dispatch: Arc<Dispatch>,
    requests: Streaming<ExecuteRequest>,
    end: End,
) -> Replies {
    let (sender, receiver) = mpsc::channel(QUEUE);
    tokio::spawn(read_batches(dispatch, requests, sender));
    Replies::new(receiver, end)
}

/// Returns when there are no more requests. The stream of answers then ends with the last waiting
/// call, because each of those holds a clone of the sender.
async fn read_batches(
    dispatch: Arc<Dispatch>,
    mut requests: Streaming<ExecuteRequest>,
    sender: Sender,
) {
    loop {
        let next = tokio::select! {
            // Also when the end is asked for: a half-read stream would hold up the graceful stop.
            () = sender.closed() => return,
            next = requests.message() => next,
        };
        let sent = match next {
            Ok(Some(batch)) => run_batch(&dispatch, batch.calls, &sender).await,
            Ok(None) => return,
            Err(status) => {
                // A client that is gone cannot be told.
                let _ = sender.send(Err(status)).await;
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

async fn run_batch(dispatch: &Dispatch, calls: Vec<Call>, sender: &Sender) -> Result<(), Gone> {
    let mut ready = Vec::with_capacity(calls.len());
    let mut flushed = Instant::now();
    for call in calls {
        let (id, started) = (call.id, Instant::now());
        match dispatch.begin(call) {
            Begun::Done(kind) => ready.push(observation(id, kind, started)),
            Begun::Waiting(waiting) => {
                drop(tokio::spawn(wait(id, waiting, started, sender.clone())))
            }
        }
        if flushed.elapsed() >= FLUSH_AFTER {
            flush(&mut ready, sender).await?;
            // The next call may block this thread, and the one that writes may be waiting for it.
            tokio::task::yield_now().await;
            flushed = Instant::now();
        }
    }
    flush(&mut ready, sender).await
}

async fn wait(id: u64, waiting: Waiting, started: Instant, sender: Sender) {
    tokio::select! {
        kind = waiting => {
            // A client that is gone cannot be told.
            let _ = sender.send(Ok(vec![observation(id, kind, started)])).await;
        }
        () = sender.closed() => {}
    }
}

async fn flush(ready: &mut Vec<Observation>, sender: &Sender) -> Result<(), Gone> {
    if ready.is_empty() {
        return match sender.is_closed() {
            true => Err(Gone),
            false => Ok(()),
        };
    }
    sender.send(Ok(mem::take(ready))).await.map_err(|_| Gone)
}

fn observation(call_id: u64, kind: Kind, started: Instant) -> Observation {
    let elapsed = started.elapsed().as_nanos();
    let elapsed_nanos = u64::try_from(elapsed).unwrap_or(u64::MAX);
    Observation {
        call_id,
        elapsed_nanos,
        kind: Some(fitting(kind)),
    }
}

/// An answer that no message can carry would break the stream, and every other call with it.
fn fitting(kind: Kind) -> Kind {
    match kind {
        Kind::Response(response) if response.len() > limits::ANSWER_BYTES => {
            let text = format!(
                "the response has {} bytes, and a runner can send {}",
                response.len(),
                limits::ANSWER_BYTES
            );
            error(&Status::resource_exhausted(text))
        }
        kind => kind,
    }
}
