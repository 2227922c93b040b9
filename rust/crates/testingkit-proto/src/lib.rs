//! The generated messages and services of TestingKit. `make generate` writes `generated/`.

#[allow(missing_docs, clippy::all, reason = "the lints are for written code")]
mod generated {
    include!("generated/mod.rs");
}

pub use generated::{google, testingkit};

/// The protocol between the coordinator and runners.
pub use generated::testingkit::conformance::v1 as conformance;

/// The services over the modules of the kits.
pub use generated::testingkit::kit::v1 as kit;

/// The serialized `FileDescriptorSet` of all messages and services here, for server reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!("generated/descriptors.bin");
