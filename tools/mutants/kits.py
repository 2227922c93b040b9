"""Where the source of each kit is, and how its runner is built and started in a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutants.model import ROOT, Mutant

FOLDER = ROOT / ".build/mutants"
_BUILD_SECONDS = 900
_CASES = ("conformance_cases", "proto", "third_party")
_NOT_COPIED = frozenset({"__pycache__", "target"})


@dataclass(frozen=True, slots=True)
class Kit:
    """One kit.

    Attributes:
        name: ``python``, ``rust`` or ``go``.
        sources: Patterns of the files that can be mutated, relative to the checkout.
        not_sources: Names of files and folders among them that cannot.
        copied: What a build needs, relative to the checkout.
        build: The command of a build, in the copy; empty if nothing is built.
        runner: The command of the runner; ``{root}`` is the copy.
    """

    name: str
    sources: Sequence[str]
    not_sources: Sequence[str]
    copied: Sequence[str]
    build: Sequence[str]
    runner: Sequence[str]


_MODULES = ("value", "render", "diff", "events", "assertions", "pattern", "paths", "jsontext")

KITS = {
    kit.name: kit
    for kit in (
        Kit(
            name="python",
            sources=[f"python/testingkit/{name}*/**/*.py" for name in _MODULES]
            + [f"python/testingkit/{name}.py" for name in _MODULES],
            not_sources=["signatures.py", "case_folding_table.py"],
            copied=["python/testingkit"],
            build=[],
            # Only the runner imports the copy, not the coordinator.
            runner=[
                *("/usr/bin/env", "PYTHONPATH={root}/python", str(ROOT / ".venv/bin/python")),
                *("-m", "testingkit.kit_runner"),
            ],
        ),
        Kit(
            name="rust",
            sources=[f"rust/crates/testingkit/src/{name}*/**/*.rs" for name in _MODULES]
            + [f"rust/crates/testingkit/src/{name}.rs" for name in _MODULES],
            # Conversions of serde are behind a feature that the runner does not turn on.
            not_sources=["tests.rs", "signatures.rs", "case_folding_table.rs", "serialized.rs"],
            copied=["rust"],
            build=[
                *("cargo", "build", "--quiet", "--locked", "--manifest-path", "rust/Cargo.toml"),
                *("-p", "testingkit-kit-runner"),
                # The crates that a mutant compiles again, in half the time.
                *("--config", "profile.dev.package.testingkit.opt-level=0"),
                *("--config", "profile.dev.package.testingkit-kit-runner.opt-level=0"),
            ],
            runner=["{root}/rust/target/debug/testingkit-kit-runner"],
        ),
        Kit(
            name="go",
            sources=[f"go/{name}*/**/*.go" for name in _MODULES],
            not_sources=["signatures.go", "case_folding_table.go"],
            copied=["go"],
            build=[
                *("go", "-C", "go/conformance", "build", "-buildvcs=false", "-ldflags=-s -w"),
                *("-o", "../../runner", "./cmd/kitrunner"),
            ],
            runner=["{root}/runner"],
        ),
    )
}


def source_files(kit: Kit) -> Sequence[str]:
    """Returns the files of a kit that can be mutated, relative to the checkout, sorted."""
    paths = {path for pattern in kit.sources for path in ROOT.glob(pattern) if path.is_file()}
    kept = (path for path in paths if not _is_left_out(path, kit))
    return sorted(path.relative_to(ROOT).as_posix() for path in kept)


def _is_left_out(path: Path, kit: Kit) -> bool:
    is_test = path.name.endswith("_test.go") or "tests" in path.parts
    return is_test or path.name in kit.not_sources or "__pycache__" in path.parts


class Copy:
    """A copy of the checkout in which one kit is mutated.

    The cases are copied too, so that the checkout can be edited while mutants run.
    """

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.root = FOLDER / kit.name
        for folder in (*kit.copied, *_CASES):
            _copy(ROOT / folder, self.root / folder)

    def runner(self) -> Sequence[str]:
        """Returns the command of the runner."""
        return [part.format(root=self.root) for part in self.kit.runner]

    def build(self) -> bool:
        """Builds the runner; returns whether the code is valid."""
        if not self.kit.build:
            return True
        ended = subprocess.run(
            self.kit.build,
            cwd=self.root,
            env={**os.environ, "CARGO_TARGET_DIR": str(self.root / "rust/target"), "GOWORK": "off"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_BUILD_SECONDS,
            check=False,
        )
        return ended.returncode == 0

    def restore(self, mutant: Mutant) -> None:
        """Takes the edit of a mutant back."""
        # copy, not copy2: cargo compares the times of files.
        shutil.copy(ROOT / mutant.path, self.root / mutant.path)


def _copy(source: Path, target: Path) -> None:
    """Makes a folder a copy of another; a file with the same content keeps its time.

    Cargo compares times, so a build then compiles only what has changed.
    """
    wanted = {path.relative_to(source) for path in _files(source)}
    for path in _files(target):
        if path.relative_to(target) not in wanted:
            path.unlink()
    for relative in sorted(wanted):
        _copy_file(source / relative, target / relative)
    compiled = source / "target" / "debug"
    if compiled.is_dir() and not (target / "target").exists():
        shutil.copytree(compiled, target / "target" / "debug", symlinks=True)


def _files(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NOT_COPIED]
        yield from (Path(path, name) for name in names)


def _copy_file(source: Path, target: Path) -> None:
    if not target.exists() or target.read_bytes() != source.read_bytes():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
