//! The kit runner as a process: how it starts, what it serves, and how it ends.

use std::{
    error::Error,
    io::{BufRead as _, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
};

use testingkit_proto::conformance::{
    DescribeRequest, ShutdownRequest, runner_service_client::RunnerServiceClient,
};
use tonic::transport::{Channel, Endpoint};

type Fallible<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

const ADDRESS: &str = "TESTINGKIT_RUNNER_ADDRESS";
const LEASE: &str = "TESTINGKIT_RUNNER_LEASE";

fn kit_runner() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_testingkit-kit-runner"));
    command.env_remove(ADDRESS).env_remove(LEASE);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A runner that was started by hand. What a test leaves running is killed.
struct Started {
    child: Child,
    channel: Channel,
}

impl Started {
    async fn start(mut command: Command) -> Fallible<Self> {
        let mut child = command.spawn()?;
        let stdout = child.stdout.take().ok_or("standard output is piped")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line
            .trim_end()
            .strip_prefix("testingkit runner rust listens on ");
        let address = address.ok_or_else(|| format!("{line:?} says no address"))?;
        let channel = Endpoint::try_from(format!("http://{address}"))?
            .connect()
            .await?;
        Ok(Self { child, channel })
    }

    fn signal(&self, name: &str) -> Fallible {
        let sent = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status()?;
        sent.success()
            .then_some(())
            .ok_or_else(|| format!("kill: {sent}").into())
    }

    /// Blocks, so the client of the runner needs a thread of its own to take leave.
    fn wait(&mut self) -> Fallible<ExitStatus> {
        Ok(self.child.wait()?)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // Neither can fail in a way that matters: it has ended, or it does now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_describes_the_kit() -> Fallible {
    let runner = Started::start(kit_runner()).await?;
    let mut client = RunnerServiceClient::new(runner.channel.clone());
    let said = client
        .describe(DescribeRequest::default())
        .await?
        .into_inner();
    assert_eq!(
        (said.name.as_str(), said.language.as_str()),
        ("rust", "rust")
    );
    assert!(
        said.methods
            .iter()
            .any(|method| method == "testingkit.kit.v1.RenderService/Canonical")
    );
    assert!(said.methods.is_sorted(), "{:?}", said.methods);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_ends_well_when_it_is_asked_to() -> Fallible {
    let mut runner = Started::start(kit_runner()).await?;
    let mut client = RunnerServiceClient::new(runner.channel.clone());
    client.shutdown(ShutdownRequest {}).await?;
    assert_eq!(runner.wait()?.code(), Some(0));
    Ok(())
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_ends_well_at_signals() -> Fallible {
    for signal in ["TERM", "INT"] {
        let mut runner = Started::start(kit_runner()).await?;
        runner.signal(signal)?;
        assert_eq!(runner.wait()?.code(), Some(0), "{signal}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_ends_with_standard_input_only_where_that_is_the_lease() -> Fallible {
    let mut command = kit_runner();
    command.env(LEASE, "stdin");
    let mut leased = Started::start(command).await?;
    drop(leased.child.stdin.take());
    assert_eq!(leased.wait()?.code(), Some(0));

    let mut command = kit_runner();
    command.stdin(Stdio::null());
    let by_hand = Started::start(command).await?;
    let mut client = RunnerServiceClient::new(by_hand.channel.clone());
    assert!(client.describe(DescribeRequest::default()).await.is_ok());
    Ok(())
}

#[test]
fn a_malformed_environment_is_one_line_and_status_2() -> Fallible {
    for (name, value) in [
        (ADDRESS, ""),
        (ADDRESS, "nowhere"),
        (ADDRESS, "unix:a.sock"),
        (LEASE, "tty"),
    ] {
        let output = kit_runner().env(name, value).output()?;
        let stderr = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        let start = format!("testingkit runner: {name}={value:?}: ");
        assert!(
            stderr.starts_with(&start) && stderr.lines().count() == 1,
            "{stderr}"
        );
        assert!(output.stdout.is_empty());
    }
    Ok(())
}
