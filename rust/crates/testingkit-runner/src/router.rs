//! Routes plain gRPC calls by service name, for coordinators and clients that do not use `Execute`.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::future::BoxFuture;
use http::{Request, Response};
use testingkit_proto::conformance::Panic;
use tonic::{Status, body::Body};
use tower::Service;

use crate::{error::ServeError, guard::Guard, subject::Subject};

/// Most characters of a panic's text in a status message. The message is a header, and clients
/// accept 8 KiB of headers.
const TEXT_CHARS: usize = 500;

/// Sends a request to the service in its path.
#[derive(Clone)]
pub(crate) struct Router(Arc<HashMap<&'static str, Arc<Subject>>>);

impl Router {
    pub(crate) fn new(subjects: Vec<Arc<Subject>>) -> Result<Self, ServeError> {
        let mut services = HashMap::new();
        for subject in subjects {
            let service = subject.name;
            if services.insert(service, subject).is_some() {
                return Err(ServeError::DuplicateService { service });
            }
        }
        Ok(Self(Arc::new(services)))
    }

    fn find(&self, path: &str) -> Option<&Subject> {
        let (service, _) = path.strip_prefix('/')?.split_once('/')?;
        self.0.get(service).map(Arc::as_ref)
    }
}

impl Service<Request<Body>> for Router {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let Some(subject) = self.find(request.uri().path()) else {
            let status = Status::unimplemented("unknown service");
            return Box::pin(async { Ok(status.into_http()) });
        };
        let reply = Guard::new(subject.reply(request));
        Box::pin(async {
            Ok(reply
                .await
                .unwrap_or_else(|panic| internal(&panic).into_http()))
        })
    }
}

/// Converts a panic to a status. Otherwise a client would see a reset stream without a reason.
fn internal(panic: &Panic) -> Status {
    let text: String = panic.text.chars().take(TEXT_CHARS).collect();
    Status::internal(format!("panic: {text}"))
}
