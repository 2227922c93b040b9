//! The environment variables that the coordinator sets for a runner process.

use std::env;

use crate::{address::Address, error::ServeError};

/// The address to listen on. Unset if the runner is started by hand.
pub(crate) const ADDRESS: &str = "TESTINGKIT_RUNNER_ADDRESS";

/// `stdin` makes the process end when its standard input ends. This is not the default, because a
/// runner that is started by hand may have no standard input.
pub(crate) const LEASE: &str = "TESTINGKIT_RUNNER_LEASE";

/// The parsed environment variables.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The address to listen on; `None` if the runner was started by hand.
    pub(crate) address: Option<Address>,
    /// Whether to end when standard input ends.
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

/// Returns a variable. Bytes that are not Unicode become replacement characters, which no valid
/// host contains.
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
    fn the_error_of_a_malformed_variable_names_it_in_one_line() {
        assert_eq!(message("unix:/tmp/a.sock", "stdin"), None);
        assert_eq!(
            message("unix:a.sock", "stdin").as_deref(),
            Some(
                "cannot listen: TESTINGKIT_RUNNER_ADDRESS is \"unix:a.sock\": the path of a Unix socket must be absolute"
            ),
        );
        assert_eq!(
            message("localhost:1", "stdout").as_deref(),
            Some("TESTINGKIT_RUNNER_LEASE is \"stdout\": it must be \"stdin\" or unset"),
        );
    }
}
