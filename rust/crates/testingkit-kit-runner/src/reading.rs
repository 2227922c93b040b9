//! Reads the values of requests and writes error codes, as all services do.

use testingkit::value::{ConversionError, ErrorCode, Value};
use testingkit_proto::kit as pb;
use tonic::Status;

use crate::proto_value::from_proto;

/// Reads a value of a request. An unset message counts as a value without a kind.
///
/// # Errors
/// `INVALID_ARGUMENT` for a malformed value, with the code and the place of the error.
pub fn read(message: Option<&pb::Value>) -> Result<Value, Status> {
    from_proto(message).map_err(|error| Status::invalid_argument(error.to_string()))
}

/// Converts an error code to its message.
#[must_use]
pub const fn code_to_proto(code: ErrorCode) -> pb::ErrorCode {
    match code {
        ErrorCode::WrongKind => pb::ErrorCode::WrongKind,
        ErrorCode::BadArgument => pb::ErrorCode::BadArgument,
        ErrorCode::BadPattern => pb::ErrorCode::BadPattern,
        ErrorCode::BadPath => pb::ErrorCode::BadPath,
        ErrorCode::NotComparable => pb::ErrorCode::NotComparable,
        ErrorCode::NotConvertible => pb::ErrorCode::NotConvertible,
        ErrorCode::Cycle => pb::ErrorCode::Cycle,
        ErrorCode::TooLarge => pb::ErrorCode::TooLarge,
        ErrorCode::Unsupported => pb::ErrorCode::Unsupported,
        // A code that the kit has and the protocol does not have yet.
        _ => pb::ErrorCode::Unspecified,
    }
}

/// Converts a conversion error to its message.
pub(crate) fn error_to_proto(error: ConversionError) -> pb::ConversionError {
    pb::ConversionError {
        code: code_to_proto(error.code).into(),
        path: error.path,
    }
}
