//! What every service does with a request that holds a malformed value.

use testingkit::value::{ConversionError, ErrorCode, Value};
use testingkit_proto::kit as pb;
use tonic::Status;

use crate::proto_value::from_proto;

/// Reads a value of a request; an unset one is a value without a kind.
///
/// # Errors
/// `INVALID_ARGUMENT` for a malformed value, with the class and the place of the error.
pub fn read(message: Option<&pb::Value>) -> Result<Value, Status> {
    from_proto(message).map_err(|error| Status::invalid_argument(error.to_string()))
}

/// The number of an error code.
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
    }
}

/// A conversion error as a message.
pub(crate) fn error_to_proto(error: ConversionError) -> pb::ConversionError {
    pb::ConversionError {
        code: code_to_proto(error.code).into(),
        path: error.path,
    }
}
