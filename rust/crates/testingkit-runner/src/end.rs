//! The end of a runner: what asks for it, and how long it may take.
//!
//! A handler that never returns can hold every thread of the runtime that serves. So that a runner
//! without a coordinator ends even then, its end is looked after by threads of its own.

use std::{
    io, process,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use tokio::{runtime, sync::watch, time::sleep};

/// How long connections and calls may take to finish once the end is asked for.
const GRACE: Duration = Duration::from_secs(2);

/// How long the rest of the process may take after that.
const LAST: Duration = Duration::from_secs(1);

/// Asks for the end, and waits for it to be asked. Clones are the same end.
#[derive(Clone)]
pub(crate) struct End(Arc<watch::Sender<bool>>);

impl End {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub(crate) fn ask(&self) {
        self.0.send_replace(true);
    }

    pub(crate) async fn asked(&self) {
        // The sender is held by `self`, so the channel cannot close.
        let _ = self.0.subscribe().wait_for(|asked| *asked).await;
    }

    /// Resolves when whatever still runs is to be dropped.
    pub(crate) async fn overdue(&self) {
        self.asked().await;
        sleep(GRACE).await;
    }

    /// Asks for the end when standard input ends, which is when the coordinator does.
    pub(crate) fn follow_stdin(&self) -> io::Result<()> {
        let end = self.clone();
        thread::Builder::new()
            .name("testingkit-lease".to_owned())
            .spawn(move || {
                // An input that cannot be read has ended as well.
                let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
                end.ask();
            })?;
        Ok(())
    }

    /// Asks for the end at SIGTERM and SIGINT, and ends the process when an end that was asked for,
    /// by whatever, does not come.
    pub(crate) fn govern_process(&self) -> io::Result<()> {
        let end = self.clone();
        let (ready, prepared) = mpsc::channel();
        thread::Builder::new()
            .name("testingkit-end".to_owned())
            .spawn(move || {
                // Whoever started this thread waits for its word.
                let _ = match prepare() {
                    Ok((runtime, signals)) => ready
                        .send(Ok(()))
                        .map(|()| runtime.block_on(govern(end, signals))),
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

async fn govern(end: End, mut signals: Signals) {
    tokio::select! {
        () = signals.received() => end.ask(),
        () = end.asked() => {}
    }
    end.overdue().await;
    sleep(LAST).await;
    process::exit(0);
}

/// The signals that ask a process to end.
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

/// The signals that ask a process to end.
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
