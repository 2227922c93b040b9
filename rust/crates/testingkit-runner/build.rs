//! Sets `TESTINGKIT_RUSTC` to the version of the compiler, which a runner reports as its `runtime`.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=TESTINGKIT_RUSTC={}", compiler());
}

/// Returns `rustc 1.95.0` of `rustc 1.95.0 (59807616e 2026-04-14)`, or `rustc` if it cannot be run.
fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let printed = Command::new(rustc)
        .arg("--version")
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let words: Vec<&str> = printed.split_whitespace().take(2).collect();
    match words.as_slice() {
        ["rustc", version] => format!("rustc {version}"),
        _ => "rustc".to_owned(),
    }
}
