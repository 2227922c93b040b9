//! Addresses of runners in their text form, and the sockets bound to them.

use std::{fmt, io, path::PathBuf, str::FromStr};

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

/// The address that a runner listens on: `unix:/absolute/path.sock` or `host:port`.
///
/// ```
/// use testingkit_runner::Address;
///
/// let address: Address = "127.0.0.1:0".parse()?;
/// assert_eq!(address, Address::Tcp("127.0.0.1:0".to_owned()));
/// # Ok::<_, testingkit_runner::AddressError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Address {
    /// A Unix socket by its absolute path.
    Unix(PathBuf),
    /// A TCP host and port; port 0 stands for any free port.
    Tcp(String),
}

/// Why a text is not an [`Address`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// The path of a Unix socket is not absolute.
    #[error("the path of a Unix socket must be absolute")]
    RelativePath,
    /// The host is missing.
    #[error("no host; expected unix:/absolute/path.sock or host:port")]
    NoHost,
    /// The port is missing or not a number up to 65535.
    #[error("no valid port; expected unix:/absolute/path.sock or host:port")]
    NoPort,
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if let Some(path) = text.strip_prefix("unix:") {
            let path = PathBuf::from(path);
            return match path.is_absolute() {
                true => Ok(Self::Unix(path)),
                false => Err(AddressError::RelativePath),
            };
        }
        let (host, port) = text.rsplit_once(':').ok_or(AddressError::NoPort)?;
        if host.is_empty() {
            return Err(AddressError::NoHost);
        }
        port.parse::<u16>().map_err(|_| AddressError::NoPort)?;
        Ok(Self::Tcp(text.to_owned()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp(text) => f.write_str(text),
        }
    }
}

/// A bound socket, ready for [`Runner::serve_on`](crate::Runner::serve_on).
#[derive(Debug)]
pub struct Listener(pub(crate) Socket);

/// The kinds of socket a [`Listener`] holds.
#[derive(Debug)]
pub(crate) enum Socket {
    #[cfg(unix)]
    Unix(UnixListener, PathBuf),
    Tcp(TcpListener),
}

impl Listener {
    /// Binds the address and listens on it.
    ///
    /// # Errors
    /// The error of the system. The path of a Unix socket must not exist: a file that a killed
    /// process left there is not removed, because it could belong to another process.
    pub async fn bind(address: &Address) -> io::Result<Self> {
        match address {
            #[cfg(unix)]
            Address::Unix(path) => {
                UnixListener::bind(path).map(|listener| Self(Socket::Unix(listener, path.clone())))
            }
            #[cfg(not(unix))]
            Address::Unix(_) => Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "this system has no Unix sockets",
            )),
            Address::Tcp(text) => TcpListener::bind(text)
                .await
                .map(|listener| Self(Socket::Tcp(listener))),
        }
    }

    /// Returns the address that clients connect to, with the port that the system chose.
    ///
    /// # Errors
    /// The error of the system if the socket has no local address.
    pub fn address(&self) -> io::Result<Address> {
        match &self.0 {
            #[cfg(unix)]
            Socket::Unix(_, path) => Ok(Address::Unix(path.clone())),
            Socket::Tcp(listener) => Ok(Address::Tcp(listener.local_addr()?.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressError};

    #[test]
    fn both_forms_parse_and_print_unchanged() {
        for text in [
            "unix:/tmp/a b.sock",
            "127.0.0.1:0",
            "localhost:50051",
            "[::1]:65535",
        ] {
            assert_eq!(
                text.parse::<Address>().map(|address| address.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn malformed_addresses_have_an_error_for_each_fault() {
        let table = [
            ("", AddressError::NoPort),
            ("localhost", AddressError::NoPort),
            ("localhost:", AddressError::NoPort),
            ("localhost:65536", AddressError::NoPort),
            (":50051", AddressError::NoHost),
            ("unix:", AddressError::RelativePath),
            ("unix:runner.sock", AddressError::RelativePath),
        ];
        for (text, error) in table {
            assert_eq!(text.parse::<Address>(), Err(error), "{text}");
        }
    }
}
