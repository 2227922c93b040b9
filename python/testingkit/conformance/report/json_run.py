"""Collects the events of a run as one JSON document, the output of ``run --json``."""

from __future__ import annotations

from typing import Any

from google.protobuf import json_format
from google.protobuf.message import Message

from testingkit.conformance.engine.progress import Progress
from testingkit.conformance.judging.verdicts import observations_with_counts
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.run_log import RunRecord
from testingkit.conformance.report.request_text import answer_text
from testingkit.conformance.text.escape import safe_json
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    PlannedCase,
    RunEvent,
    RunHeader,
    RunnerResult,
)
from testingkit.conformance.v1.verdict_pb2 import Verdict


class JsonRun:
    """Takes the events of a run; `text` returns the document when it has ended."""

    def __init__(self) -> None:
        self._record = RunRecord()
        self._schema = Schema(())

    def __call__(self, event: RunEvent) -> None:
        """Takes the next event."""
        self._record.add(event)
        if event.HasField("header"):
            self._schema = Schema(event.header.descriptors.file)

    def reading(self, done: int, total: int) -> None:
        """Does nothing: the document has no progress."""

    def progress(self, progress: Progress) -> None:
        """Does nothing: the document has no progress."""

    def text(self) -> str:
        """Returns the document: header, runners, findings, footer, named as in ``run.proto``.

        A finding also has the result of every runner for the case that it shows in full, with its
        answers as text: several if they differ from call to call.
        """
        record = self._record
        header = RunHeader()
        header.CopyFrom(record.header)
        header.ClearField("descriptors")
        document = {
            "header": _as_dict(header),
            "runners": [_as_dict(ready) for _, ready in sorted(record.runners.items())],
            "findings": [self._finding(finding) for finding in record.findings],
            "footer": _as_dict(record.footer) if record.footer is not None else None,
        }
        return safe_json(document)

    def _finding(self, finding: Finding) -> dict[str, Any]:
        """Returns a finding, with the result of every runner for the case that it shows."""
        case = self._record.case(finding.case_id)
        results = [] if case is None else [self._result(*case, r) for r in case[1].results]
        return {**_as_dict(finding), "results": results}

    def _result(
        self, planned: PlannedCase, finished: FinishedCase, result: RunnerResult
    ) -> dict[str, Any]:
        answers = [
            answer_text(planned.method, observation, self._schema)
            for _, observation in observations_with_counts(finished, result)
        ]
        return {
            "runner": self._record.header.runners[result.runner],
            "verdict": Verdict.Name(result.verdict),
            "answer_class": result.answer_class,
            "known": result.known,
            "answers": answers,
            "differences": [_as_dict(difference) for difference in result.differences],
        }


def _as_dict(message: Message) -> dict[str, Any]:
    return json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
