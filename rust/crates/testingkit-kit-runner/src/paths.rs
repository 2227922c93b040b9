//! The service of the paths module.

use testingkit::paths as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::paths_service_server::PathsService;
use testingkit_proto::kit::resolve_response as response;
use tonic::{Request, Response, Status};

use crate::proto_value::to_proto;
use crate::reading::read;

/// The service over [`testingkit::paths`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Paths;

#[tonic::async_trait]
impl PathsService for Paths {
    async fn resolve(
        &self,
        request: Request<pb::ResolveRequest>,
    ) -> Result<Response<pb::ResolveResponse>, Status> {
        let request = request.get_ref();
        let value = read(request.value.as_ref())?;
        let outcome = match request.path.parse::<kit::Path>() {
            Err(error) => response::Outcome::BadPath(response::BadPath {
                index: u32::try_from(error.index).unwrap_or(u32::MAX),
            }),
            Ok(path) => match path.resolve(&value) {
                Ok(found) => response::Outcome::Resolved(response::Resolved {
                    value: Some(to_proto(found)),
                    path: path.to_string(),
                }),
                Err(error) => response::Outcome::Unresolved(response::Unresolved {
                    reason: reason(error.reason).into(),
                    place: error.place.to_string(),
                }),
            },
        };
        Ok(Response::new(pb::ResolveResponse {
            outcome: Some(outcome),
        }))
    }
}

const fn reason(reason: kit::Reason) -> response::Reason {
    match reason {
        kit::Reason::NoField => response::Reason::NoField,
        kit::Reason::NoKey => response::Reason::NoKey,
        kit::Reason::NoIndex => response::Reason::NoIndex,
        kit::Reason::WrongKind => response::Reason::WrongKind,
        // A reason that the kit has and the protocol does not have yet.
        _ => response::Reason::Unspecified,
    }
}
