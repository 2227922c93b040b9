//! The service of the value module.

use testingkit::value::to_value;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::value_service_server::ValueService;
use tonic::{Request, Response, Status};

use crate::proto_value::{from_proto, to_proto};
use crate::reading::{error_to_proto, read};
use crate::recipes;

/// The service over [`testingkit::value`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Value;

#[tonic::async_trait]
impl ValueService for Value {
    async fn normalize(
        &self,
        request: Request<pb::NormalizeRequest>,
    ) -> Result<Response<pb::NormalizeResponse>, Status> {
        use pb::normalize_response::Result as Answer;
        let result = match from_proto(request.get_ref().value.as_ref()) {
            Ok(value) => Answer::Value(to_proto(&value)),
            Err(error) => Answer::Error(error_to_proto(error)),
        };
        Ok(Response::new(pb::NormalizeResponse {
            result: Some(result),
        }))
    }

    async fn equal(
        &self,
        request: Request<pb::EqualRequest>,
    ) -> Result<Response<pb::EqualResponse>, Status> {
        let request = request.get_ref();
        let (left, right) = (read(request.left.as_ref())?, read(request.right.as_ref())?);
        Ok(Response::new(pb::EqualResponse {
            equal: left.is_equal_to(&right),
        }))
    }

    async fn identical(
        &self,
        request: Request<pb::IdenticalRequest>,
    ) -> Result<Response<pb::IdenticalResponse>, Status> {
        let request = request.get_ref();
        let (left, right) = (read(request.left.as_ref())?, read(request.right.as_ref())?);
        Ok(Response::new(pb::IdenticalResponse {
            identical: left.is_identical_to(&right),
        }))
    }

    async fn equivalent(
        &self,
        request: Request<pb::EquivalentRequest>,
    ) -> Result<Response<pb::EquivalentResponse>, Status> {
        let request = request.get_ref();
        let (left, right) = (read(request.left.as_ref())?, read(request.right.as_ref())?);
        Ok(Response::new(pb::EquivalentResponse {
            equivalent: left.is_equivalent_to(&right),
        }))
    }

    async fn order(
        &self,
        request: Request<pb::OrderRequest>,
    ) -> Result<Response<pb::OrderResponse>, Status> {
        let request = request.get_ref();
        let (left, right) = (read(request.left.as_ref())?, read(request.right.as_ref())?);
        Ok(Response::new(pb::OrderResponse {
            order: left.total_cmp(&right) as i32,
        }))
    }

    async fn convert(
        &self,
        request: Request<pb::ConvertRequest>,
    ) -> Result<Response<pb::ConvertResponse>, Status> {
        use pb::convert_response::Result as Answer;
        let native = recipes::build(request.get_ref().recipe.as_ref())?;
        let result = match to_value(&native) {
            Ok(value) => Answer::Value(to_proto(&value)),
            Err(error) => Answer::Error(error_to_proto(error)),
        };
        Ok(Response::new(pb::ConvertResponse {
            result: Some(result),
        }))
    }
}
