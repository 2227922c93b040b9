//! Sends batches back unchanged, to measure the transport alone.

use std::{io, pin::Pin};

use tokio::net::UnixListener;
use tokio_stream::{Stream, StreamExt as _, wrappers::UnixListenerStream};
use tonic::{Request, Response, Status, Streaming, transport::Server};

use crate::acme::bench::v1::{
    EchoRequest, EchoResponse,
    echo_service_server::{EchoService, EchoServiceServer},
};

/// Most bytes of a message, and the windows of HTTP/2, as in the runner SDK.
const MESSAGE_BYTES: usize = 64 << 20;
const STREAM_WINDOW: u32 = 4 << 20;
const CONNECTION_WINDOW: u32 = 16 << 20;

struct Echo;

#[tonic::async_trait]
impl EchoService for Echo {
    type EchoStream = Pin<Box<dyn Stream<Item = Result<EchoResponse, Status>> + Send>>;

    async fn echo(
        &self,
        request: Request<Streaming<EchoRequest>>,
    ) -> Result<Response<Self::EchoStream>, Status> {
        let back = request
            .into_inner()
            .map(|request| request.map(|EchoRequest { batch }| EchoResponse { batch }));
        Ok(Response::new(Box::pin(back)))
    }
}

/// Serves on a socket until the process ends.
pub fn serve(socket: &str) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let incoming = UnixListenerStream::new(UnixListener::bind(socket)?);
        let service = EchoServiceServer::new(Echo)
            .max_decoding_message_size(MESSAGE_BYTES)
            .max_encoding_message_size(MESSAGE_BYTES);
        Server::builder()
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .serve_with_incoming(service, incoming)
            .await
            .map_err(io::Error::other)
    })
}
