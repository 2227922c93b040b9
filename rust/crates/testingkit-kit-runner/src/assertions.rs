//! The service of the assertions module.

use testingkit::assertions as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::argument;
use testingkit_proto::kit::assertions_service_server::AssertionsService;
use testingkit_proto::kit::evaluate_response::Detail;
use testingkit_proto::kit::list_assertions_response::Entry;
use tonic::{Request, Response, Status};

use crate::proto_value::to_proto;
use crate::reading::{code_to_proto, read};

/// The service over [`testingkit::assertions`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Assertions;

#[tonic::async_trait]
impl AssertionsService for Assertions {
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

    async fn list_assertions(
        &self,
        _request: Request<pb::ListAssertionsRequest>,
    ) -> Result<Response<pb::ListAssertionsResponse>, Status> {
        let entries = kit::catalog().into_iter().map(entry_to_proto).collect();
        Ok(Response::new(pb::ListAssertionsResponse { entries }))
    }
}

fn assertion_from_proto(message: pb::Assertion) -> Result<kit::Assertion, Status> {
    let assertion = kit::Assertion::new(message.name).with_note(message.note);
    message
        .arguments
        .into_iter()
        .try_fold(assertion, |assertion, argument| {
            Ok(assertion.with_argument(argument.name, argument_from_proto(argument.kind)?))
        })
}

fn argument_from_proto(message: Option<argument::Kind>) -> Result<kit::Argument, Status> {
    Ok(match message {
        Some(argument::Kind::Assertion(nested)) => assertion_from_proto(nested)?.into(),
        Some(argument::Kind::Assertions(list)) => {
            let listed = list.assertions.into_iter().map(assertion_from_proto);
            listed.collect::<Result<Vec<_>, _>>()?.into()
        }
        Some(argument::Kind::Value(value)) => read(Some(&value))?.into(),
        None => read(None)?.into(),
    })
}

fn verdict_to_proto(verdict: kit::Verdict) -> pb::EvaluateResponse {
    let mut response = pb::EvaluateResponse {
        text: verdict.to_string(),
        ..pb::EvaluateResponse::default()
    };
    match verdict.status {
        kit::Status::Pass => response.set_verdict(pb::AssertionVerdict::Pass),
        kit::Status::Fail { details, diff, .. } => {
            response.set_verdict(pb::AssertionVerdict::Fail);
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
            response.set_verdict(pb::AssertionVerdict::Error);
            response.set_error_code(code_to_proto(code));
        }
    }
    response
}

fn entry_to_proto(entry: &kit::Entry) -> Entry {
    Entry {
        name: entry.name().to_owned(),
        arguments: entry.arguments().map(str::to_owned).collect(),
        details: entry.details().iter().map(ToString::to_string).collect(),
    }
}
