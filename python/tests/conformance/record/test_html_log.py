"""Logs embedded in reports: unpacked unchanged; damaged or oversized reports are refused."""

from __future__ import annotations

import base64
import io
import re
import zlib
from pathlib import Path

import pytest

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record import html_log
from testingkit.conformance.record.event_log import EventFile, read_events, read_events_with_offsets
from testingkit.conformance.record.html_log import embed, open_log_file
from testingkit.conformance.record.run_log import open_log
from testingkit.conformance.report.html import write
from tests.conformance.logs import agreed, planned, record

_CONTENT = re.compile(rb'(type="application/vnd.testingkit.log">)([^<]*)(</script>)')


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "events.binpb"
    record(path, [(planned(n, f"a/{n}"), agreed(n)) for n in range(1, 30)])
    return path


def _report(folder: Path, content: bytes) -> Path:
    """Writes a report with other content in place of its log."""
    path = folder / "report.html"
    head = b'<!DOCTYPE html><p>x<script id="testingkit-log" type="application/vnd.testingkit.log">'
    path.write_bytes(head + content)
    return path


def _packed(data: bytes) -> bytes:
    return base64.b64encode(zlib.compress(data)) + b"</script>"


def _refused(path: Path) -> str:
    with pytest.raises(OutputError) as caught, open_log_file(path) as file:
        file.read()
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_embedded_log_is_read_unchanged(log: Path, tmp_path: Path) -> None:
    element, has_log = embed(log)
    assert has_log
    path = tmp_path / "report.html"
    path.write_bytes(b"<!doctype html>\n" + element + b"\n</html>")
    with open_log_file(path) as file:
        assert file.read() == log.read_bytes()


def test_log_file_is_read_unchanged(log: Path) -> None:
    with open_log_file(log) as file:
        assert file.read() == log.read_bytes()


def test_report_made_from_a_report_is_equal(log: Path, tmp_path: Path) -> None:
    pages = []
    for number, path in enumerate((log, tmp_path / "0.html")):
        out = io.BytesIO()
        write(open_log(path), out)
        pages.append(out.getvalue())
        (tmp_path / f"{number}.html").write_bytes(out.getvalue())
    assert pages[0] == pages[1]


def test_oversized_log_is_not_embedded_and_the_reader_reports_that(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_log, "MAX_PACKED_BYTES", 100)
    element, has_log = embed(log)
    assert not has_log
    path = tmp_path / "report.html"
    path.write_bytes(b"<!doctype html>" + element)
    assert _refused(path) == (
        f"the report {path} has no event log: the log was too large to embed; "
        "use events.binpb of the run"
    )


def test_log_above_the_limit_of_unpacking_is_not_embedded(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_log, "MAX_LOG_BYTES", 100)
    assert not embed(log)[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "was cut short: its event log does not end"),
        (_packed(b"x" * 5000)[:-9], "was cut short: its event log does not end"),
        (b"</script>", "is damaged: its end is missing"),
        (b"not base64!</script>", "is damaged: "),
        (b"AAAA</script>", "is damaged: Error -3"),
        (base64.b64encode(zlib.compress(b"x" * 5000)[:-3]) + b"</script>", "its end is missing"),
        (base64.b64encode(b"x" * 5000) + b"</script>", "is damaged: Error -3"),
    ],
)
def test_damaged_report_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    assert message in _refused(_report(tmp_path, content))


def test_other_html_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<!doctype html><title>x</title>")
    assert "TestingKit did not write it, or it was cut short" in _refused(path)


def test_log_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_log, "MAX_LOG_BYTES", 1 << 22)
    path = _report(tmp_path, _packed(bytes(1 << 25)))
    assert path.stat().st_size < 100_000
    assert _refused(path).endswith("is larger than 4 MiB")


def test_oversized_page_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_log, "MAX_REPORT_BYTES", 1 << 20)
    path = _report(tmp_path, bytes(1 << 20))
    assert _refused(path).endswith("it is larger than 1 MiB")


def test_truncated_report_is_an_output_error(log: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    write(open_log(log), out)
    whole = out.getvalue()
    found = _CONTENT.search(whole)
    assert found
    path = tmp_path / "cut.html"
    begin, end_of_log, last = found.start(2), found.end(2), found.end(3)
    for end in (0, 14, 15, 100, begin, begin + 40, end_of_log, last - 1):
        path.write_bytes(whole[:end])
        with pytest.raises(OutputError):
            list(read_events(path))
    path.write_bytes(whole[:last])
    assert list(read_events(path))


def test_single_events_of_a_report_are_read_again(log: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    with path.open("wb") as out:
        write(open_log(log), out)
    file = EventFile(path)
    for offset, event in read_events_with_offsets(path):
        assert file.read(offset) == event
    file.close()
