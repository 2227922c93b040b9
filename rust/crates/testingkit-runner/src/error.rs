//! The errors of serving.

use std::io;

use crate::address::{Address, AddressError};

/// Why a runner could not serve. The text of each error is one line, which `run` prints.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// `TESTINGKIT_RUNNER_ADDRESS` is malformed.
    #[error("cannot listen: TESTINGKIT_RUNNER_ADDRESS is {value:?}: {source}")]
    Address {
        /// The value of the variable.
        value: String,
        /// The fault in the value.
        source: AddressError,
    },

    /// `TESTINGKIT_RUNNER_LEASE` has another value than `stdin`.
    #[error("TESTINGKIT_RUNNER_LEASE is {value:?}: it must be \"stdin\" or unset")]
    Lease {
        /// The value of the variable.
        value: String,
    },

    /// The address could not be listened on.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address.
        address: Address,
        /// The error of the system.
        source: io::Error,
    },

    /// The same service was added twice.
    #[error("service {service} is registered twice")]
    DuplicateService {
        /// The full name of the service.
        service: &'static str,
    },

    /// A service was added without the descriptors that list its methods.
    #[error("service {service} has no descriptors: add its file descriptor set with `descriptors`")]
    NoDescriptors {
        /// The full name of the service.
        service: &'static str,
    },

    /// Bytes given as descriptors are not a `FileDescriptorSet`.
    #[error("the descriptors are not a file descriptor set: {0}")]
    Descriptors(#[from] prost::DecodeError),

    /// The reflection service refused the descriptors.
    #[error("reflection cannot serve the descriptors: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),

    /// The runtime, the handlers of signals or the watch of standard input could not be set up.
    #[error("cannot set up the process: {0}")]
    Process(#[source] io::Error),

    /// The server stopped with an error.
    #[error("the server stopped: {0}")]
    Transport(#[from] tonic::transport::Error),
}
