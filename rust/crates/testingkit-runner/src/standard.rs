//! Health and reflection, the services that every gRPC tool expects.

use std::sync::Arc;

use tonic_health::ServingStatus;
use tonic_reflection::server::Builder;

use crate::{error::ServeError, subject::Subject};

/// Returns the health service, which reports SERVING for every service.
pub(crate) async fn health(services: &[&'static str]) -> Subject {
    let (reporter, server) = tonic_health::server::health_reporter();
    for service in services {
        reporter
            .set_service_status(service, ServingStatus::Serving)
            .await;
    }
    Subject::new(server)
}

/// Returns the reflection service in both versions, because Python's client uses the older one.
pub(crate) fn reflection(
    services: &[&'static str],
    descriptors: &[&'static [u8]],
) -> Result<[Arc<Subject>; 2], ServeError> {
    let v1 = builder(services, descriptors).build_v1()?;
    let v1alpha = builder(services, descriptors).build_v1alpha()?;
    Ok([Arc::new(Subject::new(v1)), Arc::new(Subject::new(v1alpha))])
}

/// Services that reflection lists in addition to the subjects.
const LISTED: [&str; 3] = [
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
];

/// The runner's own descriptors come last: if a file is registered twice, the first one is used.
fn builder(services: &[&'static str], descriptors: &[&'static [u8]]) -> Builder<'static> {
    let own = [
        testingkit_proto::DESCRIPTORS,
        tonic_health::pb::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
    ];
    let builder = Builder::configure();
    let builder = descriptors
        .iter()
        .chain(&own)
        .fold(builder, |builder, set| {
            builder.register_encoded_file_descriptor_set(set)
        });
    services
        .iter()
        .chain(&LISTED)
        .fold(builder, |builder, service| {
            builder.with_service_name(*service)
        })
}
