//! Calls the subjects in process, without HTTP/2.

use std::{collections::HashMap, sync::Arc, time::Duration};

use bytes::{BufMut as _, Bytes, BytesMut};
use futures_util::future::{BoxFuture, FutureExt as _};
use http::{HeaderName, HeaderValue, Method, Request, Uri, Version, header};
use http_body_util::Full;
use testingkit_proto::conformance::{Call, Error, observation::Kind};
use tonic::{Status, body::Body};

use crate::{
    error::ServeError,
    guard::Guard,
    methods::Descriptors,
    reply,
    subject::{Reply, Subject},
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
    /// of its own costs more than the whole call.
    pub(crate) fn begin(&self, call: Call) -> Begun {
        let Some((uri, subject)) = self.methods.get(&call.method) else {
            let status =
                Status::unimplemented(format!("this runner has no method {}", call.method));
            return Begun::Done(error(&status));
        };
        let timeout = (call.timeout_millis > 0).then(|| Duration::from_millis(call.timeout_millis));
        let reply = match request(uri, &call.request, timeout) {
            Ok(request) => subject.call(request),
            Err(status) => return Begun::Done(error(&status)),
        };
        let mut outcome: Waiting = Box::pin(observe(reply, timeout));
        match outcome.as_mut().now_or_never() {
            Some(kind) => Begun::Done(kind),
            None => Begun::Waiting(outcome),
        }
    }
}

/// The request as it would come from the network.
fn request(uri: &Uri, message: &Bytes, timeout: Option<Duration>) -> Result<Request<Body>, Status> {
    let length = u32::try_from(message.len())
        .map_err(|_| Status::out_of_range("a gRPC message is smaller than 4 GiB"))?;
    let mut frame = BytesMut::with_capacity(5 + message.len());
    frame.put_u8(0); // Not compressed.
    frame.put_u32(length);
    frame.put_slice(message);

    let mut request = Request::new(Body::new(Full::new(frame.freeze())));
    *request.method_mut() = Method::POST;
    *request.version_mut() = Version::HTTP_2;
    *request.uri_mut() = uri.clone();
    let headers = request.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/grpc"),
    );
    headers.insert(header::TE, HeaderValue::from_static("trailers"));
    if let Some(timeout) = timeout {
        headers.insert(
            HeaderName::from_static("grpc-timeout"),
            timeout_header(timeout),
        );
    }
    Ok(request)
}

/// gRPC allows eight digits: milliseconds up to a day, seconds up to three years.
fn timeout_header(timeout: Duration) -> HeaderValue {
    const MOST: u64 = 99_999_999;
    let text = match u64::try_from(timeout.as_millis()) {
        Ok(millis) if millis <= MOST => format!("{millis}m"),
        _ => format!("{}S", timeout.as_secs().min(MOST)),
    };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("99999999S"))
}

async fn observe(reply: Reply, timeout: Option<Duration>) -> Kind {
    match Guard::new(Box::pin(answer(reply, timeout))).await {
        Ok(Ok(response)) => Kind::Response(response),
        Ok(Err(status)) => error(&status),
        Err(panic) => Kind::Panic(panic),
    }
}

/// tonic keeps deadlines in its transport, so the in-process path needs its own. A handler that
/// never waits cannot be stopped; what it answers after its deadline is an answer all the same.
async fn answer(reply: Reply, timeout: Option<Duration>) -> Result<Bytes, Status> {
    let answer = async { reply::read(reply.await).await };
    match timeout {
        None => answer.await,
        Some(timeout) => match tokio::time::timeout(timeout, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(Status::deadline_exceeded(
                "the deadline passed before the handler answered",
            )),
        },
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::timeout_header;

    #[test]
    fn a_timeout_never_has_more_than_eight_digits() {
        let table = [
            (1, "1m"),
            (99_999_999, "99999999m"),
            (100_000_000, "100000S"),
            (u64::MAX, "99999999S"),
        ];
        for (millis, header) in table {
            assert_eq!(timeout_header(Duration::from_millis(millis)), header);
        }
    }
}
