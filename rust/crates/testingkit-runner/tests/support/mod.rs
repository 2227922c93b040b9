//! A runner with a subject that does what a request tells it, and a client for the runner.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    collections::BTreeMap,
    error::Error,
    hint,
    path::PathBuf,
    process,
    sync::{
        self, Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use prost::Message as _;
use testingkit_proto::{
    DESCRIPTORS,
    conformance::{
        Call, ExecuteRequest, Observation, observation::Kind,
        runner_service_client::RunnerServiceClient,
    },
    kit::{
        CanonicalRequest, CanonicalResponse, ExpandedRequest, ExpandedResponse, TruncatedRequest,
        TruncatedResponse, Value,
        render_service_server::{RenderService, RenderServiceServer},
        value,
    },
};
use testingkit_runner::{Address, Listener, Runner, ServeError};
use tokio::{
    sync::{Barrier, Notify},
    task::{self, JoinHandle},
};
use tonic::{
    Code, Request, Response, Status,
    transport::{Channel, Endpoint},
};

pub type Fallible<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

pub const CANONICAL: &str = "testingkit.kit.v1.RenderService/Canonical";

/// Calls of "meet" that wait for each other.
pub const MEETING: usize = 3;

/// The state that a test shares with the handlers.
#[derive(Clone)]
pub struct Shared {
    /// Calls of "meet" wait here for each other.
    meeting: Arc<Barrier>,
    /// Notified when a call of "watched" is dropped.
    pub dropped: Arc<Notify>,
    /// A call of "block" blocks its thread here until the test arrives too.
    pub gate: Arc<sync::Barrier>,
}

/// Notifies when it is dropped.
struct Watched(Arc<Notify>);

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

/// The service. The text of a request names what the handler does.
pub struct Scripted(Shared);

impl Scripted {
    pub fn server() -> (RenderServiceServer<Self>, Shared) {
        let shared = Shared {
            meeting: Arc::new(Barrier::new(MEETING)),
            dropped: Arc::new(Notify::new()),
            gate: Arc::new(sync::Barrier::new(2)),
        };
        (RenderServiceServer::new(Self(shared.clone())), shared)
    }
}

#[tonic::async_trait]
impl RenderService for Scripted {
    async fn canonical(
        &self,
        request: Request<CanonicalRequest>,
    ) -> Result<Response<CanonicalResponse>, Status> {
        let timeout = request.metadata().get("grpc-timeout").cloned();
        let text = match text_of(request.into_inner().value).as_str() {
            "error" => {
                let details = "details".into();
                return Err(Status::with_details(
                    Code::InvalidArgument,
                    "bad text",
                    details,
                ));
            }
            "panic" => panic!("asked to\npanic"),
            "meet" => {
                self.0.meeting.wait().await;
                "met".to_owned()
            }
            "panic later" => {
                task::yield_now().await;
                panic!("later");
            }
            "watched" => {
                let _watched = Watched(Arc::clone(&self.0.dropped));
                std::future::pending().await
            }
            "slow" => {
                thread::sleep(Duration::from_millis(30));
                "slow".to_owned()
            }
            "block" => {
                self.0.gate.wait();
                "released".to_owned()
            }
            "never" => std::future::pending().await,
            "timeout" => timeout
                .and_then(|value| value.to_str().map(str::to_owned).ok())
                .unwrap_or_default(),
            "huge" => "x".repeat(64 << 20),
            "huge error" => return Err(Status::aborted("x".repeat(64 << 20))),
            "huge panic" => panic!("{}", "x".repeat(64 << 20)),
            "recurse" => recurse(10_000).to_string(),
            other => other.to_owned(),
        };
        Ok(Response::new(CanonicalResponse { text }))
    }

    async fn expanded(
        &self,
        _: Request<ExpandedRequest>,
    ) -> Result<Response<ExpandedResponse>, Status> {
        Err(Status::unimplemented("on purpose"))
    }

    async fn truncated(
        &self,
        _: Request<TruncatedRequest>,
    ) -> Result<Response<TruncatedResponse>, Status> {
        Ok(Response::new(TruncatedResponse::default()))
    }
}

/// Returns the depth, with a frame of a kilobyte or more for each level.
fn recurse(depth: usize) -> usize {
    let frame = hint::black_box([1_u8; 1024]);
    match depth {
        0 => 0,
        _ => recurse(depth - 1) + usize::from(frame[depth % frame.len()]),
    }
}

fn text_of(value: Option<Value>) -> String {
    match value.and_then(|value| value.kind) {
        Some(value::Kind::Text(text)) => text,
        _ => String::new(),
    }
}

/// Returns a request that tells the handler what to do.
pub fn canonical(text: &str) -> CanonicalRequest {
    let kind = value::Kind::Text(text.to_owned());
    CanonicalRequest {
        value: Some(Value { kind: Some(kind) }),
    }
}

pub fn call(id: u64, text: &str) -> Call {
    Call {
        id,
        method: CANONICAL.to_owned(),
        request: canonical(text).encode_to_vec().into(),
        timeout_millis: 0,
    }
}

/// Returns the expected response to `call`.
pub fn responded(text: &str) -> Kind {
    Kind::Response(
        CanonicalResponse {
            text: text.to_owned(),
        }
        .encode_to_vec()
        .into(),
    )
}

/// The path of a socket. The file is removed at the end, even if the test did not end its runner.
pub struct SocketFile(pub PathBuf);

impl Drop for SocketFile {
    fn drop(&mut self) {
        // Fails if the runner ended, which removes the file.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A runner in this process and a connection to it.
pub struct Running {
    pub channel: Channel,
    pub shared: Shared,
    pub socket: SocketFile,
    pub served: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    pub async fn start() -> Fallible<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let socket =
            std::env::temp_dir().join(format!("testingkit-runner-{}-{count}.sock", process::id()));
        let listener = Listener::bind(&Address::Unix(socket.clone())).await?;
        let (server, shared) = Scripted::server();
        let runner = Runner::new("scripted", "1.2.3")
            .descriptors(DESCRIPTORS)
            .add_service(server);
        let served = tokio::spawn(runner.serve_on(listener));
        let channel = Endpoint::try_from(format!("unix:{}", socket.display()))?
            .connect()
            .await?;
        Ok(Self {
            channel,
            shared,
            socket: SocketFile(socket),
            served,
        })
    }

    pub fn client(&self) -> RunnerServiceClient<Channel> {
        RunnerServiceClient::new(self.channel.clone()).max_decoding_message_size(64 << 20)
    }

    /// Runs batches to the end of the stream and returns the observations by call id.
    pub async fn execute(&self, batches: Vec<Vec<Call>>) -> Fallible<BTreeMap<u64, Observation>> {
        let requests: Vec<_> = batches
            .into_iter()
            .map(|calls| ExecuteRequest { calls })
            .collect();
        let mut client = self.client();
        let mut replies = client
            .execute(tokio_stream::iter(requests))
            .await?
            .into_inner();
        let mut observations = BTreeMap::new();
        while let Some(reply) = replies.message().await? {
            for observation in reply.observations {
                let id = observation.call_id;
                if observations.insert(id, observation).is_some() {
                    return Err(format!("call {id} was answered twice").into());
                }
            }
        }
        Ok(observations)
    }

    /// Runs one call and returns its observation.
    pub async fn observe(&self, call: Call) -> Fallible<Kind> {
        let id = call.id;
        let mut observations = self.execute(vec![vec![call]]).await?;
        let kind = observations
            .remove(&id)
            .and_then(|observation| observation.kind);
        Ok(kind.ok_or("the call was not answered")?)
    }
}
