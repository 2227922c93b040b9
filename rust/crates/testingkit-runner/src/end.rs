//! The end of a runner process: what asks for it, and how long it may take.

use std::{io, process, sync::Arc, thread, time::Duration};

use tokio::sync::watch;

/// How long connections and calls may take to finish once the end is asked for.
pub(crate) const GRACE: Duration = Duration::from_secs(2);

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
        tokio::time::sleep(GRACE).await;
    }

    /// Asks for the end when standard input ends, which is when the coordinator does.
    pub(crate) fn follow_stdin(&self) -> io::Result<()> {
        let end = self.clone();
        // A plain thread, because a handler that never returns can hold every thread of the runtime,
        // and a process without a coordinator must end even then.
        thread::Builder::new()
            .name("testingkit-lease".to_owned())
            .spawn(move || {
                // An input that cannot be read has ended as well.
                let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
                end.ask();
                thread::sleep(GRACE + Duration::from_secs(1));
                process::exit(0);
            })?;
        Ok(())
    }

    /// Asks for the end at SIGTERM and SIGINT.
    #[cfg(unix)]
    pub(crate) fn follow_signals(&self) -> io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};

        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let end = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            end.ask();
        });
        Ok(())
    }

    /// Asks for the end at Ctrl-C.
    #[cfg(not(unix))]
    pub(crate) fn follow_signals(&self) -> io::Result<()> {
        let end = self.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                end.ask();
            }
        });
        Ok(())
    }
}
