//! The runner of the benchmark, and the same work without the runner protocol for comparison.

include!("../generated/mod.rs");

mod echo;
mod frames;
mod work;

use std::{env, io, process::ExitCode};

use acme::bench::v1::bench_service_server::BenchServiceServer;

const USAGE: &str = "usage: testingkit-bench-runner [loop FILE | pipe | echo SOCKET]";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => return serve(),
        ["loop", file] => frames::answer_file(file),
        ["pipe"] => frames::answer_pipe(&mut io::stdin().lock(), &mut io::stdout().lock()),
        ["echo", socket] => echo::serve(socket),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn serve() -> ExitCode {
    testingkit_runner::Runner::new("rust", env!("CARGO_PKG_VERSION"))
        .descriptors(include_bytes!("../generated/descriptors.bin"))
        .add_service(BenchServiceServer::new(work::Bench))
        .run()
}
