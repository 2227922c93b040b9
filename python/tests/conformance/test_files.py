"""Files are replaced completely; several files, all or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from testingkit.conformance.errors import OutputError
from testingkit.conformance.files import write_all, write_atomically, write_stream


def contents(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_write_all_creates_folders_and_keeps_file_modes(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("before")
    old.chmod(0o640)
    long_name = tmp_path / "a" / "b" / ("x" * 250)
    write_all({old: "after\n", long_name: "ä"})
    assert contents(tmp_path) == {"old": "after\n", f"a/b/{'x' * 250}": "ä"}
    assert old.stat().st_mode & 0o777 == 0o640
    assert long_name.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("bad", "reason"), [("file/new", "File exists"), ("taken", "Is a directory")]
)
def test_write_all_changes_no_file_if_one_cannot_be_written(
    tmp_path: Path, bad: str, reason: str
) -> None:
    (tmp_path / "file").write_text("before")
    (tmp_path / "taken").mkdir()
    texts = {tmp_path / "file": "after", tmp_path / "new": "new", tmp_path / bad: "never"}
    with pytest.raises(OutputError, match=f"{bad} cannot be written: {reason}"):
        write_all({**texts, tmp_path / "last": "never"})
    assert contents(tmp_path) == {"file": "before"}


def test_write_atomically_writes_one_file_or_raises(tmp_path: Path) -> None:
    write_atomically(tmp_path / "one", "text")
    assert contents(tmp_path) == {"one": "text"}
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(tmp_path / "one" / "below", "text")


def test_write_stream_keeps_symbolic_links_and_pipes(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    write_stream(link, lambda out: out.writelines([b"x"]))
    assert (link.is_symlink(), target.read_bytes()) == (True, b"x")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_stream(pipe, lambda out: out.writelines([b"y"]))
    assert (pipe.is_fifo(), os.read(reader, 10)) == (True, b"y")
    os.close(reader)
