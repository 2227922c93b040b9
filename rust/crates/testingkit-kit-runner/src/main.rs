//! The runner of the Rust kit: serves the services of the kit, and that of faults, to the
//! coordinator.

use std::process::ExitCode;

use testingkit_kit_runner as kit;
use testingkit_runner::Runner;

fn main() -> ExitCode {
    Runner::new("rust", env!("CARGO_PKG_VERSION"))
        .descriptors(testingkit_proto::DESCRIPTORS)
        .add_service(kit::value_service())
        .add_service(kit::render_service())
        .add_service(kit::diff_service())
        .add_service(kit::events_service())
        .add_service(kit::assertions_service())
        .add_service(kit::fault_service())
        .add_service(kit::paths_service())
        .add_service(kit::jsontext_service())
        .add_service(kit::pattern_service())
        .run()
}
