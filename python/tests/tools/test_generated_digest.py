"""Generated code that is not as `make generate` left it is found without generating."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import generated_digest

_CHANGED = [
    ("proto/testingkit/conformance/v1/run.proto", "what the generated code is made of"),
    ("requirements/generate.txt", "what the generated code is made of"),
    ("tools/generate.sh", "what the generated code is made of"),
    ("python/testingkit/conformance/v1/run_pb2.py", "the generated code"),
    ("go/conformance/gen/more.go", "the generated code"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of all files that have a digest."""
    patterns = [*generated_digest.INPUTS, *generated_digest.OUTPUTS]
    for path in [*generated_digest._files(generated_digest.ROOT, patterns), generated_digest.FILE]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(generated_digest.ROOT / path, tmp_path / path)
    return tmp_path


def test_what_was_generated_is_accepted(copy: Path) -> None:
    assert generated_digest.main([], copy) == 0


@pytest.mark.parametrize(("path", "what"), _CHANGED)
def test_a_change_of_inputs_or_outputs_is_found(
    copy: Path, path: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (copy / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert generated_digest.main([], copy) == 1
    assert f"check-generate: {what} has changed" in capsys.readouterr().err


def test_a_generated_file_that_is_gone_is_found(copy: Path) -> None:
    (copy / "python/testingkit/conformance/v1/run_pb2.pyi").unlink()
    assert generated_digest.main([], copy) == 1


def test_writing_makes_them_fit_again(copy: Path) -> None:
    (copy / "proto/testingkit/conformance/v1/run.proto").write_text("", encoding="utf-8")
    assert generated_digest.main(["--write"], copy) == 0
    assert generated_digest.main([], copy) == 0
