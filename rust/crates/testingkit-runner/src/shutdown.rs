//! The shutdown of a runner: what requests it, and how long it may take.
//!
//! A handler that never returns can block every thread of the runtime that serves. The shutdown has
//! threads of its own, so that a runner without a coordinator ends even then.

use std::{
    io, process,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use tokio::{runtime, sync::watch, time::sleep};

/// How long connections and calls may take to finish after the shutdown is requested.
const GRACE: Duration = Duration::from_secs(2);

/// How long the rest of the process may take after [`GRACE`].
const LAST: Duration = Duration::from_secs(1);

/// Requests the shutdown and waits for the request. Clones share one request.
#[derive(Clone)]
pub(crate) struct Shutdown(Arc<watch::Sender<bool>>);

impl Shutdown {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub(crate) fn request(&self) {
        self.0.send_replace(true);
    }

    pub(crate) async fn requested(&self) {
        // The sender is held by `self`, so the channel cannot close.
        let _ = self.0.subscribe().wait_for(|requested| *requested).await;
    }

    /// Resolves when the calls and connections that still run must be dropped.
    pub(crate) async fn overdue(&self) {
        self.requested().await;
        sleep(GRACE).await;
    }

    /// Requests the shutdown when standard input ends, which is when the coordinator ends.
    pub(crate) fn follow_stdin(&self) -> io::Result<()> {
        let shutdown = self.clone();
        thread::Builder::new()
            .name("testingkit-lease".to_owned())
            .spawn(move || {
                // An input that cannot be read counts as ended.
                let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
                shutdown.request();
            })?;
        Ok(())
    }

    /// Requests the shutdown at SIGTERM and SIGINT. Exits the process if a shutdown takes too long,
    /// however it was requested.
    pub(crate) fn govern_process(&self) -> io::Result<()> {
        let shutdown = self.clone();
        let (ready, prepared) = mpsc::channel();
        thread::Builder::new()
            .name("testingkit-end".to_owned())
            .spawn(move || {
                // The function waits for this message.
                let _ = match prepare() {
                    Ok((runtime, signals)) => ready
                        .send(Ok(()))
                        .map(|()| runtime.block_on(govern(shutdown, signals))),
                    Err(error) => ready.send(Err(error)),
                };
            })?;
        prepared.recv().map_err(io::Error::other)?
    }
}

fn prepare() -> io::Result<(runtime::Runtime, Signals)> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let signals = {
        let _entered = runtime.enter();
        Signals::new()?
    };
    Ok((runtime, signals))
}

async fn govern(shutdown: Shutdown, mut signals: Signals) {
    tokio::select! {
        () = signals.received() => shutdown.request(),
        () = shutdown.requested() => {}
    }
    shutdown.overdue().await;
    sleep(LAST).await;
    process::exit(0);
}

/// The signals that request the shutdown.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let terminate = signal(SignalKind::terminate())?;
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self {
            terminate,
            interrupt,
        })
    }

    async fn received(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// The signals that request the shutdown.
#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn received(&mut self) {
        self.0.recv().await;
    }
}
