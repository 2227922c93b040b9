//! The subject of the benchmark.

use std::{
    hint,
    time::{Duration, Instant},
};

use prost::{DecodeError, Message as _};
use tonic::{Request, Response, Status};

use crate::acme::bench::v1::{WorkRequest, WorkResponse, bench_service_server::BenchService};

/// The subject as a service.
#[derive(Clone, Copy)]
pub struct Bench;

#[tonic::async_trait]
impl BenchService for Bench {
    async fn work(&self, request: Request<WorkRequest>) -> Result<Response<WorkResponse>, Status> {
        Ok(Response::new(work(request.into_inner())))
    }
}

/// Answers a serialized request: the minimal work, which all baselines share.
pub fn answer(request: &[u8]) -> Result<Vec<u8>, DecodeError> {
    WorkRequest::decode(request).map(|request| work(request).encode_to_vec())
}

fn work(request: WorkRequest) -> WorkResponse {
    if request.spin_nanos > 0 {
        spin(Duration::from_nanos(request.spin_nanos.into()));
    }
    WorkResponse {
        name: request.name + "!",
        number: request.number + 1,
        sum: request.payload.iter().map(|&byte| u64::from(byte)).sum(),
    }
}

fn spin(time: Duration) {
    let started = Instant::now();
    while started.elapsed() < time {
        hint::spin_loop();
    }
}
