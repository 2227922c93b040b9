//! Reduces a printed backtrace to the handler's own frames.

/// Functions of the standard library between the panic and the hook. The code that panicked is
/// below the last frame of them.
const MACHINERY: &[&str] = &[
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "std::panicking::begin_panic",
    "rust_begin_unwind",
];

/// Callers of the handler: no frame from them on belongs to the handler. They are listed by
/// function and by file, because a build with line tables only has short function names.
const CALLERS: &[&str] = &[
    "tonic::server::grpc::",
    "/src/server/grpc.rs:",
    "testingkit_runner::guard::Guard",
];

/// Returns the frames between the panic machinery and the gRPC server, as Rust prints them.
pub(crate) fn trim(printed: &str) -> String {
    let frames = frames(printed);
    let end = frames
        .iter()
        .position(|frame| has_any(frame, CALLERS))
        .unwrap_or(frames.len());
    let start = frames[..end]
        .iter()
        .rposition(|frame| has_any(frame, MACHINERY))
        .map_or(0, |i| i + 1);
    frames[start..end].concat().trim_end().to_owned()
}

/// Splits a backtrace into frames: a line `  12: function` and the lines `at file:line` after it.
fn frames(printed: &str) -> Vec<String> {
    let mut frames: Vec<String> = Vec::new();
    for line in printed.split_inclusive('\n') {
        let place = line.trim_start().starts_with("at ");
        match frames.last_mut() {
            Some(frame) if place => frame.push_str(line),
            _ => frames.push(line.to_owned()),
        }
    }
    frames
}

fn has_any(frame: &str, needles: &[&str]) -> bool {
    needles.iter().any(|needle| frame.contains(needle))
}

#[cfg(test)]
mod tests {
    use super::trim;

    #[test]
    fn only_frames_of_the_handler_are_kept() {
        let printed = "   0: testingkit_runner::guard::note\n             at ./guard.rs:1:1\n   \
                       1: __rustc::rust_begin_unwind\n   \
                       2: core::panicking::panic_fmt\n             at /rustc/core/panicking.rs:80:14\n   \
                       3: acme::slug\n             at ./src/lib.rs:3:5\n   \
                       4: <acme::Slugs as Slug>::slugify::{{closure}}\n   \
                       5: tonic::server::grpc::Grpc<T>::unary::{{closure}}\n   \
                       6: main\n";
        let expected = "   3: acme::slug\n             at ./src/lib.rs:3:5\n   \
                        4: <acme::Slugs as Slug>::slugify::{{closure}}";
        assert_eq!(trim(printed), expected);
    }

    #[test]
    fn backtraces_with_short_names_are_trimmed_by_file() {
        let printed = "   8: {async_block#0}\n             at ./src/lib.rs:70:24\n  \
                       12: {async_fn#0}<tonic_prost::codec::ProstCodec>\n             \
                       at /registry/tonic-0.14.9/src/server/grpc.rs:272:14\n  \
                       13: main\n";
        assert_eq!(
            trim(printed),
            "   8: {async_block#0}\n             at ./src/lib.rs:70:24"
        );
    }

    #[test]
    fn backtraces_of_another_form_are_unchanged() {
        assert_eq!(trim("disabled backtrace"), "disabled backtrace");
        assert_eq!(trim(""), "");
    }
}
