//! `RunnerService`, which the coordinator calls.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::Arc,
};

use bytes::Bytes;
use testingkit_proto::conformance::{
    DescribeRequest, DescribeResponse, ExecuteRequest, Limits, ShutdownRequest, ShutdownResponse,
    runner_service_server::{RunnerService, RunnerServiceServer},
};
use tonic::{Request, Response, Status, Streaming};

use crate::{dispatch::Dispatch, execute::execute, limits, replies::Replies, shutdown::Shutdown};

/// The version of the runner protocol that this crate implements.
const PROTOCOL_VERSION: u32 = 1;

/// The runner's side of the protocol.
pub(crate) struct Protocol {
    description: DescribeResponse,
    dispatch: Arc<Dispatch>,
    shutdown: Shutdown,
}

impl Protocol {
    pub(crate) fn server(
        name: String,
        version: String,
        dispatch: Dispatch,
        shutdown: Shutdown,
    ) -> RunnerServiceServer<Self> {
        let description = describe(name, version, dispatch.methods());
        let protocol = Self {
            description,
            dispatch: Arc::new(dispatch),
            shutdown,
        };
        RunnerServiceServer::new(protocol)
            .max_decoding_message_size(limits::MAX_MESSAGE_BYTES)
            .max_encoding_message_size(limits::MAX_MESSAGE_BYTES)
    }
}

fn describe(name: String, version: String, methods: Vec<String>) -> DescribeResponse {
    DescribeResponse {
        protocol_versions: vec![PROTOCOL_VERSION],
        name,
        version,
        language: "rust".to_owned(),
        runtime: env!("TESTINGKIT_RUSTC").to_owned(),
        sdk_version: env!("CARGO_PKG_VERSION").to_owned(),
        methods,
        // Zeros stand for the coordinator's defaults.
        limits: Some(Limits::default()),
        instance_id: instance_id(),
    }
}

/// Returns 16 random bytes. The keys of the hashers come from the operating system.
fn instance_id() -> Bytes {
    let random = || RandomState::new().build_hasher().finish().to_be_bytes();
    [random(), random()].concat().into()
}

#[tonic::async_trait]
impl RunnerService for Protocol {
    type ExecuteStream = Replies;

    async fn describe(
        &self,
        _: Request<DescribeRequest>,
    ) -> Result<Response<DescribeResponse>, Status> {
        Ok(Response::new(self.description.clone()))
    }

    async fn execute(
        &self,
        request: Request<Streaming<ExecuteRequest>>,
    ) -> Result<Response<Replies>, Status> {
        let replies = execute(
            Arc::clone(&self.dispatch),
            request.into_inner(),
            self.shutdown.clone(),
        )?;
        Ok(Response::new(replies))
    }

    async fn shutdown(
        &self,
        _: Request<ShutdownRequest>,
    ) -> Result<Response<ShutdownResponse>, Status> {
        self.shutdown.request();
        Ok(Response::new(ShutdownResponse {}))
    }
}
