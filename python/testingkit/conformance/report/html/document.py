"""The page as a whole: one pass over the cases of a run, then the file, its log at its end."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from testingkit.conformance.record.html_log import MAX_PACKED_BYTES, embed
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.html.cases import Cases
from testingkit.conformance.report.html.frame import frame
from testingkit.conformance.report.html.history_sparkline import Stories
from testingkit.conformance.report.html.texts import environment


def write(log: RunLog, out: BinaryIO, history: Path | None = None) -> None:
    """Writes the page.

    Args:
        log: The run.
        out: Where it is written to.
        history: Where a history of runs may be; there need not be one.

    Raises:
        OutputError: The log contradicts itself, or is not what it was when it was opened.
    """
    with Stories(history) as stories:
        cases = Cases(log, stories)
        for number, (planned, finished) in enumerate(log.cases(), start=1):
            cases.take(number, planned, finished)
    element, has_log = embed(log.path)
    pieces = (
        environment()
        .get_template("page.html")
        .generate(
            **frame(log),
            problems=list(cases.problems()),
            suites=list(cases.suites.views()),
            history_problem=stories.problem,
            log_limit="" if has_log else f"{MAX_PACKED_BYTES >> 20} MiB",
        )
    )
    out.writelines(piece.encode() for piece in pieces)
    # Last of all: what is to be read is there before it.
    out.write(element + b"\n</body>\n</html>\n")
