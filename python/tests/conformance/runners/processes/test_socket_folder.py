"""The folder of sockets has a short and plain path, also if the temporary folder has not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from testingkit.conformance.errors import UsageError
from testingkit.conformance.runners.processes import socket_folder
from testingkit.conformance.runners.processes.socket_folder import make_socket_folder


@pytest.fixture
def others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Has one folder besides the temporary one, and returns it."""
    other = Path(tempfile.mkdtemp(dir="/tmp"))
    monkeypatch.setattr(socket_folder, "_OTHERS", (str(other),))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("x" * 100)))
    return other


def test_folder_is_private_and_in_the_first_folder_that_will_do(others: Path) -> None:
    folder = make_socket_folder()
    assert folder.parent == others
    assert folder.stat().st_mode & 0o777 == 0o700


def test_runtime_folder_comes_before_tmp(
    others: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = Path(tempfile.mkdtemp(dir="/tmp"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    assert make_socket_folder().parent == runtime


def test_without_such_a_folder_the_error_has_every_reason(
    others: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = str(others / "missing")
    monkeypatch.setattr(socket_folder, "_OTHERS", (missing, "/with a blank", "/percent%41"))
    with pytest.raises(UsageError) as raised:
        make_socket_folder()
    text = str(raised.value)
    assert "bytes, of which 55 fit into an address" in text
    assert f"{missing}: No such file or directory" in text
    assert text.count("its path has characters that an address of gRPC cannot have") == 2
    assert text.endswith("set TMPDIR to another")
