"""Writes the page in one pass over the cases of a run; the log is at its end."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from testingkit.conformance.record.html_log import MAX_PACKED_BYTES, embed
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.html.cases import Cases
from testingkit.conformance.report.html.frame import frame
from testingkit.conformance.report.html.history_sparkline import HistoryReader
from testingkit.conformance.report.html.templates import environment


def write(log: RunLog, out: BinaryIO, history: Path | None = None) -> None:
    """Writes the page.

    Args:
        log: The run.
        out: The file to write to.
        history: Path of the history of runs; it need not exist.

    Raises:
        OutputError: The log contradicts itself, or has changed since it was opened.
    """
    with HistoryReader(history) as reader:
        cases = Cases(log, reader)
        for number, (planned, finished) in enumerate(log.cases(), start=1):
            cases.add(number, planned, finished)
    element, has_log = embed(log.path)
    pieces = (
        environment()
        .get_template("page.html")
        .generate(
            **frame(log),
            problems=list(cases.problems()),
            suites=list(cases.suites.views()),
            history_problem=reader.problem,
            log_limit="" if has_log else f"{MAX_PACKED_BYTES >> 20} MiB",
        )
    )
    out.writelines(piece.encode() for piece in pieces)
    # The log is last, so that the page can be read before it is loaded.
    out.write(element + b"\n</body>\n</html>\n")
