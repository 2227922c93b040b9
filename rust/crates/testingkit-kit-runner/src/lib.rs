//! The Rust kit behind gRPC: the services of `testingkit/kit/v1`, each over one module of the kit.
//!
//! Messages are turned into the kit's own values and back in [`proto_value`]; the kit itself knows
//! neither protobuf nor gRPC. [`Fault`] has no module behind it: it misbehaves on request. The
//! functions here give every service in the form that a server or a runner takes.

mod checks;
mod diff;
mod events;
mod fault;
pub mod proto_value;
mod reading;
mod recipes;
mod render;
mod value;

use testingkit_proto::kit::checks_service_server::ChecksServiceServer;
use testingkit_proto::kit::diff_service_server::DiffServiceServer;
use testingkit_proto::kit::events_service_server::EventsServiceServer;
use testingkit_proto::kit::fault_service_server::FaultServiceServer;
use testingkit_proto::kit::render_service_server::RenderServiceServer;
use testingkit_proto::kit::value_service_server::ValueServiceServer;

pub use checks::Checks;
pub use diff::Diff;
pub use events::Events;
pub use fault::Fault;
pub use reading::{code_to_proto, read};
pub use render::Render;
pub use value::Value;

/// The service of the value module.
#[must_use]
pub fn value_service() -> ValueServiceServer<Value> {
    ValueServiceServer::new(Value)
}

/// The service of the render module.
#[must_use]
pub fn render_service() -> RenderServiceServer<Render> {
    RenderServiceServer::new(Render)
}

/// The service of the diff module.
#[must_use]
pub fn diff_service() -> DiffServiceServer<Diff> {
    DiffServiceServer::new(Diff)
}

/// The service of the events module.
#[must_use]
pub fn events_service() -> EventsServiceServer<Events> {
    EventsServiceServer::new(Events)
}

/// The service of the checks module.
#[must_use]
pub fn checks_service() -> ChecksServiceServer<Checks> {
    ChecksServiceServer::new(Checks)
}

/// The service of faults.
#[must_use]
pub fn fault_service() -> FaultServiceServer<Fault> {
    FaultServiceServer::new(Fault)
}
