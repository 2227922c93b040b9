#!/usr/bin/env bash
# Writes all generated protobuf code. No system protoc: Python and Go use the one inside
# grpcio-tools, Rust uses protox. Run by `make generate`, which sets PYTHON and GO_BIN.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${PYTHON:?set by make generate}" "${GO_BIN:?set by make generate}"
bin=$(dirname "$PYTHON")
protoc() { "$PYTHON" -m grpc_tools.protoc "$@"; }
protos=() services=()
while IFS= read -r proto; do
  protos+=("$proto")
  if grep -q '^service ' "$proto"; then services+=("$proto"); fi
done < <(find proto -name '*.proto' | LC_ALL=C sort)

echo "generate: Python"
find python/testingkit -path '*/v1/*_pb2*.py*' -delete
protoc -I proto -I third_party/proto \
  --plugin=protoc-gen-mypy="$bin/protoc-gen-mypy" --python_out=python --mypy_out=quiet:python \
  "${protos[@]}"
protoc -I proto -I third_party/proto \
  --plugin=protoc-gen-mypy_grpc="$bin/protoc-gen-mypy_grpc" \
  --grpc_python_out=python --mypy_grpc_out=quiet:python "${services[@]}"

echo "generate: Go"
rm -rf go/conformance/gen
protoc -I proto -I third_party/proto \
  --plugin=protoc-gen-go="$GO_BIN/protoc-gen-go" --plugin=protoc-gen-go-grpc="$GO_BIN/protoc-gen-go-grpc" \
  --go_out=go/conformance --go_opt=module=testingkit.dev/go/conformance \
  --go-grpc_out=go/conformance --go-grpc_opt=module=testingkit.dev/go/conformance \
  "${protos[@]}"

echo "generate: Rust"
rm -rf rust/crates/testingkit-proto/src/generated
cargo run --quiet --locked --manifest-path rust/Cargo.toml -p testingkit-codegen -- \
  rust/crates/testingkit-proto/src/generated proto:third_party/proto
