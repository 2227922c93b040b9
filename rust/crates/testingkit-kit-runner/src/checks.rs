//! The service of the checks module.

use testingkit::checks as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::checks_service_server::ChecksService;
use testingkit_proto::kit::evaluate_response::Detail;
use testingkit_proto::kit::list_checks_response::Check;
use tonic::{Request, Response, Status};

use crate::proto_value::to_proto;
use crate::reading::{code_to_proto, read};

/// The service over [`testingkit::checks`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Checks;

#[tonic::async_trait]
impl ChecksService for Checks {
    async fn evaluate(
        &self,
        request: Request<pb::EvaluateRequest>,
    ) -> Result<Response<pb::EvaluateResponse>, Status> {
        let request = request.into_inner();
        let assertion = assertion_from_proto(request.assertion.unwrap_or_default())?;
        let actual = read(request.actual.as_ref())?;
        let verdict = assertion.evaluate(actual);
        Ok(Response::new(verdict_to_proto(verdict)))
    }

    async fn list_checks(
        &self,
        _request: Request<pb::ListChecksRequest>,
    ) -> Result<Response<pb::ListChecksResponse>, Status> {
        let checks = kit::catalog().into_iter().map(entry_to_proto).collect();
        Ok(Response::new(pb::ListChecksResponse { checks }))
    }
}

fn assertion_from_proto(message: pb::Assertion) -> Result<kit::Assertion, Status> {
    let assertion = kit::Assertion::new(message.name).with_note(message.note);
    message
        .arguments
        .into_iter()
        .try_fold(assertion, |assertion, argument| {
            Ok(assertion.with_argument(argument.name, read(argument.value.as_ref())?))
        })
}

fn verdict_to_proto(verdict: kit::Verdict) -> pb::EvaluateResponse {
    let mut response = pb::EvaluateResponse {
        text: verdict.to_string(),
        ..pb::EvaluateResponse::default()
    };
    match verdict.status {
        kit::Status::Pass => response.set_verdict(pb::CheckVerdict::Pass),
        kit::Status::Fail { details, diff, .. } => {
            response.set_verdict(pb::CheckVerdict::Fail);
            response.diff = diff;
            response.details = details
                .into_iter()
                .map(|(name, value)| Detail {
                    name: name.to_owned(),
                    value: Some(to_proto(&value)),
                })
                .collect();
        }
        kit::Status::Error(code) => {
            response.set_verdict(pb::CheckVerdict::Error);
            response.set_error_code(code_to_proto(code));
        }
    }
    response
}

fn entry_to_proto(entry: &kit::Entry) -> Check {
    Check {
        name: entry.name().to_owned(),
        arguments: entry.arguments().map(str::to_owned).collect(),
        details: entry.details().iter().map(ToString::to_string).collect(),
    }
}
