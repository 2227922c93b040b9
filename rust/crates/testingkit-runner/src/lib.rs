//! Makes any tonic service a TestingKit runner.
//!
//! A runner is a process that serves one implementation of the subjects, which are protobuf
//! services, to the coordinator that tests them. Implement the service as for any tonic server, and
//! run it in `main`:
//!
//! ```no_run
//! # use testingkit_proto::kit::render_service_server::{RenderService, RenderServiceServer};
//! # use testingkit_proto::DESCRIPTORS;
//! # fn start(renderer: impl RenderService) -> std::process::ExitCode {
//! testingkit_runner::Runner::new("rust", env!("CARGO_PKG_VERSION"))
//!     .descriptors(DESCRIPTORS)
//!     .add_service(RenderServiceServer::new(renderer))
//!     .run()
//! # }
//! ```
//!
//! In a runtime of your own, call [`Runner::serve`] instead of [`Runner::run`].
//!
//! The coordinator's batches call the service in process. Plain gRPC clients reach it over the
//! network, with health and reflection. A panic of a handler is an observation like any other, and
//! the process keeps running: build with `panic = "unwind"`, the default.
//!
//! The calls of a batch are started one after the other, and a call that waits does not block the
//! next. A handler that neither waits nor returns blocks its batch, and after its deadline the
//! coordinator ends the process.
//!
//! The protocol is specified in `proto/testingkit/conformance/v1/runner.proto`.

mod address;
mod backtrace;
mod dispatch;
mod error;
mod execute;
mod guard;
mod limits;
mod methods;
mod protocol;
mod replies;
mod reply;
mod requests;
mod router;
mod runner;
mod settings;
mod shutdown;
mod standard;
mod subject;

pub use address::{Address, AddressError, Listener};
pub use error::ServeError;
pub use limits::MAX_MESSAGE_BYTES;
pub use runner::Runner;
