//! [`Runner`], which collects the subjects and serves them.

use std::{
    convert::Infallible,
    fmt,
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
};

use http::{Request, Response};
use tokio::runtime::{Builder, Runtime};
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
    error::ServeError,
    guard, limits,
    methods::Descriptors,
    protocol::Protocol,
    router::Router,
    settings::Settings,
    shutdown::Shutdown,
    standard,
    subject::Subject,
};

/// The address of a runner that is started by hand.
const BY_HAND: &str = "127.0.0.1:0";

/// The exit status of a runner that could not serve.
const CANNOT_SERVE: u8 = 2;

/// Serves an implementation of subjects to the coordinator.
///
/// Create it, add the descriptors and services, and then call [`run`](Self::run),
/// [`serve`](Self::serve) or [`serve_on`](Self::serve_on).
#[must_use = "a runner does nothing until it is served"]
pub struct Runner {
    name: String,
    version: String,
    descriptors: Vec<&'static [u8]>,
    subjects: Vec<Arc<Subject>>,
}

impl Runner {
    /// Returns a runner for an implementation with a name, such as `rust`, and a version, such as
    /// `env!("CARGO_PKG_VERSION")`.
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
            descriptors: Vec::new(),
            subjects: Vec::new(),
        }
    }

    /// Adds a serialized `FileDescriptorSet` with the added services and all imports.
    ///
    /// tonic's servers do not list their methods, so the runner declares those in the descriptors.
    /// It serves the descriptors to reflection too.
    pub fn descriptors(mut self, set: &'static [u8]) -> Self {
        self.descriptors.push(set);
        self
    }

    /// Adds a service: the generated server around an implementation, with or without an
    /// interceptor.
    ///
    /// tonic limits requests to 4 MiB; raise the limit on the generated server.
    pub fn add_service<S>(mut self, service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
        S: NamedService + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
    {
        self.subjects.push(Arc::new(Subject::new(service)));
        self
    }

    /// Serves in a new runtime, as [`serve`](Self::serve) does, and returns the exit status. This
    /// is the whole `main` of a runner.
    ///
    /// The threads of the runtime have 64 MiB of stack, as handlers have in the other SDKs.
    ///
    /// If the runner cannot serve, it prints the error in one line to standard error and returns 2.
    pub fn run(self) -> ExitCode {
        let name = self.name.clone();
        let served = runtime().map_err(ServeError::Process).and_then(|runtime| {
            let served = runtime.block_on(self.serve());
            // Dropping the runtime would wait for a handler that never returns.
            runtime.shutdown_background();
            served
        });
        match served {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                // A closed standard error is ignored: the exit status reports the failure.
                let _ = writeln!(io::stderr(), "testingkit runner {name}: {error}");
                ExitCode::from(CANNOT_SERVE)
            }
        }
    }

    /// Serves on the address in `TESTINGKIT_RUNNER_ADDRESS` until the shutdown: a `Shutdown` call,
    /// SIGTERM, SIGINT, or the end of standard input if `TESTINGKIT_RUNNER_LEASE` is `stdin`.
    /// Without an address, as when it is started by hand, the runner listens on a free port of this
    /// machine and prints the address.
    ///
    /// A handler runs on a thread with 64 MiB of stack until it first waits, and then on the threads
    /// of your runtime: build it with `thread_stack_size(64 << 20)`.
    ///
    /// Calls and connections have two seconds to finish after the shutdown is requested. A second
    /// later the process exits, so that a handler that never returns does not leave an orphan.
    ///
    /// # Errors
    /// Any [`ServeError`]: a malformed environment, an address that cannot be bound, a runner that
    /// was put together wrongly, or a failure of the process or the server.
    pub async fn serve(self) -> Result<(), ServeError> {
        let settings = Settings::from_environment()?;
        let shutdown = Shutdown::new();
        shutdown.govern_process().map_err(ServeError::Process)?;
        if settings.lease {
            shutdown.follow_stdin().map_err(ServeError::Process)?;
        }
        let listener = match settings.address {
            Some(address) => bind(address).await?,
            None => {
                let listener = bind(Address::Tcp(BY_HAND.to_owned())).await?;
                announce(&self.name, &listener).map_err(ServeError::Process)?;
                listener
            }
        };
        self.serve_until(listener, shutdown).await
    }

    /// Serves on a bound socket until the `Shutdown` call. It uses neither the environment nor
    /// standard input, for tests and for processes that do more than serve.
    ///
    /// # Errors
    /// A [`ServeError`] if the runner was put together wrongly or the server fails.
    pub async fn serve_on(self, listener: Listener) -> Result<(), ServeError> {
        self.serve_until(listener, Shutdown::new()).await
    }

    async fn serve_until(self, listener: Listener, shutdown: Shutdown) -> Result<(), ServeError> {
        guard::install_hook();
        let router = self.router(&shutdown).await?;
        let server = Server::builder()
            .initial_stream_window_size(limits::STREAM_WINDOW)
            .initial_connection_window_size(limits::CONNECTION_WINDOW);
        match listener.0 {
            #[cfg(unix)]
            Socket::Unix(listener, path) => {
                let incoming = UnixListenerStream::new(listener);
                let serving =
                    server.serve_with_incoming_shutdown(router, incoming, shutdown.requested());
                let served = until_overdue(serving, &shutdown).await;
                // Fails if the file, or its folder, is removed already.
                let _ = std::fs::remove_file(path);
                served
            }
            Socket::Tcp(listener) => {
                let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
                let serving =
                    server.serve_with_incoming_shutdown(router, incoming, shutdown.requested());
                until_overdue(serving, &shutdown).await
            }
        }
    }

    async fn router(self, shutdown: &Shutdown) -> Result<Router, ServeError> {
        let descriptors = Descriptors::decode(&self.descriptors)?;
        let dispatch = Dispatch::new(&self.subjects, &descriptors)?;
        let protocol = Protocol::server(self.name, self.version, dispatch, shutdown.clone());

        let mut subjects = self.subjects;
        subjects.push(Arc::new(Subject::new(protocol)));
        let services: Vec<&'static str> = subjects.iter().map(|subject| subject.name).collect();
        subjects.push(Arc::new(standard::health(&services).await));
        subjects.extend(standard::reflection(&services, &self.descriptors)?);
        Router::new(subjects)
    }
}

