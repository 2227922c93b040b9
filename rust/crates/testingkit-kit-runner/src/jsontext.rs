//! The service of the jsontext module.

use testingkit::jsontext as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::jsontext_service_server::JsontextService;
use testingkit_proto::kit::read_json_response as response;
use tonic::{Request, Response, Status};

use crate::proto_value::to_proto;

/// The service over [`testingkit::jsontext`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Jsontext;

#[tonic::async_trait]
impl JsontextService for Jsontext {
    async fn read_json(
        &self,
        request: Request<pb::ReadJsonRequest>,
    ) -> Result<Response<pb::ReadJsonResponse>, Status> {
        let outcome = match kit::read_json(&request.get_ref().text) {
            Ok(value) => response::Outcome::Value(to_proto(&value)),
            Err(error) => response::Outcome::Error(response::JsonError {
                offset: u32::try_from(error.offset).unwrap_or(u32::MAX),
                reason: reason(error.reason).into(),
            }),
        };
        Ok(Response::new(pb::ReadJsonResponse {
            outcome: Some(outcome),
        }))
    }
}

const fn reason(reason: kit::Reason) -> response::Reason {
    match reason {
        kit::Reason::NotUtf8 => response::Reason::NotUtf8,
        kit::Reason::ByteOrderMark => response::Reason::ByteOrderMark,
        kit::Reason::UnexpectedEnd => response::Reason::UnexpectedEnd,
        kit::Reason::UnexpectedCharacter => response::Reason::UnexpectedCharacter,
        kit::Reason::TrailingText => response::Reason::TrailingText,
        kit::Reason::ControlCharacter => response::Reason::ControlCharacter,
        kit::Reason::BadEscape => response::Reason::BadEscape,
        kit::Reason::LoneSurrogate => response::Reason::LoneSurrogate,
        kit::Reason::DuplicateKey => response::Reason::DuplicateKey,
        kit::Reason::NumberOutOfRange => response::Reason::NumberOutOfRange,
        kit::Reason::TooDeep => response::Reason::TooDeep,
        // A reason that the kit has and the protocol does not have yet.
        _ => response::Reason::Unspecified,
    }
}
