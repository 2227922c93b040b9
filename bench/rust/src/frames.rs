//! Answers messages from a file or a pipe. Each message follows its length in four bytes.

use std::{
    fs,
    io::{self, BufReader, BufWriter, Read, Write},
    time::Instant,
};

use prost::Message as _;
use testingkit_proto::conformance::{Call, Observation, observation::Kind};

use crate::work::answer;

/// Answers the requests of a file one after the other and prints the time.
pub fn answer_file(path: &str) -> io::Result<()> {
    let requests = read_all(&mut fs::read(path)?.as_slice())?;
    let mut answered = 0;
    let started = Instant::now();
    for request in &requests {
        answered += answer(request)?.len();
    }
    let nanos = started.elapsed().as_nanos();
    let calls = requests.len();
    println!(r#"{{"calls": {calls}, "nanos": {nanos}, "answer_bytes": {answered}}}"#);
    Ok(())
}

/// Answers one call at a time, in messages of the runner protocol, until the input ends.
pub fn answer_pipe(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let (mut input, mut output) = (BufReader::new(input), BufWriter::new(output));
    while let Some(call) = read(&mut input)? {
        let observation = observe(Call::decode(call.as_slice())?)?.encode_to_vec();
        let length = u32::try_from(observation.len()).map_err(io::Error::other)?;
        output.write_all(&length.to_be_bytes())?;
        output.write_all(&observation)?;
        output.flush()?;
    }
    Ok(())
}

fn observe(call: Call) -> io::Result<Observation> {
    let started = Instant::now();
    let response = answer(&call.request)?;
    Ok(Observation {
        call_id: call.id,
        elapsed_nanos: u64::try_from(started.elapsed().as_nanos()).map_err(io::Error::other)?,
        kind: Some(Kind::Response(response.into())),
    })
}

fn read_all(input: &mut impl Read) -> io::Result<Vec<Vec<u8>>> {
    let mut messages = Vec::new();
    while let Some(message) = read(input)? {
        messages.push(message);
    }
    Ok(messages)
}

/// Returns the next message, or `None` at the end of the input.
fn read(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut message = vec![0; u32::from_be_bytes(length) as usize];
    input.read_exact(&mut message)?;
    Ok(Some(message))
}
