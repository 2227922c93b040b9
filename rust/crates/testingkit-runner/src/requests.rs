//! Builds the HTTP requests of in-process calls, as they would come from the network.

use std::time::Duration;

use bytes::{BufMut as _, Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version, header};
use http_body_util::Full;
use tonic::{Status, body::Body};

use crate::reply::PREFIX;

/// Builds the requests of one stream. Nearly all have the same headers, which are built once and
/// copied.
pub(crate) struct Requests {
    timeout: Option<Duration>,
    headers: HeaderMap,
}

impl Requests {
    pub(crate) fn new() -> Self {
        Self {
            timeout: None,
            headers: headers(None),
        }
    }

    pub(crate) fn request(
        &mut self,
        uri: &Uri,
        message: &Bytes,
        timeout: Option<Duration>,
    ) -> Result<Request<Body>, Status> {
        let length = u32::try_from(message.len())
            .map_err(|_| Status::out_of_range("a gRPC message must be smaller than 4 GiB"))?;
        let mut frame = BytesMut::with_capacity(PREFIX + message.len());
        frame.put_u8(0); // Not compressed.
        frame.put_u32(length);
        frame.put_slice(message);

        if self.timeout != timeout {
            *self = Self {
                timeout,
                headers: headers(timeout),
            };
        }
        let mut request = Request::new(Body::new(Full::new(frame.freeze())));
        *request.method_mut() = Method::POST;
        *request.version_mut() = Version::HTTP_2;
        *request.uri_mut() = uri.clone();
        *request.headers_mut() = self.headers.clone();
        Ok(request)
    }
}

fn headers(timeout: Option<Duration>) -> HeaderMap {
    let grpc = HeaderValue::from_static("application/grpc");
    let trailers = HeaderValue::from_static("trailers");
    let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, grpc), (header::TE, trailers)]);
    if let Some(timeout) = timeout {
        let name = HeaderName::from_static("grpc-timeout");
        headers.insert(name, timeout_header(timeout));
    }
    headers
}

/// Formats a timeout. gRPC allows eight digits: milliseconds up to a day, seconds up to three
/// years.
fn timeout_header(timeout: Duration) -> HeaderValue {
    const MOST: u64 = 99_999_999;
    let text = match u64::try_from(timeout.as_millis()) {
        Ok(millis) if millis <= MOST => format!("{millis}m"),
        _ => format!("{}S", timeout.as_secs().min(MOST)),
    };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("99999999S"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use http::Uri;

    use super::{Requests, timeout_header};

    #[test]
    fn a_timeout_has_at_most_eight_digits() {
        let table = [
            (1, "1m"),
            (99_999_999, "99999999m"),
            (100_000_000, "100000S"),
            (u64::MAX, "99999999S"),
        ];
        for (millis, header) in table {
            assert_eq!(timeout_header(Duration::from_millis(millis)), header);
        }
    }

    #[test]
    fn every_request_has_the_timeout_of_its_call() {
        let mut requests = Requests::new();
        let mut timeout = |millis: Option<u64>| {
            let timeout = millis.map(Duration::from_millis);
            let request = requests.request(&Uri::from_static("/S/M"), &Bytes::new(), timeout);
            let headers = request.ok()?.headers().clone();
            headers.get("grpc-timeout").cloned()
        };
        for (millis, expected) in [
            (None, None),
            (Some(5), Some("5m")),
            (Some(5), Some("5m")),
            (Some(7), Some("7m")),
            (None, None),
        ] {
            let header = timeout(millis);
            assert_eq!(
                header.as_ref().and_then(|value| value.to_str().ok()),
                expected
            );
        }
    }
}
