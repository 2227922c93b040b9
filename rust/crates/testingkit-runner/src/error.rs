//! Why a runner could not serve.

use std::io;

use crate::address::{Address, AddressError};

/// Why a runner could not serve. Each is one line, made to be the last thing a process prints.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// `TESTINGKIT_RUNNER_ADDRESS` is set and malformed.
    #[error("TESTINGKIT_RUNNER_ADDRESS={value:?}: {source}")]
    Address {
        /// What the variable holds.
        value: String,
        /// What is wrong with it.
        source: AddressError,
    },

    /// `TESTINGKIT_RUNNER_LEASE` is set to something else than `stdin`.
    #[error("TESTINGKIT_RUNNER_LEASE={value:?}: only \"stdin\" is known")]
    Lease {
        /// What the variable holds.
        value: String,
    },

    /// The address could not be listened on.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address.
        address: Address,
        /// What the system said.
        source: io::Error,
    },

    /// The same service was added twice.
    #[error("service {service} was added twice")]
    DuplicateService {
        /// Its full name.
        service: &'static str,
    },

    /// A service was added, and no descriptors tell its methods.
    #[error(
        "no descriptors of service {service}: give the runner its file descriptor set with `descriptors`"
    )]
    NoDescriptors {
        /// The full name of the service.
        service: &'static str,
    },

    /// Bytes given as descriptors are not a `FileDescriptorSet`.
    #[error("descriptors given to the runner are not a file descriptor set: {0}")]
    Descriptors(#[from] prost::DecodeError),

    /// The reflection service refused the descriptors.
    #[error("descriptors given to the runner cannot be served by reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),

    /// The process could not ask for its signals, its lease or its runtime.
    #[error("cannot set up the process: {0}")]
    Process(#[source] io::Error),

    /// The server stopped by an error.
    #[error("the server stopped: {0}")]
    Transport(#[from] tonic::transport::Error),
}
