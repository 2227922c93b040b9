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
use testingkit_proto::conformance::{Call, Error, Panic, observation::Kind};
use tokio::time::timeout_at;
use tonic::Status;

use crate::{
    error::ServeError,
    guard::{Guard, caught},
    methods::Descriptors,
    requests::Requests,
    subject::{Answer, Subject},
};

/// A call that waits for something.
pub(crate) type Waiting = BoxFuture<'static, Kind>;

/// What became of a call that was begun.
pub(crate) enum Begun {
    Done(Kind),
    Waiting(Waiting),
}

/// The declared methods, each with the subject that has it.
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
                // A name in descriptors that is no path is one that nobody can call.
                if let Ok(uri) = Uri::try_from(format!("/{name}")) {
                    methods.insert(name, (uri, Arc::clone(subject)));
                }
            }
        }
        Ok(Self { methods })
    }

    /// Every declared `package.Service/Method`, sorted.
    pub(crate) fn methods(&self) -> Vec<String> {
        let mut methods: Vec<String> = self.methods.keys().cloned().collect();
        methods.sort_unstable();
        methods
    }

    /// Runs a call as far as it goes without waiting, which for most handlers is to the end: a task
    /// of its own costs more than the whole call. Its deadline counts from `started`.
    pub(crate) fn begin(&self, call: &Call, started: Instant, requests: &mut Requests) -> Begun {
        let Some((uri, subject)) = self.methods.get(&call.method) else {
            let status =
                Status::unimplemented(format!("this runner has no method {}", call.method));
            return Begun::Done(error(&status));
        };
        let timeout = (call.timeout_millis > 0).then(|| Duration::from_millis(call.timeout_millis));
        let request = match requests.request(uri, &call.request, timeout) {
            Ok(request) => request,
            Err(status) => return Begun::Done(error(&status)),
        };
        let begun = caught(|| {
            let mut answer = subject.answer(request);
            match answer.poll_unpin(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answered) => Ok(answered),
                Poll::Pending => Err(answer),
            }
        });
        match begun {
            Ok(Ok(answered)) => Begun::Done(kind(Ok(answered))),
            Ok(Err(answer)) => {
                let deadline = timeout.and_then(|timeout| started.checked_add(timeout));
                Begun::Waiting(Box::pin(wait(answer, deadline)))
            }
            Err(panic) => Begun::Done(Kind::Panic(panic)),
        }
    }
}

/// tonic keeps deadlines in its transport, so the in-process path needs its own. A handler that
/// never waits cannot be stopped; what it answers after its deadline is an answer all the same.
async fn wait(answer: Answer, deadline: Option<Instant>) -> Kind {
    let Some(deadline) = deadline else {
        return kind(Guard::new(answer).await);
    };
    // In the guard, because what a handler drops when it is given up may panic as well.
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
        Ok(Err(status)) => error(&status),
        Err(panic) => Kind::Panic(panic),
    }
}

/// A status as an observation.
pub(crate) fn error(status: &Status) -> Kind {
    Kind::Error(Error {
        code: i32::from(status.code()),
        message: status.message().to_owned(),
        details: Bytes::copy_from_slice(status.details()),
    })
}