impl fmt::Debug for Runner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let services: Vec<_> = self.subjects.iter().map(|subject| subject.name).collect();
        f.debug_struct("Runner")
            .field("name", &self.name)
            .field("version", &self.version)
            .field("services", &services)
            .finish_non_exhaustive()
    }
}

/// Returns a runtime whose threads have the stack that handlers may use.
fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(limits::STACK_BYTES)
        .build()
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
    shutdown: &Shutdown,
) -> Result<(), ServeError> {
    tokio::select! {
        served = serving => Ok(served?),
        () = shutdown.overdue() => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{hint, io};

    use super::runtime;

    /// Returns the depth, with a frame of a kilobyte or more for each level.
    fn recurse(depth: usize) -> usize {
        let frame = hint::black_box([1_u8; 1024]);
        match depth {
            0 => 0,
            _ => recurse(depth - 1) + usize::from(frame[depth % frame.len()]),
        }
    }

    #[test]
    fn tasks_and_blocking_calls_may_recurse_ten_thousand_calls() -> io::Result<()> {
        let runtime = runtime()?;
        let task = runtime.spawn(async { recurse(10_000) });
        assert_eq!(runtime.block_on(task)?, 10_000);
        let blocking = runtime.spawn_blocking(|| recurse(10_000));
        assert_eq!(runtime.block_on(blocking)?, 10_000);
        Ok(())
    }
}
