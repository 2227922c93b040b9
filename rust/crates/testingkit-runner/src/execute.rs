//! Runs the batches of one `Execute` stream.

use std::{
    io, mem,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use testingkit_proto::conformance::{Call, ExecuteRequest, Observation, observation::Kind};
use tokio::{runtime::Handle, sync::mpsc};
use tonic::{Status, Streaming};

use crate::{
    dispatch::{Begun, Dispatch, Waiting, error},
    end::End,
    limits,
    replies::{Replies, Sender},
    requests::Requests,
};

/// Groups of observations that may wait for the client to read them.
const QUEUE: usize = 64;

/// Batches that are parsed while one runs.
const AHEAD: usize = 1;

/// A slow batch gives what it has so far this often: should a later call take the process with it,
/// the earlier ones need not be run again.
const FLUSH_AFTER: Duration = Duration::from_millis(20);

/// The client is gone, and nobody waits for the rest.
struct Gone;

/// What the client sent: the calls of a batch, or the status that its stream failed with.
type Batch = Result<Vec<Call>, Status>;

/// Starts to run what comes, and gives the stream of answers.
///
/// The calls have a thread of their own, which ends with the stream. On a thread of the runtime a
/// handler that does not wait would hold up what else is to be done there: the answers before it,
/// which nobody can take over from a thread that runs, and on one processor everything.
pub(crate) fn execute(
    dispatch: Arc<Dispatch>,
    requests: Streaming<ExecuteRequest>,
    end: End,
) -> io::Result<Replies> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let (batches, inbox) = mpsc::channel(AHEAD);
    let calls = Calls {
        dispatch,
        requests: Requests::new(),
        runtime: Handle::current(),
        sender: sender.clone(),
    };
    thread::Builder::new()
        .name("testingkit-calls".to_owned())
        .spawn(move || calls.run(inbox))?;
    tokio::spawn(async move {
        tokio::select! {
            () = read(requests, batches) => {}
            // Also when the end is asked for: a half-read stream would hold up the graceful stop.
            () = sender.closed() => {}
        }
    });
    Ok(Replies::new(receiver, end))
}

/// Returns when there are no more requests, or nobody who runs them.
async fn read(mut requests: Streaming<ExecuteRequest>, batches: mpsc::Sender<Batch>) {
    while let Some(batch) = requests.message().await.transpose() {
        let failed = batch.is_err();
        let sent = batches.send(batch.map(|batch| batch.calls)).await;
        if failed || sent.is_err() {
            return;
        }
    }
}

/// What runs the calls of one stream. The stream of answers ends with the last waiting call, because
/// each of those holds a clone of the sender.
struct Calls {
    dispatch: Arc<Dispatch>,
    requests: Requests,
    runtime: Handle,
    sender: Sender,
}

impl Calls {
    /// Returns when there are no more batches, or the client is gone.
    fn run(mut self, mut inbox: mpsc::Receiver<Batch>) {
        let runtime = self.runtime.clone();
        let _entered = runtime.enter(); // Handlers make timers and tasks.
        while let Some(batch) = inbox.blocking_recv() {
            let sent = match batch {
                Ok(calls) => self.run_batch(calls),
                Err(status) => self.sender.blocking_send(Err(status)).map_err(|_| Gone),
            };
            if sent.is_err() {
                return;
            }
        }
    }

    fn run_batch(&mut self, calls: Vec<Call>) -> Result<(), Gone> {
        let mut ready = Vec::with_capacity(calls.len());
        let mut now = Instant::now();
        let mut flushed = now;
        for call in calls {
            let (id, started) = (call.id, now);
            let begun = self.dispatch.begin(&call, started, &mut self.requests);
            // The end of a call is the start of the next: a look at the clock costs what a call does.
            now = Instant::now();
            match begun {
                Begun::Done(kind) => ready.push(observation(id, kind, now - started)),
                Begun::Waiting(waiting) => {
                    let answer = wait(id, waiting, started, self.sender.clone());
                    drop(self.runtime.spawn(answer));
                }
            }
            if now - flushed >= FLUSH_AFTER {
                self.flush(&mut ready)?;
                now = Instant::now();
                flushed = now;
            }
        }
        self.flush(&mut ready)
    }

    fn flush(&self, ready: &mut Vec<Observation>) -> Result<(), Gone> {
        if ready.is_empty() {
            return match self.sender.is_closed() {
                true => Err(Gone),
                false => Ok(()),
            };
        }
        let group = Ok(mem::take(ready));
        self.sender.blocking_send(group).map_err(|_| Gone)
    }
}

async fn wait(id: u64, waiting: Waiting, started: Instant, sender: Sender) {
    tokio::select! {
        kind = waiting => {
            // A client that is gone cannot be told.
            let _ = sender.send(Ok(vec![observation(id, kind, started.elapsed())])).await;
        }
        () = sender.closed() => {}
    }
}

fn observation(call_id: u64, kind: Kind, elapsed: Duration) -> Observation {
    let elapsed_nanos = u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX);
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
