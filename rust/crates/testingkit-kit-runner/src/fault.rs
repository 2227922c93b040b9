//! The fault service: misbehaviour on request, as Rust has it. No module of the kit is behind it.

#[cfg(unix)]
mod raw;

use std::{
    hint::{black_box, spin_loop},
    io, process, thread,
    time::{Duration, Instant},
};

use testingkit_proto::kit as pb;
use testingkit_proto::kit::fault_service_server::FaultService;
use tokio::runtime::Handle;
use tonic::{Request, Response, Status};

const EXIT_STATUS: i32 = 3;
const CHUNK_BYTES: usize = 1 << 20;
const LINE: &[u8; 64] = b"flooded on request.............................................\n";

/// Misbehaves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fault;

#[tonic::async_trait]
impl FaultService for Fault {
    async fn inject(
        &self,
        request: Request<pb::InjectRequest>,
    ) -> Result<Response<pb::InjectResponse>, Status> {
        let request = request.into_inner();
        misbehave(&request).await?;
        Ok(Response::new(pb::InjectResponse {
            number: request.number,
        }))
    }
}

async fn misbehave(request: &pb::InjectRequest) -> Result<(), Status> {
    use pb::Fault::*;

    match request.fault() {
        Return => {}
        Panic => panic!("panicked on request"),
        Exit => process::exit(EXIT_STATUS),
        Abort => process::abort(),
        StackOverflow => drop(descend(0)),
        Allocate => allocate(),
        Sleep => sleep(request.millis),
        Spin => spin(request.millis),
        Flood => flood(request.bytes).map_err(|error| Status::unknown(error.to_string()))?,
        #[cfg(unix)]
        CloseSocket => raw::close_sockets().map_err(|error| Status::unknown(error.to_string()))?,
        #[cfg(unix)]
        Segfault => raw::read_what_is_not_there(),
        BackgroundPanic => panic_in_background().await,
        BlockEventLoop => block_every_worker(request.millis),
        Unspecified if request.fault == 0 => {
            return Err(Status::invalid_argument("the request names no fault"));
        }
        _ => {
            let text = format!("there is no fault {} here", request.fault);
            return Err(Status::unimplemented(text));
        }
    }
    Ok(())
}

/// Has an end in name only, so that the compiler takes it.
fn descend(depth: u64) -> u64 {
    match black_box(depth) {
        u64::MAX => depth,
        _ => black_box(descend(depth + 1)) + 1,
    }
}

fn allocate() {
    let mut hoard = Vec::new();
    loop {
        hoard.push(black_box(vec![1_u8; CHUNK_BYTES]));
    }
}

/// The end of so many milliseconds; none for zero, and none that the clock can tell.
fn end_of(millis: u64) -> Option<Instant> {
    let after = (millis > 0).then(|| Duration::from_millis(millis))?;
    Instant::now().checked_add(after)
}

fn sleep(millis: u64) {
    let end = end_of(millis);
    // A sleep that ends early, as parking may, is one that is slept again.
    while end.is_none_or(|end| Instant::now() < end) {
        thread::sleep(end.map_or(Duration::MAX, |end| {
            end.saturating_duration_since(Instant::now())
        }));
    }
}

fn spin(millis: u64) {
    let end = end_of(millis);
    while end.is_none_or(|end| Instant::now() < end) {
        spin_loop();
    }
}

fn flood(bytes: u64) -> io::Result<()> {
    write(&mut io::stdout().lock(), bytes)?;
    write(&mut io::stderr().lock(), bytes)
}

fn write(stream: &mut impl io::Write, bytes: u64) -> io::Result<()> {
    let mut left = bytes;
    while left > 0 {
        let part = left.min(LINE.len() as u64);
        stream.write_all(&LINE[..part as usize])?;
        left -= part;
    }
    stream.flush()
}

async fn panic_in_background() {
    let task = tokio::spawn(async { panic!("panicked on request") });
    // That the task panicked is what was asked for.
    let _ = task.await;
}

/// tokio's event loop is its worker threads: while one is left, nothing is blocked.
fn block_every_worker(millis: u64) {
    let workers = Handle::current().metrics().num_workers();
    for _ in 1..workers {
        tokio::spawn(async move { sleep(millis) });
    }
    sleep(millis);
}
