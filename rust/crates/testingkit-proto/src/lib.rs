//! Generated messages and services of TestingKit; `make generate` writes `generated/`.

#[allow(
    missing_docs,
    clippy::all,
    reason = "generated code is not held to the rules of written code"
)]
mod generated {
    include!("generated/mod.rs");
}

pub use generated::{google, testingkit};

/// The harness contract.
pub use generated::testingkit::conformance::v1 as conformance;

/// The kits' behaviour as services.
pub use generated::testingkit::kit::v1 as kit;

/// Serialized `FileDescriptorSet` of everything here, for server reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!("generated/descriptors.bin");
