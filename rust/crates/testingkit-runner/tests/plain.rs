//! A runner as a plain gRPC client sees it.

mod support;

use std::time::Duration;

use support::{Fallible, Running, Scripted, canonical};
use testingkit_proto::{
    DESCRIPTORS,
    kit::{
        DiffLinesRequest, diff_service_client::DiffServiceClient,
        render_service_client::RenderServiceClient,
    },
};
use testingkit_runner::{Address, Listener, Runner, ServeError};
use tonic::{Code, Request};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

#[tokio::test]
async fn a_plain_call_is_answered() -> Fallible {
    let running = Running::start().await?;
    let mut client = RenderServiceClient::new(running.channel);
    assert_eq!(
        client.canonical(canonical("text")).await?.into_inner().text,
        "text"
    );
    Ok(())
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_connection_stays_open() -> Fallible {
    let running = Running::start().await?;
    let mut client = RenderServiceClient::new(running.channel);
    for _ in 0..2 {
        let status = client
            .canonical(canonical("panic"))
            .await
            .err()
            .ok_or("it answered")?;
        assert_eq!(status.code(), Code::Internal);
        assert!(
            status.message().starts_with("panic: asked to panic at "),
            "{status}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_call_ends_at_its_deadline() -> Fallible {
    let running = Running::start().await?;
    let mut request = Request::new(canonical("never"));
    request.set_timeout(Duration::from_millis(5));
    let status = RenderServiceClient::new(running.channel)
        .canonical(request)
        .await
        .err();
    // The client and the server enforce the same deadline, and either may be first.
    let code = status.map(|status| status.code());
    assert!(
        matches!(code, Some(Code::Cancelled | Code::DeadlineExceeded)),
        "{code:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_service_that_was_not_added_is_unimplemented() -> Fallible {
    let running = Running::start().await?;
    let status = DiffServiceClient::new(running.channel)
        .diff_lines(DiffLinesRequest::default())
        .await
        .err();
    assert_eq!(
        status.map(|status| status.code()),
        Some(Code::Unimplemented)
    );
    Ok(())
}

#[tokio::test]
async fn health_reports_every_service_as_serving() -> Fallible {
    let running = Running::start().await?;
    let mut client = HealthClient::new(running.channel);
    for service in [
        "",
        "testingkit.kit.v1.RenderService",
        "testingkit.conformance.v1.RunnerService",
    ] {
        let request = HealthCheckRequest {
            service: service.to_owned(),
        };
        assert_eq!(
            client.check(request).await?.into_inner().status(),
            ServingStatus::Serving
        );
    }
    Ok(())
}

#[tokio::test]
async fn reflection_lists_all_services() -> Fallible {
    let running = Running::start().await?;
    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let replies = ServerReflectionClient::new(running.channel)
        .server_reflection_info(tokio_stream::iter([request]))
        .await?;
    let reply = replies
        .into_inner()
        .message()
        .await?
        .and_then(|reply| reply.message_response);
    let Some(MessageResponse::ListServicesResponse(list)) = reply else {
        return Err(format!("{reply:?}").into());
    };
    let mut names: Vec<String> = list
        .service
        .into_iter()
        .map(|service| service.name)
        .collect();
    names.sort();
    let expected = [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
        "testingkit.conformance.v1.RunnerService",
        "testingkit.kit.v1.RenderService",
    ];
    assert_eq!(names, expected);
    Ok(())
}

#[tokio::test]
async fn missing_descriptors_and_duplicate_services_are_errors() -> Fallible {
    let address: Address = "127.0.0.1:0".parse()?;
    let undescribed = Runner::new("wrong", "1").add_service(Scripted::server().0);
    let error = undescribed
        .serve_on(Listener::bind(&address).await?)
        .await
        .err();
    assert!(
        matches!(error, Some(ServeError::NoDescriptors { .. })),
        "{error:?}"
    );

    let twice = Runner::new("wrong", "1")
        .descriptors(DESCRIPTORS)
        .add_service(Scripted::server().0)
        .add_service(Scripted::server().0);
    let error = twice.serve_on(Listener::bind(&address).await?).await.err();
    assert!(
        matches!(error, Some(ServeError::DuplicateService { .. })),
        "{error:?}"
    );
    Ok(())
}
