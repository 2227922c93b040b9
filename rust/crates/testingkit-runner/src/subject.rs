//! A service under test as a function from an HTTP request to an HTTP response.

use std::{
    convert::Infallible,
    future::poll_fn,
    task::{Context, Waker},
};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use tonic::{Status, body::Body, server::NamedService};
use tower::Service;

use crate::reply;

/// A future HTTP response.
pub(crate) type Reply = BoxFuture<'static, Response<Body>>;

/// A future serialized response message, or the status with which the call ends.
pub(crate) type Answer = BoxFuture<'static, Result<Bytes, Status>>;

/// A tonic server without its type, which is called over the network and in process.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    reply: Box<dyn Fn(Request<Body>) -> Reply + Send + Sync>,
    answer: Box<dyn Fn(Request<Body>) -> Answer + Send + Sync>,
}

impl Subject {
    pub(crate) fn new<S>(service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
        S: NamedService + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
    {
        let in_process = service.clone();
        Self {
            name: S::NAME,
            // The service does not run before the first poll, so the guard around the polls also
            // catches panics of interceptors and layers.
            reply: Box::new(move |request| Box::pin(call(service.clone(), request))),
            answer: Box::new(move |request| answer(in_process.clone(), request)),
        }
    }

    /// Calls the service for a client on the network.
    pub(crate) fn reply(&self, request: Request<Body>) -> Reply {
        (self.reply)(request)
    }

    /// Calls the service in process. The call starts immediately, so this panics if the service
    /// panics.
    pub(crate) fn answer(&self, request: Request<Body>) -> Answer {
        (self.answer)(request)
    }
}

async fn call<S>(mut service: S, request: Request<Body>) -> Response<Body>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
{
    let Ok(()) = poll_fn(|context| service.poll_ready(context)).await;
    let Ok(response) = service.call(request).await;
    response
}

/// Calls a service without a future around the call if it is ready, as nearly all services are. A
/// future that holds the request is large, and large futures are copied at every step.
fn answer<S>(mut service: S, request: Request<Body>) -> Answer
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    S: Send + 'static,
    S::Future: Send,
{
    let mut context = Context::from_waker(Waker::noop());
    if service.poll_ready(&mut context).is_pending() {
        return Box::pin(async { reply::read(call(service, request).await).await });
    }
    let reply = service.call(request);
    Box::pin(async {
        let Ok(response) = reply.await;
        reply::read(response).await
    })
}
