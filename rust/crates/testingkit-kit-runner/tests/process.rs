//! The kit runner as a process: its start, its services and its end.

use std::{
    error::Error,
    io::{BufRead as _, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
};

use testingkit_proto::{
    conformance::{DescribeRequest, ShutdownRequest, runner_service_client::RunnerServiceClient},
    kit::{CanonicalRequest, Value, render_service_client::RenderServiceClient, value},
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

/// A runner that was started without a coordinator. It is killed when it is dropped.
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
        let address = address.ok_or_else(|| format!("{line:?} has no address"))?;
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

    /// Waits for the process to end. This blocks the thread, so the connection must be driven by
    /// another.
    fn wait(&mut self) -> Fallible<ExitStatus> {
        Ok(self.child.wait()?)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // Both fail only if the process has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn describe_lists_the_methods_of_the_kit() -> Fallible {
    let runner = Started::start(kit_runner()).await?;
    let mut client = RunnerServiceClient::new(runner.channel.clone());
    let description = client
        .describe(DescribeRequest::default())
        .await?
        .into_inner();
    assert_eq!(
        (description.name.as_str(), description.language.as_str()),
        ("rust", "rust")
    );
    assert!(
        description
            .methods
            .iter()
            .any(|method| method == "testingkit.kit.v1.RenderService/Canonical")
    );
    assert!(description.methods.is_sorted(), "{:?}", description.methods);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_request_may_be_larger_than_the_default_of_tonic() -> Fallible {
    let runner = Started::start(kit_runner()).await?;
    let mut client =
        RenderServiceClient::new(runner.channel.clone()).max_decoding_message_size(64 << 20);
    let text = "a".repeat(8 << 20);
    let value = Value {
        kind: Some(value::Kind::Text(text.clone())),
    };
    let request = CanonicalRequest { value: Some(value) };
    let answer = client.canonical(request).await?.into_inner();
    assert!(answer.text == format!("\"{text}\""), "the text differs");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn shutdown_ends_the_process_with_status_0() -> Fallible {
    let mut runner = Started::start(kit_runner()).await?;
    let mut client = RunnerServiceClient::new(runner.channel.clone());
    client.shutdown(ShutdownRequest {}).await?;
    assert_eq!(runner.wait()?.code(), Some(0));
    Ok(())
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn sigterm_and_sigint_end_the_process_with_status_0() -> Fallible {
    for signal in ["TERM", "INT"] {
        let mut runner = Started::start(kit_runner()).await?;
        runner.signal(signal)?;
        assert_eq!(runner.wait()?.code(), Some(0), "{signal}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_end_of_stdin_ends_the_process_only_if_stdin_is_the_lease() -> Fallible {
    let mut command = kit_runner();
    command.env(LEASE, "stdin");
    let mut leased = Started::start(command).await?;
    drop(leased.child.stdin.take());
    assert_eq!(leased.wait()?.code(), Some(0));

    let mut command = kit_runner();
    command.stdin(Stdio::null());
    let unleased = Started::start(command).await?;
    let mut client = RunnerServiceClient::new(unleased.channel.clone());
    assert!(client.describe(DescribeRequest::default()).await.is_ok());
    Ok(())
}

#[test]
fn a_malformed_environment_prints_one_line_and_exits_with_2() -> Fallible {
    for (problem, name, value) in [
        ("cannot listen: ", ADDRESS, ""),
        ("cannot listen: ", ADDRESS, "nowhere"),
        ("cannot listen: ", ADDRESS, "unix:a.sock"),
        ("", LEASE, "tty"),
    ] {
        let output = kit_runner().env(name, value).output()?;
        let stderr = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        let start = format!("testingkit runner rust: {problem}{name} is {value:?}: ");
        assert!(
            stderr.starts_with(&start) && stderr.lines().count() == 1,
            "{stderr}"
        );
        assert!(output.stdout.is_empty());
    }
    Ok(())
}
