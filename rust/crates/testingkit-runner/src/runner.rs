//! [`Runner`]: gathers the subjects and serves them.

use std::{
    convert::Infallible,
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
};

use http::{Request, Response};
#[cfg(unix)]
use tokio_stream::wrappers::UnixListenerStream;
use tonic::{
    body::Body,
    server::NamedService,
    transport::{Server, server::TcpIncoming},
};
use tower::Service;

use crate::{
    address::{Address, Listener, Socket},
    dispatch::Dispatch,
    end::End,
    error::ServeError,
    guard, limits,
    methods::Descriptors,
    protocol::Protocol,
    router::Router,
    settings::Settings,
    standard,
    subject::Subject,
};

/// Where a runner listens that was started by hand.
const BY_HAND: &str = "127.0.0.1:0";

/// Exit status of a runner that could not serve: what the coordinator or the person who started it
/// asked for cannot be had.
const CANNOT_SERVE: u8 = 2;

/// Serves an implementation of subjects to the coordinator.
#[must_use = "a runner does nothing until it is served"]
pub struct Runner {
    name: String,
    version: String,
    descriptors: Vec<&'static [u8]>,
    subjects: Vec<Arc<Subject>>,
}

impl Runner {
    /// A runner of the implementation with this name, such as `rust`, and version, such as
    /// `env!("CARGO_PKG_VERSION")`.
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
            descriptors: Vec::new(),
            subjects: Vec::new(),
        }
    }

    /// Gives a serialized `FileDescriptorSet` that describes services which are added, imports
    /// included. tonic's servers do not say which methods they have: the runner declares what is
    /// described, and serves it to reflection.
    pub fn descriptors(mut self, set: &'static [u8]) -> Self {
        self.descriptors.push(set);
        self
    }

    /// Adds a service: the generated server around its implementation, or that in an interceptor.
    /// tonic's own limit of 4 MiB for requests holds for it; the generated server can raise it.
    pub fn add_service<S>(mut self, service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
        S: NamedService + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
    {
        self.subjects.push(Arc::new(Subject::new(service)));
        self
    }

    /// The whole `main` of a runner: serves, in a runtime of its own, as [`serve`](Self::serve)
    /// does, and gives the exit status. What prevents it is one line on standard error and status 2.
    pub fn run(self) -> ExitCode {
        let served = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(ServeError::Process)
            .and_then(|runtime| {
                let served = runtime.block_on(self.serve());
                // Not dropped: that would wait for a handler that never returns.
                runtime.shutdown_background();
                served
            });
        match served {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                // Without a standard error there is nobody to tell.
                let _ = writeln!(io::stderr(), "testingkit runner: {error}");
                ExitCode::from(CANNOT_SERVE)
            }
        }
    }

    /// Serves where the environment says, until the process is to end: at the `Shutdown` call, at
    /// SIGTERM or SIGINT, and at the end of standard input where `TESTINGKIT_RUNNER_LEASE` is
    /// `stdin`. Calls and connections then have two seconds to finish. A second after that the process
    /// is ended, whatever it does: a handler that never returns makes no orphan.
    ///
    /// Without `TESTINGKIT_RUNNER_ADDRESS` a person has started the runner: it listens on a free
    /// port of this machine and prints it.
    pub async fn serve(self) -> Result<(), ServeError> {
        let settings = Settings::from_environment()?;
        let end = End::new();
        end.govern_process().map_err(ServeError::Process)?;
        if settings.lease {
            end.follow_stdin().map_err(ServeError::Process)?;
        }
        let listener = match settings.address {
            Some(address) => bind(address).await?,
            None => {
                let listener = bind(Address::Tcp(BY_HAND.to_owned())).await?;
                announce(&self.name, &listener).map_err(ServeError::Process)?;
                listener
            }
        };
        self.serve_until(listener, end).await
    }

    /// Serves on a socket that is bound already, until the `Shutdown` call; for tests, and for
    /// processes that are more than a runner. Reads neither the environment nor standard input.
    pub async fn serve_on(self, listener: Listener) -> Result<(), ServeError> {
        self.serve_until(listener, End::new()).await
    }

    async fn serve_until(self, listener: Listener, end: End) -> Result<(), ServeError> {
        guard::install_hook();
        let router = self.router(&end).await?;
        let server = Server::builder()
            .initial_stream_window_size(limits::STREAM_WINDOW)
            .initial_connection_window_size(limits::CONNECTION_WINDOW);
        match listener.0 {
            #[cfg(unix)]
            Socket::Unix(listener, path) => {
                let incoming = UnixListenerStream::new(listener);
                let serving = server.serve_with_incoming_shutdown(router, incoming, end.asked());
                let served = until_overdue(serving, &end).await;
                // Whoever made the folder may have removed it first.
                let _ = std::fs::remove_file(path);
                served
            }
            Socket::Tcp(listener) => {
                let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
                let serving = server.serve_with_incoming_shutdown(router, incoming, end.asked());
                until_overdue(serving, &end).await
            }
        }
    }

    async fn router(self, end: &End) -> Result<Router, ServeError> {
        let descriptors = Descriptors::decode(&self.descriptors)?;
        let dispatch = Dispatch::new(&self.subjects, &descriptors)?;
        let protocol = Protocol::server(self.name, self.version, dispatch, end.clone());

        let mut subjects = self.subjects;
        subjects.push(Arc::new(Subject::new(protocol)));
        let services: Vec<&'static str> = subjects.iter().map(|subject| subject.name).collect();
        subjects.push(Arc::new(standard::health(&services).await));
        subjects.extend(standard::reflection(&services, &self.descriptors)?);
        Router::new(subjects)
    }
}

async fn bind(address: Address) -> Result<Listener, ServeError> {
    Listener::bind(&address)
        .await
        .map_err(|source| ServeError::Bind { address, source })
}

fn announce(name: &str, listener: &Listener) -> io::Result<()> {
    let address = listener.address()?;
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "testingkit runner {name} listens on {address}")?;
    stdout.flush()
}

async fn until_overdue(
    serving: impl Future<Output = Result<(), tonic::transport::Error>>,
    end: &End,
) -> Result<(), ServeError> {
    tokio::select! {
        served = serving => Ok(served?),
        () = end.overdue() => Ok(()),
    }
}
