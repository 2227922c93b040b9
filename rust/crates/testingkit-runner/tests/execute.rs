//! The runner protocol over a Unix socket.

mod support;

use std::sync::Arc;

use prost::Message as _;
use support::{CANONICAL, Fallible, MEETING, Running, call, canonical, responded};
use testingkit_proto::{
    conformance::{
        Call, DescribeRequest, Error, ExecuteRequest, ShutdownRequest, observation::Kind,
    },
    kit::{CanonicalRequest, ListValue, Value, render_service_client::RenderServiceClient, value},
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status};

fn error(code: Code, message: &str, details: &'static str) -> Kind {
    Kind::Error(Error {
        code: code.into(),
        message: message.to_owned(),
        details: details.into(),
    })
}

#[tokio::test]
async fn describe_fills_every_field() -> Fallible {
    let running = Running::start().await?;
    let description = running
        .client()
        .describe(DescribeRequest::default())
        .await?
        .into_inner();
    assert_eq!(description.protocol_versions, [1]);
    assert_eq!(
        (description.name.as_str(), description.version.as_str()),
        ("scripted", "1.2.3")
    );
    assert_eq!(description.language, "rust");
    assert!(
        description.runtime.starts_with("rustc 1."),
        "{}",
        description.runtime
    );
    assert_eq!(description.sdk_version, env!("CARGO_PKG_VERSION"));
    let methods = ["Canonical", "Expanded", "Truncated"];
    assert_eq!(
        description.methods,
        methods.map(|name| format!("testingkit.kit.v1.RenderService/{name}"))
    );
    assert!(description.limits.is_some());
    Ok(())
}

#[tokio::test]
async fn every_call_of_every_batch_is_answered_once() -> Fallible {
    let running = Running::start().await?;
    let batches = (0..8).map(|batch| (1..=100).map(|n| call(batch * 100 + n, "text")).collect());
    let observations = running.execute(batches.collect()).await?;
    assert!(observations.keys().copied().eq(1..=800));
    for observation in observations.values() {
        assert_eq!(observation.kind, Some(responded("text")));
        assert!(observation.elapsed_nanos > 0);
    }
    Ok(())
}

#[tokio::test]
async fn a_status_is_an_error_with_its_details() -> Fallible {
    let running = Running::start().await?;
    let kind = running.observe(call(1, "error")).await?;
    assert_eq!(kind, error(Code::InvalidArgument, "bad text", "details"));
    Ok(())
}

#[tokio::test]
async fn a_panic_is_an_observation_and_the_runner_keeps_running() -> Fallible {
    let running = Running::start().await?;
    let observations = running
        .execute(vec![vec![call(1, "panic"), call(2, "after")]])
        .await?;
    let Some(Some(Kind::Panic(panic))) = observations.get(&1).map(|o| o.kind.clone()) else {
        return Err(format!("{observations:?}").into());
    };
    assert!(
        panic.text.starts_with("asked to panic at "),
        "{}",
        panic.text
    );
    assert!(panic.text.contains("support/mod.rs:"), "{}", panic.text);
    let place = panic.backtrace.lines().nth(1).unwrap_or_default();
    assert!(place.contains("support/mod.rs:"), "{}", panic.backtrace);
    assert!(
        !panic.backtrace.contains("server/grpc.rs"),
        "{}",
        panic.backtrace
    );
    assert_eq!(
        observations.get(&2).and_then(|o| o.kind.clone()),
        Some(responded("after"))
    );
    Ok(())
}

