//! The faults that safe Rust exists to prevent.
#![expect(
    unsafe_code,
    reason = "to break what the compiler guards is what these functions are asked for"
)]

use std::{
    fs, io,
    net::Shutdown,
    os::{
        fd::{BorrowedFd, RawFd},
        unix::{fs::FileTypeExt as _, net::UnixStream},
    },
    ptr,
};

/// Standard input, output and error are left alone: an input may be a socket.
const STANDARD_STREAMS: RawFd = 3;

/// An address that no system gives out, and that is not null: null is looked for in debug builds.
const NOWHERE: usize = 1;

/// A segmentation fault.
pub(super) fn read_what_is_not_there() {
    // SAFETY: there is none, and the process ends here.
    let _ = unsafe { ptr::read_volatile(ptr::without_provenance::<u8>(NOWHERE)) };
}

/// Ends every connection of the process, and its listening, under the feet of whoever uses them.
///
/// The descriptors stay, and so do the nameless pairs in which tokio talks to itself: a process that
/// misses one of these is aborted, and this one is to live on.
pub(super) fn close_sockets() -> io::Result<()> {
    let names: Vec<_> = fs::read_dir("/dev/fd")?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    for name in names {
        // The descriptor that listed the folder is gone already.
        let is_socket = fs::metadata(format!("/dev/fd/{name}"))
            .is_ok_and(|metadata| metadata.file_type().is_socket());
        match name.parse() {
            Ok(number) if is_socket && number >= STANDARD_STREAMS => end(number)?,
            _ => {}
        }
    }
    Ok(())
}

fn end(number: RawFd) -> io::Result<()> {
    // SAFETY: it is open as long as nobody else closes sockets at the same time.
    let socket = unsafe { BorrowedFd::borrow_raw(number) }.try_clone_to_owned()?;
    // One of another family is ended alike; it only has no address of this one.
    let socket = UnixStream::from(socket);
    if socket
        .local_addr()
        .is_ok_and(|address| address.is_unnamed())
    {
        return Ok(());
    }
    match socket.shutdown(Shutdown::Both) {
        Err(error) if error.kind() != io::ErrorKind::NotConnected => Err(error),
        _ => Ok(()),
    }
}
