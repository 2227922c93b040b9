//! Reads the HTTP response of a tonic server as the answer to a unary call.

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::Body as _;
use http_body_util::BodyExt as _;
use tonic::{Code, Status, body::Body};

/// Bytes before a gRPC message: whether it is compressed, and its length.
pub(crate) const PREFIX: usize = 5;

/// Messages smaller than this are copied. Each message shares the memory of a buffer of tonic that
/// has at least 8 KiB, so a batch of small answers would keep megabytes alive.
const COPIED: usize = 4 << 10;

/// Returns the serialized response message, or the status with which the call ended.
pub(crate) async fn read(mut response: http::Response<Body>) -> Result<Bytes, Status> {
    // tonic keeps the handler's `Status` as an extension. Unlike the headers, it is lossless.
    if let Some(status) = response.extensions_mut().remove::<Status>() {
        return Err(status);
    }
    check_status(response.headers())?;
    let mut body = response.into_body();
    if body.is_end_stream() {
        return Err(Status::internal("the handler sent no response"));
    }
    let mut read = Bytes::new();
    while let Some(frame) = body.frame().await {
        match frame?.into_data() {
            Ok(data) => read = joined(read, data),
            Err(frame) => check_status(frame.trailers_ref().unwrap_or(&HeaderMap::new()))?,
        }
    }
    message(&read)
}

fn check_status(headers: &HeaderMap) -> Result<(), Status> {
    match Status::from_header_map(headers) {
        Some(status) if status.code() != Code::Ok => Err(status),
        _ => Ok(()),
    }
}

fn joined(first: Bytes, second: Bytes) -> Bytes {
    if first.is_empty() {
        return second;
    }
    let mut both = BytesMut::from(first);
    both.extend_from_slice(&second);
    both.freeze()
}

fn message(frame: &Bytes) -> Result<Bytes, Status> {
    let length = frame
        .len()
        .checked_sub(PREFIX)
        .and_then(|length| u32::try_from(length).ok());
    match (frame.first_chunk::<PREFIX>(), length) {
        (Some([0, stated @ ..]), Some(length)) if *stated == length.to_be_bytes() => {
            Ok(match frame.len() {
                ..COPIED => Bytes::copy_from_slice(&frame[PREFIX..]),
                _ => frame.slice(PREFIX..),
            })
        }
        _ => Err(Status::internal(
            "the response is not exactly one uncompressed message",
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use bytes::Bytes;
    use futures_util::{FutureExt as _, stream};
    use http::HeaderMap;
    use http_body::Frame;
    use http_body_util::StreamBody;
    use tonic::{Code, Status, body::Body};

    use super::{COPIED, message, read};

    fn read_frames(frames: Vec<Frame<Bytes>>) -> Option<Result<Bytes, Code>> {
        let frames = frames.into_iter().map(Ok::<_, Infallible>);
        let body = Body::new(StreamBody::new(stream::iter(frames)));
        let read = read(http::Response::new(body)).now_or_never()?;
        Some(read.map_err(|status| status.code()))
    }

    #[test]
    fn a_message_in_several_frames_is_joined() {
        let pieces = [&b"\0\0\0\0\x02"[..], b"", b"h", b"i"];
        let frames = pieces.map(|piece| Frame::data(Bytes::from_static(piece)));
        assert_eq!(
            read_frames(frames.into()),
            Some(Ok(Bytes::from_static(b"hi")))
        );
    }

    #[test]
    fn an_error_status_after_the_message_is_the_answer() {
        let mut trailers = HeaderMap::new();
        assert!(Status::aborted("late").add_header(&mut trailers).is_ok());
        let message = Frame::data(Bytes::from_static(b"\0\0\0\0\x02hi"));
        let frames = vec![message, Frame::trailers(trailers)];
        assert_eq!(read_frames(frames), Some(Err(Code::Aborted)));
    }

    #[test]
    fn a_large_message_is_not_changed() {
        let mut frame = b"\0\0\0\x20\0".to_vec();
        frame.resize(5 + 2 * COPIED, b'x');
        let expected = Bytes::from(frame[5..].to_vec());
        assert_eq!(message(&Bytes::from(frame)).ok(), Some(expected));
    }

    #[test]
    fn a_reply_that_is_not_one_uncompressed_message_is_an_error() {
        assert_eq!(
            message(&Bytes::from_static(b"\0\0\0\0\x02hi")).ok(),
            Some(Bytes::from_static(b"hi"))
        );
        assert_eq!(
            message(&Bytes::from_static(b"\0\0\0\0\0")).ok(),
            Some(Bytes::new())
        );
        for wrong in [
            &b""[..],
            b"\0\0\0",
            b"\x01\0\0\0\x02hi",
            b"\0\0\0\0\x01hi",
            b"\0\0\0\0\x03hi",
        ] {
            assert!(message(&Bytes::from_static(wrong)).is_err(), "{wrong:?}");
        }
    }
}
