//! The fault service: fails in the ways in which a Rust process can. It is not over a module of the
//! kit.

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

/// The service of faults.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fault;

#[tonic::async_trait]
impl FaultService for Fault {
    async fn inject(
        &self,
        request: Request<pb::InjectRequest>,
    ) -> Result<Response<pb::InjectResponse>, Status> {
        let request = request.into_inner();
        inject(&request).await?;
        Ok(Response::new(pb::InjectResponse {
            number: request.number,
        }))
    }
}

async fn inject(request: &pb::InjectRequest) -> Result<(), Status> {
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
        Segfault => raw::read_invalid_address(),
        BackgroundPanic => panic_in_background().await,
        BlockEventLoop => block_every_worker(request.millis),
        Unspecified if request.fault == 0 => {
            return Err(Status::invalid_argument("the request names no fault"));
        }
        _ => {
            let text = format!("this runner does not support fault {}", request.fault);
            return Err(Status::unimplemented(text));
        }
    }
    Ok(())
}

/// Recurses until the stack overflows. The end is unreachable, but the compiler requires one.
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

/// Returns when so many milliseconds have passed; `None`, which is never, for zero and for more
/// than the clock can represent.
fn end_of(millis: u64) -> Option<Instant> {
    let after = (millis > 0).then(|| Duration::from_millis(millis))?;
    Instant::now().checked_add(after)
}

fn sleep(millis: u64) {
    let end = end_of(millis);
    // A sleep may end early, so it is repeated until the end.
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
    // The task panics as requested.
    let _ = task.await;
}

/// Blocks all worker threads of tokio. As long as one is free, the event loop is not blocked.
fn block_every_worker(millis: u64) {
    let workers = Handle::current().metrics().num_workers();
    for _ in 1..workers {
        tokio::spawn(async move { sleep(millis) });
    }
    sleep(millis);
}
