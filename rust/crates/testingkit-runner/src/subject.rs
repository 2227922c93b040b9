//! A service under test, as a function from an HTTP request to an HTTP response.

use std::{convert::Infallible, future::poll_fn};

use futures_util::future::BoxFuture;
use tonic::{body::Body, server::NamedService};
use tower::Service;

/// A reply on its way.
pub(crate) type Reply = BoxFuture<'static, http::Response<Body>>;

/// A tonic server with its type forgotten, called the same way by the network and in process.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    call: Box<dyn Fn(http::Request<Body>) -> Reply + Send + Sync>,
}

impl Subject {
    pub(crate) fn new<S>(service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible>,
        S: NamedService + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
    {
        let call = move |request| -> Reply {
            let mut service = service.clone();
            // Nothing of the service runs before the first poll, so that the guard around the polls
            // sees the panics of interceptors and layers as well.
            Box::pin(async move {
                let Ok(()) = poll_fn(|context| service.poll_ready(context)).await;
                let Ok(response) = service.call(request).await;
                response
            })
        };
        Self {
            name: S::NAME,
            call: Box::new(call),
        }
    }

    pub(crate) fn call(&self, request: http::Request<Body>) -> Reply {
        (self.call)(request)
    }
}
