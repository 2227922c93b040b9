//! Calls the subjects in process, without HTTP/2.

use std::{
    collections::HashMap,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures_util::future::{BoxFuture, FutureExt as _};
use http::Uri;
use testingkit_proto::conformance::{Call, Error, Panic, ProtocolError, observation::Kind};
use tokio::time::timeout_at;
use tonic::{Code, Status};

use crate::{
    error::ServeError,
    guard::{Guard, caught},
    methods::Descriptors,
    requests::Requests,
    subject::{Answer, Subject},
};

/// A started call that has not ended: it waits for something.
pub(crate) type Waiting = BoxFuture<'static, Kind>;

/// A call after its first poll.
pub(crate) enum FirstPoll {
    Done(Kind),
    Waiting(Waiting),
}

/// The declared methods, each with its subject.
pub(crate) struct Dispatch {
    methods: HashMap<String, (Uri, Arc<Subject>)>,
}

impl Dispatch {
    pub(crate) fn new(
        subjects: &[Arc<Subject>],
        descriptors: &Descriptors,
    ) -> Result<Self, ServeError> {
        let mut methods = HashMap::new();
        for subject in subjects {
            for method in descriptors.unary_methods(subject.name)? {
                let name = format!("{}/{method}", subject.name);
                // A name in descriptors that is not a valid path cannot be called.
                if let Ok(uri) = Uri::try_from(format!("/{name}")) {
                    methods.insert(name, (uri, Arc::clone(subject)));
                }
            }
        }
        Ok(Self { methods })
    }

    /// Returns every declared `package.Service/Method`, sorted.
    pub(crate) fn methods(&self) -> Vec<String> {
        let mut methods: Vec<String> = self.methods.keys().cloned().collect();
        methods.sort_unstable();
        methods
    }

    /// Runs a call until it waits or ends. Most handlers end, and a task for each call would cost
    /// more than the call. The deadline counts from `started`.
    pub(crate) fn start(
        &self,
        call: &Call,
        started: Instant,
        requests: &mut Requests,
    ) -> FirstPoll {
        let Some((uri, subject)) = self.methods.get(&call.method) else {
            let status = Status::unimplemented(format!("unknown method {}", call.method));
            return FirstPoll::Done(error(&status));
        };
        let timeout = (call.timeout_millis > 0).then(|| Duration::from_millis(call.timeout_millis));
        let request = match requests.request(uri, &call.request, timeout) {
            Ok(request) => request,
            Err(status) => return FirstPoll::Done(error(&status)),
        };
        let first_poll = caught(|| {
            let mut answer = subject.answer(request);
            match answer.poll_unpin(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answered) => Ok(answered),
                Poll::Pending => Err(answer),
            }
        });
        match first_poll {
            Ok(Ok(answered)) => FirstPoll::Done(kind(Ok(answered))),
            Ok(Err(answer)) => {
                let deadline = timeout.and_then(|timeout| started.checked_add(timeout));
                FirstPoll::Waiting(Box::pin(wait(answer, deadline)))
            }
            Err(panic) => FirstPoll::Done(Kind::Panic(panic)),
        }
    }
}

/// Waits for an answer until the deadline: tonic enforces deadlines in its transport, which
/// in-process calls do not use. A handler that never waits cannot be stopped, and its late answer
/// counts.
async fn wait(answer: Answer, deadline: Option<Instant>) -> Kind {
    let Some(deadline) = deadline else {
        return kind(Guard::new(answer).await);
    };
    // In the guard, because dropping a handler at its deadline can panic too.
    let answered = Guard::new(Box::pin(async {
        match timeout_at(deadline.into(), answer).await {
            Ok(answered) => answered,
            Err(_) => Err(Status::deadline_exceeded(
                "the deadline passed before the handler answered",
            )),
        }
    }));
    kind(answered.await)
}

fn kind(outcome: Result<Result<Bytes, Status>, Panic>) -> Kind {
    match outcome {
        Ok(Ok(response)) => Kind::Response(response),
        Ok(Err(status)) => not_delivered(&status).unwrap_or_else(|| error(&status)),
        Err(panic) => Kind::Panic(panic),
    }
}

/// Returns the observation of a call whose request or answer tonic or prost did not pass on, because
/// of a limit of the generated server or of prost. They report that with statuses that handlers use
/// too, and only their messages differ.
fn not_delivered(status: &Status) -> Option<Kind> {
    let message = status.message();
    let advice = match status.code() {
        Code::OutOfRange if message.starts_with("Error, decoded message length too large") => {
            "raise max_decoding_message_size of the generated server"
        }
        Code::OutOfRange if message.starts_with("Error, encoded message length too large") => {
            "raise max_encoding_message_size of the generated server"
        }
        Code::Internal if message.ends_with("recursion limit reached") => {
            return Some(undeliverable(
                "the request nests deeper than prost reads: recursion limit reached".to_owned(),
            ));
        }
        _ => return None,
    };
    Some(undeliverable(format!("{message}; {advice}")))
}

/// Returns the observation of a call whose request or answer exceeds a limit. It is never an answer
/// of the implementation.
pub(crate) fn undeliverable(text: String) -> Kind {
    Kind::ProtocolError(ProtocolError { text })
}

/// Converts a status to an observation.
pub(crate) fn error(status: &Status) -> Kind {
    Kind::Error(Error {
        code: i32::from(status.code()),
        message: status.message().to_owned(),
        details: Bytes::copy_from_slice(status.details()),
    })
}
