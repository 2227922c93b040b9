//! A service under test, as a function from an HTTP request to an HTTP response.

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

/// A reply on its way.
pub(crate) type Reply = BoxFuture<'static, Response<Body>>;

/// The serialized response message on its way, or the status that the call ends with.
pub(crate) type Answer = BoxFuture<'static, Result<Bytes, Status>>;

/// A tonic server with its type forgotten, called the same way by the network and in process.
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
            // Nothing of the service runs before the first poll, so that the guard around the polls
            // sees the panics of interceptors and layers as well.
            reply: Box::new(move |request| Box::pin(call(service.clone(), request))),
            answer: Box::new(move |request| answer(in_process.clone(), request)),
        }
    }

    /// For the network.
    pub(crate) fn reply(&self, request: Request<Body>) -> Reply {
        (self.reply)(request)
    }

    /// In process. Begins the call, and therefore panics where the service does.
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

/// A service that is ready, as nearly all are, is called before there is a future: one that holds
/// the request until then is large, and what is large is copied at every step.
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
