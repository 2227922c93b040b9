//! What the coordinator tells a runner process through its environment.

use std::env;

use crate::{address::Address, error::ServeError};

/// Names the address to listen on. Unset where a person starts the runner.
pub(crate) const ADDRESS: &str = "TESTINGKIT_RUNNER_ADDRESS";

/// `stdin` makes the process end when its standard input does. It must be said: a runner started by
/// hand with standard input closed has not lost its coordinator.
pub(crate) const LEASE: &str = "TESTINGKIT_RUNNER_LEASE";

/// The environment, read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Where to listen; `None` where the runner was started by hand.
    pub(crate) address: Option<Address>,
    /// Whether to end with standard input.
    pub(crate) lease: bool,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self, ServeError> {
        Self::from_values(variable(ADDRESS), variable(LEASE))
    }

    fn from_values(address: Option<String>, lease: Option<String>) -> Result<Self, ServeError> {
        let address = match address {
            None => None,
            Some(value) => match value.parse() {
                Ok(address) => Some(address),
                Err(source) => return Err(ServeError::Address { value, source }),
            },
        };
        let lease = match lease.as_deref() {
            None => false,
            Some("stdin") => true,
            Some(value) => {
                return Err(ServeError::Lease {
                    value: value.to_owned(),
                });
            }
        };
        Ok(Self { address, lease })
    }
}

/// Bytes that are no text become replacement characters, which no check lets pass in a host.
fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::Settings;

    fn message(address: &str, lease: &str) -> Option<String> {
        let read = Settings::from_values(Some(address.to_owned()), Some(lease.to_owned()));
        read.err().map(|error| error.to_string())
    }

    #[test]
    fn an_empty_environment_means_started_by_hand() {
        let read = Settings::from_values(None, None).ok();
        assert_eq!(
            read,
            Some(Settings {
                address: None,
                lease: false
            })
        );
    }

    #[test]
    fn a_malformed_variable_is_named_in_one_line() {
        assert_eq!(message("unix:/tmp/a.sock", "stdin"), None);
        assert_eq!(
            message("unix:a.sock", "stdin").as_deref(),
            Some(
                "TESTINGKIT_RUNNER_ADDRESS=\"unix:a.sock\": the path of a Unix socket must be absolute"
            ),
        );
        assert_eq!(
            message("localhost:1", "stdout").as_deref(),
            Some("TESTINGKIT_RUNNER_LEASE=\"stdout\": only \"stdin\" is known"),
        );
    }
}
