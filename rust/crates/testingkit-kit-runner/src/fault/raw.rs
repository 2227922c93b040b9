//! The faults that safe Rust prevents.
#![expect(
    unsafe_code,
    reason = "these functions break on request what the compiler guarantees"
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

/// Lower descriptors are standard input, output and error. They stay open, even if one is a socket.
const FIRST_OWN: RawFd = 3;

/// An address that no system maps. It is not null because debug builds check for null.
const INVALID: usize = 1;

/// Causes a segmentation fault.
pub(super) fn read_invalid_address() {
    // SAFETY: none. The read is invalid, and it ends the process.
    let _ = unsafe { ptr::read_volatile(ptr::without_provenance::<u8>(INVALID)) };
}

/// Shuts down every connection and listening socket of the process, although others use them.
///
/// The descriptors stay open. The unnamed socket pairs that tokio uses internally are left alone:
/// tokio aborts the process if it loses one, and this process must keep running.
pub(super) fn close_sockets() -> io::Result<()> {
    let names: Vec<_> = fs::read_dir("/dev/fd")?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    for name in names {
        // The descriptor that listed the folder is closed by now, so it has no metadata.
        let is_socket = fs::metadata(format!("/dev/fd/{name}"))
            .is_ok_and(|metadata| metadata.file_type().is_socket());
        match name.parse() {
            Ok(number) if is_socket && number >= FIRST_OWN => shut_down(number)?,
            _ => {}
        }
    }
    Ok(())
}

fn shut_down(number: RawFd) -> io::Result<()> {
    // SAFETY: the descriptor is open unless another thread closes it at the same time.
    let socket = unsafe { BorrowedFd::borrow_raw(number) }.try_clone_to_owned()?;
    // `shutdown` works for sockets of every family. A socket that is not a Unix socket has no Unix
    // address.
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
