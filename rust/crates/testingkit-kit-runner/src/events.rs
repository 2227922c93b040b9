//! The service of the events module, which runs the steps of a request on a recorder.

use std::sync::Barrier;

use testingkit::events as kit;
use testingkit::value::{ConversionError, ErrorCode, ToValue, Value};
use testingkit_proto::kit as pb;
use testingkit_proto::kit::events_service_server::EventsService;
use testingkit_proto::kit::record_request::step::Action;
use testingkit_proto::kit::record_response::Refusal;
use tonic::{Request, Response, Status};

use crate::proto_value::to_proto;
use crate::reading::{code_to_proto, read};

const MAX_THREADS: u32 = 16;

/// The service over [`testingkit::events`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Events;

#[tonic::async_trait]
impl EventsService for Events {
    async fn record(
        &self,
        request: Request<pb::RecordRequest>,
    ) -> Result<Response<pb::RecordResponse>, Status> {
        let recorder = kit::Recorder::new();
        let mut refusals = Vec::new();
        for (step, index) in request.get_ref().steps.iter().zip(0..) {
            match run(&recorder, step) {
                Ok(()) => {}
                Err(StepError::Refused(error)) => refusals.push(Refusal {
                    step: index,
                    code: code_to_proto(error.code).into(),
                }),
                Err(StepError::Malformed(status)) => return Err(status),
            }
        }
        Ok(Response::new(pb::RecordResponse {
            events: recorder.events().iter().map(event_to_proto).collect(),
            trace: recorder.trace(),
            refusals,
        }))
    }
}

/// Why a step failed.
enum StepError {
    /// The recorder refused it; the next steps are run.
    Refused(ConversionError),
    /// A value in it is malformed, which ends the call.
    Malformed(Status),
}

impl From<ConversionError> for StepError {
    fn from(error: ConversionError) -> Self {
        Self::Refused(error)
    }
}

fn run(recorder: &kit::Recorder, step: &pb::record_request::Step) -> Result<(), StepError> {
    match &step.action {
        Some(Action::Record(event)) => record(recorder, event)?,
        Some(Action::RecordThenMutate(event)) => record_then_mutate(recorder, event)?,
        Some(Action::Clear(_)) => recorder.clear(),
        Some(Action::Burst(burst)) => record_burst(recorder, burst.threads)?,
        None => Err(ConversionError::new(ErrorCode::BadArgument))?,
    }
    Ok(())
}

fn record(recorder: &kit::Recorder, event: &pb::NewEvent) -> Result<(), StepError> {
    let values = event
        .fields
        .iter()
        .map(|field| read(field.value.as_ref()))
        .collect::<Result<Vec<Value>, Status>>()
        .map_err(StepError::Malformed)?;
    let names = event.fields.iter().map(|field| field.name.as_str());
    let fields: Vec<(&str, &dyn ToValue)> = names
        .zip(values.iter().map(|value| value as &dyn ToValue))
        .collect();
    recorder.record(&event.kind, &fields)?;
    Ok(())
}

fn record_then_mutate(
    recorder: &kit::Recorder,
    event: &pb::RecordThenMutate,
) -> Result<(), ConversionError> {
    let mut items = event.items.clone();
    let recorded = recorder.record(&event.kind, &[("items", &items)]);
    items.push("late".to_owned());
    recorded.map(|_| ())
}

/// Records one event from each of so many threads, which start recording together.
fn record_burst(recorder: &kit::Recorder, threads: u32) -> Result<(), ConversionError> {
    if threads > MAX_THREADS {
        return Err(ConversionError::new(ErrorCode::BadArgument));
    }
    let together = Barrier::new(threads as usize);
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    together.wait();
                    recorder.record("tick", &[])
                })
            })
            .collect();
        started
            .into_iter()
            .flat_map(std::thread::ScopedJoinHandle::join)
            .try_for_each(|recorded| recorded.map(|_| ()))
    })
}

fn event_to_proto(event: &kit::Event) -> pb::Event {
    let fields = event.fields.iter().map(|(name, value)| pb::EventField {
        name: name.clone(),
        value: Some(to_proto(value)),
    });
    pb::Event {
        seq: event.seq,
        kind: event.kind.clone(),
        fields: fields.collect(),
    }
}
