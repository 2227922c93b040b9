//! The service of the diff module.

use testingkit::diff as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::diff_service_server::DiffService;
use tonic::{Request, Response, Status};

use crate::reading::read;

/// The service over [`testingkit::diff`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Diff;

#[tonic::async_trait]
impl DiffService for Diff {
    async fn diff_lines(
        &self,
        request: Request<pb::DiffLinesRequest>,
    ) -> Result<Response<pb::DiffLinesResponse>, Status> {
        let request = request.get_ref();
        Ok(Response::new(pb::DiffLinesResponse {
            text: kit::lines(&request.expected, &request.actual),
        }))
    }

    async fn diff_values(
        &self,
        request: Request<pb::DiffValuesRequest>,
    ) -> Result<Response<pb::DiffValuesResponse>, Status> {
        let request = request.get_ref();
        let expected = read(request.expected.as_ref())?;
        let actual = read(request.actual.as_ref())?;
        Ok(Response::new(pb::DiffValuesResponse {
            text: kit::values(&expected, &actual),
        }))
    }
}