#[tokio::test]
async fn a_panic_after_a_wait_is_an_observation() -> Fallible {
    let running = Running::start().await?;
    let kind = running.observe(call(1, "panic later")).await?;
    assert!(
        matches!(&kind, Kind::Panic(panic) if panic.text.starts_with("later at ")),
        "{kind:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_unknown_method_is_unimplemented() -> Fallible {
    let running = Running::start().await?;
    for method in [
        "testingkit.kit.v1.RenderService/Nothing",
        "no.Service/Canonical",
        "",
        "/",
    ] {
        let kind = running
            .observe(Call {
                method: method.to_owned(),
                ..call(1, "")
            })
            .await?;
        let message = format!("unknown method {method}");
        assert_eq!(kind, error(Code::Unimplemented, &message, ""));
    }
    let declared = CANONICAL.replace("Canonical", "Expanded");
    let kind = running
        .observe(Call {
            method: declared,
            ..call(1, "")
        })
        .await?;
    assert_eq!(kind, error(Code::Unimplemented, "on purpose", ""));
    Ok(())
}

#[tokio::test]
async fn a_malformed_request_is_an_error() -> Fallible {
    let running = Running::start().await?;
    let kind = running
        .observe(Call {
            request: "\u{7f}".into(),
            ..call(1, "")
        })
        .await?;
    assert!(
        matches!(&kind, Kind::Error(error) if error.code == i32::from(Code::Internal)),
        "{kind:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_handler_that_waits_past_its_deadline_is_deadline_exceeded() -> Fallible {
    let running = Running::start().await?;
    let kind = running
        .observe(Call {
            timeout_millis: 5,
            ..call(1, "never")
        })
        .await?;
    let message = "the deadline passed before the handler answered";
    assert_eq!(kind, error(Code::DeadlineExceeded, message, ""));
    let kind = running
        .observe(Call {
            timeout_millis: 60_000,
            ..call(1, "timeout")
        })
        .await?;
    assert_eq!(kind, responded("60000m"));
    Ok(())
}

#[tokio::test]
async fn waiting_calls_do_not_block_their_batch() -> Fallible {
    let running = Running::start().await?;
    // These calls wait for each other, so they would never end one at a time.
    let mut calls: Vec<Call> = (1..=MEETING as u64).map(|id| call(id, "meet")).collect();
    calls.push(call(9, "text"));
    let observations = running.execute(vec![calls]).await?;
    let kinds = observations
        .into_values()
        .map(|observation| observation.kind);
    let expected = ["met", "met", "met", "text"].map(|text| Some(responded(text)));
    assert_eq!(kinds.collect::<Vec<_>>(), expected);
    Ok(())
}

#[tokio::test]
async fn calls_that_wait_at_the_half_close_are_answered() -> Fallible {
    let running = Running::start().await?;
    let requests = vec![ExecuteRequest {
        calls: vec![call(1, "meet"), call(2, "text")],
    }];
    let mut replies = running
        .client()
        .execute(tokio_stream::iter(requests))
        .await?
        .into_inner();
    let ready = replies.message().await?.unwrap_or_default();
    assert_eq!(
        ready
            .observations
            .iter()
            .map(|o| o.call_id)
            .collect::<Vec<_>>(),
        [2]
    );

    let mut plain = RenderServiceClient::new(running.channel.clone());
    let mut other = plain.clone();
    let (one, two) = tokio::join!(
        plain.canonical(canonical("meet")),
        other.canonical(canonical("meet"))
    );
    assert_eq!(
        [one?.into_inner().text, two?.into_inner().text],
        ["met", "met"]
    );

    let outstanding = replies.message().await?.unwrap_or_default();
    assert_eq!(
        outstanding
            .observations
            .iter()
            .map(|o| o.call_id)
            .collect::<Vec<_>>(),
        [1]
    );
    assert_eq!(replies.message().await?, None);
    Ok(())
}

#[tokio::test]
async fn a_slow_batch_sends_its_answers_before_a_call_that_blocks() -> Fallible {
    let running = Running::start().await?;
    let calls = vec![
        call(1, "text"),
        call(2, "slow"),
        call(3, "block"),
        call(4, "text"),
    ];
    let stream = tokio_stream::iter([ExecuteRequest { calls }]);
    let mut replies = running.client().execute(stream).await?.into_inner();
    let mut early = Vec::new();
    while early.len() < 2 {
        let reply = replies.message().await?.ok_or("the stream ended early")?;
        early.extend(
            reply
                .observations
                .iter()
                .map(|observation| observation.call_id),
        );
    }
    assert_eq!(early, [1, 2]);

    let gate = Arc::clone(&running.shared.gate);
    tokio::task::spawn_blocking(move || gate.wait()).await?;
    let late = replies.message().await?.unwrap_or_default();
    assert_eq!(
        late.observations.first().and_then(|o| o.kind.clone()),
        Some(responded("released"))
    );
    Ok(())
}

#[tokio::test]
async fn a_call_that_blocks_does_not_delay_the_batch_before_it() -> Fallible {
    let running = Running::start().await?;
    let batches =
        [call(1, "text"), call(2, "block")].map(|call| ExecuteRequest { calls: vec![call] });
    let stream = tokio_stream::iter(batches);
    let mut replies = running.client().execute(stream).await?.into_inner();
    for expected in [responded("text"), responded("released")] {
        let reply = replies.message().await?.unwrap_or_default();
        let kinds: Vec<_> = reply.observations.into_iter().map(|o| o.kind).collect();
        assert_eq!(kinds, [Some(expected.clone())]);
        if expected == responded("text") {
            let gate = Arc::clone(&running.shared.gate);
            tokio::task::spawn_blocking(move || gate.wait()).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn waiting_calls_are_dropped_when_the_client_disconnects() -> Fallible {
    let running = Running::start().await?;
    let calls = vec![call(1, "watched"), call(2, "text")];
    let stream = tokio_stream::iter([ExecuteRequest { calls }]);
    let mut replies = running.client().execute(stream).await?.into_inner();
    assert!(replies.message().await?.is_some());
    drop(replies);
    running.shared.dropped.notified().await;
    Ok(())
}

#[tokio::test]
async fn an_oversized_answer_is_a_protocol_error_of_its_call_only() -> Fallible {
    for (text, expected) in [
        ("huge", "the response has "),
        ("huge error", "the error has "),
        ("huge panic", "the panic has "),
    ] {
        let running = Running::start().await?;
        let observations = running
            .execute(vec![vec![call(1, text), call(2, "after")]])
            .await?;
        let kind = observations.get(&1).and_then(|o| o.kind.clone());
        let told = undelivered(kind)?;
        assert!(told.starts_with(expected), "{told}");
        assert!(told.ends_with(" bytes; the limit is 67043328"), "{told}");
        assert_eq!(
            observations.get(&2).and_then(|o| o.kind.clone()),
            Some(responded("after"))
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_request_beyond_a_limit_of_tonic_or_prost_is_a_protocol_error() -> Fallible {
    let running = Running::start().await?;
    let large = call(1, &"x".repeat(5 << 20));
    let told = undelivered(Some(running.observe(large).await?))?;
    assert!(
        told.ends_with("raise max_decoding_message_size of the generated server"),
        "{told}"
    );
    let deep = Call {
        request: nested(120).encode_to_vec().into(),
        ..call(2, "")
    };
    let told = undelivered(Some(running.observe(deep).await?))?;
    assert!(
        told.starts_with("the request nests deeper than prost reads"),
        "{told}"
    );
    Ok(())
}

#[tokio::test]
async fn a_handler_may_recurse_ten_thousand_calls() -> Fallible {
    let running = Running::start().await?;
    let kind = running.observe(call(1, "recurse")).await?;
    assert_eq!(kind, responded("10000"));
    Ok(())
}

/// Returns the text of a call that was not delivered.
fn undelivered(kind: Option<Kind>) -> Result<String, String> {
    match kind {
        Some(Kind::ProtocolError(error)) => Ok(error.text),
        other => Err(format!("{other:?}")),
    }
}

/// Returns a request with a list in a list, and so on.
fn nested(depth: usize) -> CanonicalRequest {
    let mut value = Value::default();
    for _ in 0..depth {
        let items = vec![value];
        value = Value {
            kind: Some(value::Kind::List(ListValue { items })),
        };
    }
    CanonicalRequest { value: Some(value) }
}

#[tokio::test]
async fn shutdown_ends_open_streams_and_the_runner() -> Fallible {
    let running = Running::start().await?;
    let (requests, receiver) = mpsc::channel(1);
    requests
        .send(ExecuteRequest {
            calls: vec![call(1, "never"), call(2, "text")],
        })
        .await?;
    let stream = ReceiverStream::new(receiver);
    let mut replies = running.client().execute(stream).await?.into_inner();
    assert!(replies.message().await?.is_some());

    running.client().shutdown(ShutdownRequest {}).await?;
    let cut_off = replies
        .message()
        .await
        .map_err(|status: Status| status.code());
    assert_eq!(cut_off, Err(Code::Unavailable));
    running.served.await??;
    assert!(!running.socket.0.exists());
    Ok(())
}
