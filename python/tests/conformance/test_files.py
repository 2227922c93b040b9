"""Files are replaced completely; several files, all or none."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from testingkit.conformance import files
from testingkit.conformance.errors import OutputError
from testingkit.conformance.files import (
    append,
    real_path,
    write_all,
    write_atomically,
    write_stream,
)


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
    ("bad", "reason"), [("file/new", "Not a directory"), ("taken", "Is a directory")]
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


WRITERS: dict[str, Callable[[Path], None]] = {
    "write_atomically": lambda path: write_atomically(path, "new"),
    "write_stream": lambda path: write_stream(path, lambda out: out.write(b"new")),
    "write_all": lambda path: write_all({path.with_name("other"): "new", path: "new"}),
    "append": lambda path: append(path, b"new"),
}


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to("fifo")


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_pipe, "a pipe, not a regular file"),
        (_link_to_a_pipe, "a pipe, not a regular file"),
        (_socket, "a socket, not a regular file"),
        (_device, "a device, not a regular file"),
        (_folder, "Is a directory"),
        (_loop, "Too many levels of symbolic links"),
    ],
)
def test_what_is_not_a_regular_file_is_refused_and_stays(
    tmp_path: Path, writer: str, make: Callable[[Path], None], reason: str
) -> None:
    with contextlib.chdir(tmp_path):  # the path of a socket is short
        path = Path("taken")
        make(path)
        before = path.lstat()
        with pytest.raises(OutputError, match=f"^taken cannot be written: {reason}$"):
            WRITERS[writer](path)
        assert (path.lstat().st_ino, path.lstat().st_mode) == (before.st_ino, before.st_mode)
        assert {p.name for p in Path().iterdir()} <= {"taken", "fifo"}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("old", ["", "x", None])
def test_a_link_stays_and_its_target_is_written(
    tmp_path: Path, writer: str, old: str | None
) -> None:
    target, link = tmp_path / "folder" / "target", tmp_path / "link"
    target.parent.mkdir()
    if old is not None:
        target.write_text(old)
        target.chmod(0o640)
    (tmp_path / "middle").symlink_to("folder/../folder/target")
    link.symlink_to(tmp_path / "middle")
    WRITERS[writer](link)
    assert (link.is_symlink(), (tmp_path / "middle").is_symlink()) == (True, True)
    assert target.read_text() == (f"{old or ''}new" if writer == "append" else "new")
    assert target.stat().st_mode & 0o777 == (0o644 if old is None else 0o640)


def test_a_link_to_a_folder_with_dots_is_followed_as_the_system_does(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a/b")
    write_atomically(tmp_path / "link" / ".." / "file", "text")
    assert contents(tmp_path) == {"a/file": "text"}


def test_the_mode_of_a_new_file_is_that_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "new", "text")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_that_is_read_only_is_not_replaced(
    tmp_path: Path, writer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # as for users who are not root
    with pytest.raises(OutputError, match="file cannot be written: Permission denied"):
        WRITERS[writer](path)
    assert contents(tmp_path) == {"file": "old"}


def test_old_content_is_not_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(1 << 40)  # without blocks on the disk
    write_all({huge: "small", tmp_path / "other": "text"})
    assert contents(tmp_path) == {"huge": "small", "other": "text"}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}", "link"])
def test_a_descriptor_of_the_process_is_written_to(tmp_path: Path, writer: str, name: str) -> None:
    reader, number = os.pipe()
    os.set_inheritable(number, True)
    (tmp_path / "link").symlink_to(f"/dev/fd/{number}")
    path = tmp_path / name.format(number)
    if writer == "write_all":
        write_all({path: "new"})
    else:
        WRITERS[writer](path)
    os.close(number)
    with os.fdopen(reader, "rb") as file:
        assert file.read() == b"new"


def test_a_descriptor_on_a_file_keeps_its_position(tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb", buffering=0) as file:
        os.set_inheritable(file.fileno(), True)
        file.write(b"1 ")
        write_atomically(Path(f"/dev/fd/{file.fileno()}"), "2 ")
        file.write(b"3")
    assert contents(tmp_path) == {"file": "1 2 3"}


def test_a_descriptor_whose_reader_went_away_is_not_an_error() -> None:
    reader, number = os.pipe()
    os.set_inheritable(number, True)
    os.close(reader)
    write_atomically(Path(f"/dev/fd/{number}"), "text")
    os.close(number)


def test_descriptors_that_are_closed_or_opened_by_python_are_refused(tmp_path: Path) -> None:
    with (tmp_path / "own").open("wb") as own:
        for number in (own.fileno(), 987):
            with pytest.raises(OutputError, match="Bad file descriptor"):
                write_atomically(Path(f"/dev/fd/{number}"), "text")
    assert contents(tmp_path) == {"own": ""}


def test_nothing_is_replaced_if_a_later_file_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = tmp_path / "first", tmp_path / "last"
    first.write_text("old")
    last.write_text("old")
    replace = Path.replace

    def failing(source: Path, target: Path) -> Path:
        if target == last:
            raise OSError(28, "No space left on device")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError, match="last cannot be written: No space left on device"):
        write_all({first: "new", tmp_path / "second": "new", last: "new"})
    assert contents(tmp_path) == {"first": "old", "last": "old"}


def test_a_file_system_without_hard_links_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "file").write_text("old")
    write_all({tmp_path / "file": "new"})
    assert contents(tmp_path) == {"file": "new"}


def test_a_loop_of_links_has_a_real_path(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert real_path(tmp_path / "loop") == tmp_path / "loop"


def test_nothing_else_resolves_links() -> None:
    """`Path.resolve` raises RuntimeError at a loop of links, which would be an internal error."""
    code = Path(files.__file__).parent.rglob("*.py")
    assert [str(file) for file in code if ".resolve()" in file.read_text(encoding="utf-8")] == []
