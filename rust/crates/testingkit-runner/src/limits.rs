//! How large messages of the runner protocol may be.

/// Most bytes of one message of `RunnerService`, in either direction. tonic's default of 4 MiB is
/// smaller than a batch of middling requests.
pub(crate) const MESSAGE_BYTES: usize = 64 << 20;

/// Most bytes of one answer: room is left for what stands around it.
pub(crate) const ANSWER_BYTES: usize = MESSAGE_BYTES - (64 << 10);

/// Bytes of answers after which an `ExecuteResponse` is sent rather than filled further.
pub(crate) const FULL_BYTES: usize = 1 << 20;

/// Bytes in flight on one stream before the client has to read: a full batch and its successor.
pub(crate) const STREAM_WINDOW: u32 = 4 << 20;

/// Bytes in flight on one connection.
pub(crate) const CONNECTION_WINDOW: u32 = 16 << 20;
