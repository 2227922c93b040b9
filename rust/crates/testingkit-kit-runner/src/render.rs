//! The service of the render module.

use testingkit::render as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::render_service_server::RenderService;
use tonic::{Request, Response, Status};

use crate::reading::read;

/// The service over [`testingkit::render`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Render;

#[tonic::async_trait]
impl RenderService for Render {
    async fn canonical(
        &self,
        request: Request<pb::CanonicalRequest>,
    ) -> Result<Response<pb::CanonicalResponse>, Status> {
        let value = read(request.get_ref().value.as_ref())?;
        Ok(Response::new(pb::CanonicalResponse {
            text: kit::canonical(&value),
        }))
    }

    async fn expanded(
        &self,
        request: Request<pb::ExpandedRequest>,
    ) -> Result<Response<pb::ExpandedResponse>, Status> {
        let value = read(request.get_ref().value.as_ref())?;
        Ok(Response::new(pb::ExpandedResponse {
            text: kit::expanded(&value),
        }))
    }

    async fn truncated(
        &self,
        request: Request<pb::TruncatedRequest>,
    ) -> Result<Response<pb::TruncatedResponse>, Status> {
        let value = read(request.get_ref().value.as_ref())?;
        Ok(Response::new(pb::TruncatedResponse {
            text: kit::truncated(&value),
        }))
    }
}
