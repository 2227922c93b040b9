//! The service of the assertions module.

use testingkit::assertions as kit;
use testingkit_proto::kit as pb;
use testingkit_proto::kit::argument;
use testingkit_proto::kit::assertions_service_server::AssertionsService;
use testingkit_proto::kit::evaluate_response::Detail;
use testingkit_proto::kit::list_assertions_response::Entry;
use testingkit_proto::kit::shape;
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
        Some(argument::Kind::Shape(shape)) => shape_from_proto(shape)?.into(),
        Some(argument::Kind::Value(value)) => read(Some(&value))?.into(),
        None => read(None)?.into(),
    })
}

/// Reads a shape. One that is not set is read as a value that is not set.
fn shape_from_proto(message: pb::Shape) -> Result<kit::Shape, Status> {
    Ok(match message.kind {
        Some(shape::Kind::Any(_)) => kit::Shape::Any,
        Some(shape::Kind::Check(assertion)) => kit::Shape::Check(assertion_from_proto(assertion)?),
        Some(shape::Kind::List(list)) => {
            let items = list.items.into_iter().map(shape_from_proto);
            kit::Shape::List(items.collect::<Result<_, _>>()?)
        }
        Some(shape::Kind::Map(map)) => {
            let entries = map.entries.into_iter().map(|entry| {
                let key = read(entry.key.as_ref())?;
                Ok((key, shape_from_proto(entry.value.unwrap_or_default())?))
            });
            let shape = kit::MapShape::new(entries.collect::<Result<Vec<_>, Status>>()?);
            kit::Shape::Map(if map.open { shape.open() } else { shape })
        }
        Some(shape::Kind::Record(record)) => {
            let fields = record.fields.into_iter().map(|field| {
                let part = shape_from_proto(field.value.unwrap_or_default())?;
                Ok((field.name, part))
            });
            let fields = fields.collect::<Result<Vec<_>, Status>>()?;
            kit::Shape::Record(kit::RecordShape::new(record.name, fields))
        }
        Some(shape::Kind::Value(value)) => kit::Shape::Value(read(Some(&value))?),
        None => kit::Shape::Value(read(None)?),
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
