//! The services of `testingkit/kit/v1`, each over one module of the Rust kit.
//!
//! The kit itself depends on neither protobuf nor gRPC: [`proto_value`] converts between messages
//! and values of the kit. [`Fault`] is not over a module of the kit; it fails in the way that a
//! request names. Each function here returns a service as a server or a runner accepts it.
#![allow(
    clippy::exhaustive_structs,
    reason = "the services have no state and need none"
)]

mod assertions;
mod diff;
mod events;
mod fault;
mod jsontext;
mod paths;
mod pattern;
pub mod proto_value;
mod reading;
mod recipes;
mod render;
mod value;

use testingkit_proto::kit::assertions_service_server::AssertionsServiceServer;
use testingkit_proto::kit::diff_service_server::DiffServiceServer;
use testingkit_proto::kit::events_service_server::EventsServiceServer;
use testingkit_proto::kit::fault_service_server::FaultServiceServer;
use testingkit_proto::kit::jsontext_service_server::JsontextServiceServer;
use testingkit_proto::kit::paths_service_server::PathsServiceServer;
use testingkit_proto::kit::pattern_service_server::PatternServiceServer;
use testingkit_proto::kit::render_service_server::RenderServiceServer;
use testingkit_proto::kit::value_service_server::ValueServiceServer;
use testingkit_runner::MAX_MESSAGE_BYTES;

pub use assertions::Assertions;
pub use diff::Diff;
pub use events::Events;
pub use fault::Fault;
pub use jsontext::Jsontext;
pub use paths::Paths;
pub use pattern::Pattern;
pub use reading::{code_to_proto, read};
pub use render::Render;
pub use value::Value;

/// Returns the service of the value module.
#[must_use]
pub fn value_service() -> ValueServiceServer<Value> {
    ValueServiceServer::new(Value).max_decoding_message_size(MAX_MESSAGE_BYTES)
}

/// Returns the service of the render module.
#[must_use]
pub fn render_service() -> RenderServiceServer<Render> {
    RenderServiceServer::new(Render).max_decoding_message_size(MAX_MESSAGE_BYTES)
}

/// Returns the service of the diff module.
#[must_use]
pub fn diff_service() -> DiffServiceServer<Diff> {
    DiffServiceServer::new(Diff).max_decoding_message_size(MAX_MESSAGE_BYTES)
}

/// Returns the service of the events module.
#[must_use]
pub fn events_service() -> EventsServiceServer<Events> {
    EventsServiceServer::new(Events).max_decoding_message_size(MAX_MESSAGE_BYTES)
}

/// Returns the service of the assertions module.
#[must_use]
pub fn assertions_service() -> AssertionsServiceServer<Assertions> {
    AssertionsServiceServer::new(Assertions).max_decoding_message_size(MAX_MESSAGE_BYTES)
}

/// Returns the service of faults.
#[must_use]
pub fn fault_service() -> FaultServiceServer<Fault> {
    FaultServiceServer::new(Fault).max_decoding_message_size(MAX_MESSAGE_BYTES)
}

/// The service of the paths module.
#[must_use]
pub fn paths_service() -> PathsServiceServer<Paths> {
    PathsServiceServer::new(Paths)
}

/// The service of the jsontext module.
#[must_use]
pub fn jsontext_service() -> JsontextServiceServer<Jsontext> {
    JsontextServiceServer::new(Jsontext)
}

/// The service of the pattern module.
#[must_use]
pub fn pattern_service() -> PatternServiceServer<Pattern> {
    PatternServiceServer::new(Pattern)
}
