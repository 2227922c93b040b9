"""Output is captured to the end of a process, and not longer."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from testingkit.conformance.runners.processes.output import CapturedOutput


def test_finish_reads_everything_and_reports_that_both_streams_ended(tmp_path: Path) -> None:
    async def capture() -> None:
        output = CapturedOutput(tmp_path / "log")
        out, err = output.start()
        os.write(out, b"to standard output")
        os.write(err, b"to standard error")
        os.close(out)
        os.close(err)
        assert output.finish()
        assert output.tail == "to standard error"

    asyncio.run(capture())
    assert (tmp_path / "log").read_text() == "to standard outputto standard error"


def test_finish_does_not_wait_for_a_stream_that_is_still_open(tmp_path: Path) -> None:
    async def capture() -> None:
        output = CapturedOutput(tmp_path / "log")
        out, err = output.start()
        os.write(err, b"last words")
        assert not output.finish()
        assert output.tail == "last words"
        assert output.finish()  # nothing is left to read
        os.close(out)
        os.close(err)

    asyncio.run(capture())


def test_output_is_read_while_the_loop_runs(tmp_path: Path) -> None:
    async def capture() -> None:
        output = CapturedOutput(tmp_path / "log")
        out, err = output.start()
        os.write(err, b"now")
        while not output.tail:  # noqa: ASYNC110 - the output has no event
            await asyncio.sleep(0)
        os.close(out)
        os.close(err)
        assert output.finish()

    asyncio.run(capture())
