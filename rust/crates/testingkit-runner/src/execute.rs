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
    dispatch::{Dispatch, FirstPoll, Waiting, undeliverable},
    limits,
    replies::{Replies, Sender},
    requests::Requests,
    shutdown::Shutdown,
};

/// Groups of observations that may wait for the client to read them.
const QUEUE: usize = 64;

/// Batches that are parsed while another one runs.
const AHEAD: usize = 1;

/// How often a slow batch sends the answers it has. If a later call crashes the process, the
/// earlier calls need not be run again.
const FLUSH_AFTER: Duration = Duration::from_millis(20);

/// The client has disconnected, so no answers are needed any more.
struct Disconnected;

/// The calls of a batch, or the status with which the request stream failed.
type Batch = Result<Vec<Call>, Status>;

/// Starts running the batches of a stream, and returns the stream of answers.
///
/// The calls have a thread of their own, which ends with the stream. On a thread of the runtime, a
/// handler that does not wait would block the tasks of that thread: the answers before it, which no
/// other thread can take over, and on one processor all tasks.
pub(crate) fn execute(
    dispatch: Arc<Dispatch>,
    requests: Streaming<ExecuteRequest>,
    shutdown: Shutdown,
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
        .stack_size(limits::STACK_BYTES)
        .spawn(move || calls.run(inbox))?;
    tokio::spawn(async move {
        tokio::select! {
            () = read(requests, batches) => {}
            // Also at a shutdown: a half-read stream would delay it.
            () = sender.closed() => {}
        }
    });
    Ok(Replies::new(receiver, shutdown))
}

/// Forwards batches. Returns when there are no more requests, or when they are no longer run.
async fn read(mut requests: Streaming<ExecuteRequest>, batches: mpsc::Sender<Batch>) {
    while let Some(batch) = requests.message().await.transpose() {
        let failed = batch.is_err();
        let sent = batches.send(batch.map(|batch| batch.calls)).await;
        if failed || sent.is_err() {
            return;
        }
    }
}

/// Runs the calls of one stream. Each waiting call holds a clone of the sender, so the stream of
/// answers ends with the last of them.
struct Calls {
    dispatch: Arc<Dispatch>,
    requests: Requests,
    runtime: Handle,
    sender: Sender,
}

impl Calls {
    /// Runs batches until there are no more, or the client disconnects.
    fn run(mut self, mut inbox: mpsc::Receiver<Batch>) {
        let runtime = self.runtime.clone();
        let _entered = runtime.enter(); // Handlers need it for timers and tasks.
        while let Some(batch) = inbox.blocking_recv() {
            let sent = match batch {
                Ok(calls) => self.run_batch(calls),
                Err(status) => self
                    .sender
                    .blocking_send(Err(status))
                    .map_err(|_| Disconnected),
            };
            if sent.is_err() {
                return;
            }
        }
    }

    fn run_batch(&mut self, calls: Vec<Call>) -> Result<(), Disconnected> {
        let mut ready = Vec::with_capacity(calls.len());
        let mut now = Instant::now();
        let mut flushed = now;
        for call in calls {
            let (id, started) = (call.id, now);
            let first_poll = self.dispatch.start(&call, started, &mut self.requests);
            // The end of a call is the start of the next: reading the clock costs as much as a
            // call.
            now = Instant::now();
            match first_poll {
                FirstPoll::Done(kind) => ready.push(observation(id, kind, now - started)),
                FirstPoll::Waiting(waiting) => {
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

    fn flush(&self, ready: &mut Vec<Observation>) -> Result<(), Disconnected> {
        if ready.is_empty() {
            return match self.sender.is_closed() {
                true => Err(Disconnected),
                false => Ok(()),
            };
        }
        let group = Ok(mem::take(ready));
        self.sender.blocking_send(group).map_err(|_| Disconnected)
    }
}

async fn wait(id: u64, waiting: Waiting, started: Instant, sender: Sender) {
    tokio::select! {
        kind = waiting => {
            // Fails only if the client has disconnected.
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
        kind: Some(within_limits(kind)),
    }
}

/// Replaces an answer that is too large for a message. Sending it would break the stream, and with it
/// every other call.
fn within_limits(kind: Kind) -> Kind {
    let (name, size) = match &kind {
        Kind::Response(response) => ("response", response.len()),
        Kind::Error(error) => ("error", error.message.len() + error.details.len()),
        Kind::Panic(panic) => ("panic", panic.text.len() + panic.backtrace.len()),
        _ => return kind,
    };
    if size <= limits::ANSWER_BYTES {
        return kind;
    }
    undeliverable(format!(
        "the {name} has {size} bytes; the limit is {}",
        limits::ANSWER_BYTES
    ))
}
