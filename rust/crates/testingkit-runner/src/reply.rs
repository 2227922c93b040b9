//! Reads a tonic server's HTTP response as the outcome of a unary call.

use bytes::Bytes;
use http_body::Body as _;
use http_body_util::BodyExt as _;
use tonic::{Code, Status, body::Body};

/// Bytes in front of a gRPC message: whether it is compressed, and its length.
const PREFIX: usize = 5;

/// The serialized response message, or the status that the call ended with.
pub(crate) async fn read(mut response: http::Response<Body>) -> Result<Bytes, Status> {
    // tonic leaves the handler's `Status` beside the headers it made of it: that one is lossless.
    if let Some(status) = response.extensions_mut().remove::<Status>() {
        return Err(status);
    }
    refuse(Status::from_header_map(response.headers()))?;
    let body = response.into_body();
    if body.is_end_stream() {
        return Err(Status::internal("the service replied without a message"));
    }
    let collected = body.collect().await?;
    refuse(collected.trailers().and_then(Status::from_header_map))?;
    message(collected.to_bytes())
}

fn refuse(status: Option<Status>) -> Result<(), Status> {
    match status {
        Some(status) if status.code() != Code::Ok => Err(status),
        _ => Ok(()),
    }
}

fn message(frame: Bytes) -> Result<Bytes, Status> {
    let length = frame
        .len()
        .checked_sub(PREFIX)
        .and_then(|length| u32::try_from(length).ok());
    match (frame.first_chunk::<PREFIX>(), length) {
        (Some([0, stated @ ..]), Some(length)) if *stated == length.to_be_bytes() => {
            Ok(frame.slice(PREFIX..))
        }
        _ => Err(Status::internal(
            "the service's reply is not exactly one uncompressed message",
        )),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::message;

    #[test]
    fn a_reply_is_exactly_one_plain_frame() {
        assert_eq!(
            message(Bytes::from_static(b"\0\0\0\0\x02hi")).ok(),
            Some(Bytes::from_static(b"hi"))
        );
        assert_eq!(
            message(Bytes::from_static(b"\0\0\0\0\0")).ok(),
            Some(Bytes::new())
        );
        for wrong in [
            &b""[..],
            b"\0\0\0",
            b"\x01\0\0\0\x02hi",
            b"\0\0\0\0\x01hi",
            b"\0\0\0\0\x03hi",
        ] {
            assert!(message(Bytes::from_static(wrong)).is_err(), "{wrong:?}");
        }
    }
}
