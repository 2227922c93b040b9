"""Checks that generated code and its inputs are as `make generate` left them.

Usage: ``generated_digest.py`` compares with ``tools/generated.sha256``;
``generated_digest.py --write`` writes that file.

Generating takes a minute and the generators of three languages, a digest takes neither. A file that
was edited by hand, or not generated after its proto changed, has another digest. Only a digest that
was edited as well gets by: `make check-generate FULL=1`, which CI runs, generates everything.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = Path("tools/generated.sha256")
INPUTS = (
    "proto/**/*.proto",
    "third_party/proto/**/*.proto",
    "third_party/unicode/*.txt",
    "examples/semver/proto/**/*.proto",
    "bench/proto/**/*.proto",
    "python/tests/e2e/protos/**/*.proto",
    "requirements/generate.txt",
    "go/tools/go.mod",
    "go/tools/go.sum",
    "rust/Cargo.toml",
    "rust/Cargo.lock",
    "rust/crates/codegen/**/*",
    "tools/generate.sh",
    "tools/case_folding.py",
)
OUTPUTS = (
    "python/testingkit/assertions/case_folding_table.py",
    "go/assertions/case_folding_table.go",
    "rust/crates/testingkit/src/assertions/case_folding_table.rs",
    "python/testingkit/*/v1/*_pb2*.py*",
    "go/conformance/gen/**/*",
    "rust/crates/testingkit-proto/src/generated/**/*",
    "examples/semver/*/generated/**/*",
    "bench/*/generated/**/*",
    "python/tests/e2e/runners/go/generated/**/*",
)


def _files(root: Path, patterns: Sequence[str]) -> Iterator[Path]:
    for pattern in patterns:
        found = [path.relative_to(root) for path in root.glob(pattern) if path.is_file()]
        if not found:
            sys.exit(f"generated_digest: no file matches {pattern}")
        yield from sorted(path for path in found if "__pycache__" not in path.parts)


def digest(root: Path, patterns: Sequence[str]) -> str:
    """Returns the digest of the names and contents of files."""
    total = hashlib.sha256()
    for path in _files(root, patterns):
        content = hashlib.sha256((root / path).read_bytes()).hexdigest()
        total.update(f"{path.as_posix()} {content}\n".encode())
    return total.hexdigest()


def lines(root: Path) -> Sequence[str]:
    """Returns the lines of the file of digests."""
    return [f"inputs {digest(root, INPUTS)}", f"outputs {digest(root, OUTPUTS)}"]


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Writes or compares the digests; returns the exit code."""
    path = root / FILE
    if list(arguments) == ["--write"]:
        path.write_text("\n".join([*lines(root), ""]), encoding="utf-8")
        return 0
    recorded = path.read_text(encoding="utf-8").splitlines()
    inputs, outputs = (line in recorded for line in lines(root))
    if inputs and outputs:
        return 0
    what = "what the generated code is made of" if outputs else "the generated code"
    print(
        f"check-generate: {what} has changed since `make generate`.\n"
        "Run `make generate` and commit what it writes.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
