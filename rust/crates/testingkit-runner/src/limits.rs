//! The limits of messages of the runner protocol.

/// Most bytes of one message of the runner protocol, in either direction.
///
/// tonic's default for requests is 4 MiB, and runners in Go and Python read more: give the generated
/// server of a service `.max_decoding_message_size(MAX_MESSAGE_BYTES)`.
pub const MAX_MESSAGE_BYTES: usize = 64 << 20;

/// Most bytes of one answer. The rest of the message needs some room.
pub(crate) const ANSWER_BYTES: usize = MAX_MESSAGE_BYTES - (64 << 10);

/// Bytes of answers at which an `ExecuteResponse` counts as full and is sent.
pub(crate) const FULL_BYTES: usize = 1 << 20;

/// Bytes in flight on one stream before the client has to read: a full batch and the next one.
pub(crate) const STREAM_WINDOW: u32 = 4 << 20;

/// The stack of a thread that runs handlers, as in the SDKs for Go and Python. It is reserved address
/// space, and memory only as far as it is used. The default of Rust is 2 MiB.
pub(crate) const STACK_BYTES: usize = 64 << 20;

/// Bytes in flight on one connection.
pub(crate) const CONNECTION_WINDOW: u32 = 16 << 20;
