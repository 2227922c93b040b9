//! Compiles protos to Rust: `testingkit-codegen OUT_DIR PROTO_ROOT[:IMPORT_ROOT...]`.
//!
//! protox replaces protoc, so no compiler has to be installed. Code is generated for every `.proto`
//! under PROTO_ROOT and its imports. A descriptor set for server reflection is written to
//! `descriptors.bin` in the same folder.

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [out, roots] = arguments.as_slice() else {
        return Err("usage: testingkit-codegen OUT_DIR PROTO_ROOT[:IMPORT_ROOT...]".into());
    };
    let roots: Vec<PathBuf> = roots.split(':').map(PathBuf::from).collect();
    let mut files = Vec::new();
    collect_protos(&roots[0], &mut files)?;
    files.sort();

    let descriptors = protox::compile(&files, &roots)?;
    let out = Path::new(out);
    fs::create_dir_all(out)?;
    fs::write(out.join("descriptors.bin"), descriptors.encode_to_vec())?;
    tonic_prost_build::configure()
        .build_transport(false)
        // Payloads are sliced out of the received batch instead of being copied.
        .bytes(".testingkit.conformance.v1")
        .include_file("mod.rs")
        .out_dir(out)
        .compile_fds(descriptors)?;
    Ok(())
}

fn collect_protos(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect_protos(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "proto")
        {
            files.push(path);
        }
    }
    Ok(())
}
