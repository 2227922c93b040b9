#!/usr/bin/env bash
# Writes all generated code: the tables of case folding, then protobuf code: TestingKit's own, then
# that of the projects in miniature. No
# system protoc: Python and Go use the one inside grpcio-tools, Rust uses protox. Run by
# `make generate`, which sets PYTHON and GO_BIN.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${PYTHON:?set by make generate}" "${GO_BIN:?set by make generate}"
bin=$(dirname "$PYTHON")
protoc() { "$PYTHON" -m grpc_tools.protoc "$@"; }
empty() { rm -rf "$1" && mkdir -p "$1"; }

find_protos() { # ROOT: sets imports, protos and services
  local proto
  imports=(-I "$1" -I third_party/proto) protos=() services=()
  while IFS= read -r proto; do
    protos+=("$proto")
    if grep -q '^service ' "$proto"; then services+=("$proto"); fi
  done < <(find "$1" -name '*.proto' | LC_ALL=C sort)
}

python_code() { # FOLDER
  protoc "${imports[@]}" \
    --plugin=protoc-gen-mypy="$bin/protoc-gen-mypy" --python_out="$1" --mypy_out="quiet:$1" \
    "${protos[@]}"
  protoc "${imports[@]}" --plugin=protoc-gen-mypy_grpc="$bin/protoc-gen-mypy_grpc" \
    --grpc_python_out="$1" --mypy_grpc_out="quiet:$1" "${services[@]}"
}

# The proto package testingkit.kit.v1 keeps its name, and its Python code is testingkit.kit_proto.v1:
# the package that is called kit would otherwise hold everything but the kit. protoc derives module
# names from proto paths, so the three places that name a module are rewritten, and nothing else.
move_kit_code() {
  local folder=python/testingkit/kit_proto/v1
  mv python/testingkit/kit/v1/*_pb2*.py* "$folder/"
  rm -r python/testingkit/kit
  sed -E -i.old \
    -e 's/^from testingkit\.kit\.v1 import /from testingkit.kit_proto.v1 import /' \
    -e "s/'testingkit\.kit\.v1\.([a-z0-9_]+_pb2)'/'testingkit.kit_proto.v1.\1'/" \
    -e 's|in testingkit/kit/v1/([a-z0-9_]+_pb2_grpc\.py) |in testingkit/kit_proto/v1/\1 |' \
    "$folder"/*_pb2*.py*
  rm "$folder"/*.old
  if grep -nE 'import testingkit\.kit\.|from testingkit\.kit\.|testingkit[./]kit[./]v1[./][a-z0-9_]+_pb2' \
    "$folder"/*_pb2*.py* >&2; then
    echo "generate: the lines above name Python modules of testingkit.kit, which does not exist" >&2
    exit 1
  fi
}

betterproto_code() { # FOLDER
  PATH="$bin:$PATH" protoc "${imports[@]}" --python_betterproto2_out="$1" \
    --python_betterproto2_opt=client_generation=none,server_generation=async "${protos[@]}"
}

# FOLDER MODULE [PACKAGE]: the options `go_package` say where below the module, if PACKAGE does not
# (PROTO=GO_PACKAGE).
go_code() {
  protoc "${imports[@]}" --plugin=protoc-gen-go="$GO_BIN/protoc-gen-go" \
    --plugin=protoc-gen-go-grpc="$GO_BIN/protoc-gen-go-grpc" \
    --go_out="$1" --go_opt=module="$2" --go-grpc_out="$1" --go-grpc_opt=module="$2" \
    ${3:+"--go_opt=M$3" "--go-grpc_opt=M$3"} "${protos[@]}"
}

rust_code() { # FOLDER ROOT
  cargo run --quiet --locked --manifest-path rust/Cargo.toml -p testingkit-codegen -- \
    "$1" "$2:third_party/proto"
}

project_code() { # FOLDER MODULE: a project with a runner in every language
  echo "generate: $1"
  local language
  find_protos "$1/proto"
  for language in python betterproto go rust; do empty "$1/$language/generated"; done
  python_code "$1/python/generated"
  betterproto_code "$1/betterproto/generated"
  go_code "$1/go" "$2"
  rust_code "$1/rust/generated" "$1/proto"
}

echo "generate: case folding"
"$PYTHON" tools/case_folding.py

echo "generate: TestingKit"
find_protos proto
find python/testingkit -path '*/v1/*_pb2*.py*' -delete
python_code python
move_kit_code
rm -rf go/conformance/gen
go_code go/conformance testingkit.dev/go/conformance
rm -rf rust/crates/testingkit-proto/src/generated
rust_code rust/crates/testingkit-proto/src/generated proto

echo "generate: python/tests/e2e"
find_protos python/tests/e2e/protos
empty python/tests/e2e/runners/go/generated
go_code python/tests/e2e/runners/go \
  greet.acme.dev/go greet/v1/greet.proto=greet.acme.dev/go/generated

project_code examples/semver semver.acme.dev/go
project_code bench bench.acme.dev/go
