"""The limits in the documents are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from testingkit.conformance import cli, config
from testingkit.conformance.cases import model, selection
from testingkit.conformance.cases.load import binary_suites, reading, token_reader
from testingkit.conformance.comparison import differences
from testingkit.conformance.engine import repetitions
from testingkit.conformance.plan import calls
from testingkit.conformance.protobuf import field_text, nesting, schema, text_format
from testingkit.conformance.record import event_log, html_log
from testingkit.conformance.report import terminal
from testingkit.conformance.report.html import cases, problems, suites
from testingkit.conformance.report.junit import xml_text
from testingkit.conformance.results import findings, gate
from testingkit.conformance.runners.processes import output, socket_folder
from testingkit.conformance.runners.transport import batched, channel, link, reflection
from testingkit.conformance.text import lists
from testingkit.runner import limits as runner_limits

TEXT = (Path(__file__).parents[3] / "docs" / "limits.md").read_text(encoding="utf-8")
MIB = 1 << 20

# The beginning of a row, and the values in the code for its numbers, in order.
ROWS: list[tuple[str, list[int]]] = [
    ("a case file", [reading.MAX_FILE_BYTES // MIB]),
    ("case files in binary form", [binary_suites.MAX_MESSAGE_BYTES // MIB]),
    ("nesting in them", [token_reader.MAX_DEPTH, 100]),
    ("names of cases", [model.MAX_NAME, 2 * model.MAX_NAME]),
    ("problems of one file", [reading.MAX_PROBLEMS, cli._MAX_PROBLEMS]),
    ("`testingkit.toml`", [config.MAX_FILE_BYTES >> 10, config.MAX_LINE]),
    ("runners of a project", [config.MAX_RUNNERS, 40, config.MAX_JOBS]),
    ("the path of a Unix socket", [config.MAX_SOCKET, socket_folder._PARENT_BYTES]),
    ("protos", [schema.MAX_FILES, 64, 120, reflection.MAX_SERVICES]),
    ("`-k`", [selection._MAX_EXPRESSION, selection._MAX_DEPTH]),
    ("`--repeat`", [calls.MAX_REPETITIONS]),
    ("`--shard`", [calls.MAX_SHARDS]),
    ("one message", [channel.MAX_MESSAGE_BYTES // MIB]),
    ("nesting of messages", [nesting.MAX_NESTING, nesting.MAX_NESTING, 10_000]),
    (
        "stack of a handler",
        [
            runner_limits.STACK_BYTES // MIB,
            runner_limits.RECURSION,
            runner_limits.STACK_BYTES // runner_limits.RECURSION >> 10,
            runner_limits.RECURSION,
        ],
    ),
    ("what a process prints", [output.MAX_FILE_BYTES // MIB, output.TAIL_BYTES >> 10]),
    ("broken protocol", [lists.MAX_SHOWN]),
    ("findings that show a case", [findings.MAX_EXAMPLES]),
    ("how far a runner", [link.MOST_PENDING, link.MOST_PENDING_BYTES // MIB]),
    (
        "calls on their way",
        [
            batched._BATCHES_IN_FLIGHT * batched._LARGEST_BATCH,
            batched._LARGEST_BATCH,
            batched._BATCH_BYTES // MIB,
        ],
    ),
    ("different outcomes", [repetitions.MAX_GROUPS]),
    ("items of an `unordered`", [differences.MAX_TOLERANT]),
    ("one event of the log", [event_log.MAX_EVENT_BYTES // MIB]),
    ("differences of one answer", [differences.MAX_DIFFERENCES]),
    ("one value, text or error", [field_text.MAX_SHOWN]),
    ("a message in one", [text_format.MAX_LINE_BYTES // MIB]),
    ("findings on the terminal", [terminal.MAX_FINDINGS]),
    ("reasons of the decision", [gate.MAX_REASONS]),
    (
        "the HTML report",
        [
            problems.MAX_PROBLEMS,
            suites.MAX_SUITES,
            suites.MAX_ROWS_SIZE,
            cases.MAX_PROBLEMS_SIZE,
            cases.MAX_DETAILS_SIZE,
            html_log.MAX_PACKED_BYTES // MIB,
        ],
    ),
    (
        "an HTML report that is opened",
        [html_log.MAX_REPORT_BYTES // MIB, html_log.MAX_LOG_BYTES // MIB],
    ),
    ("one text in JUnit XML", [xml_text.MAX_TEXT]),
]


@pytest.mark.parametrize(("row", "numbers"), ROWS)
def test_the_numbers_of_a_row_are_those_of_the_code(row: str, numbers: list[int]) -> None:
    (limit,) = re.findall(rf"^\| {re.escape(row)}[^|]*\|([^|]*)\|$", TEXT, re.MULTILINE)
    documented = [
        int(number.replace(",", "")) for number in re.findall(r"(?<![-\d])\d[\d,]*", limit)
    ]
    assert documented == numbers


def test_reflection_and_protos_have_the_same_bounds() -> None:
    for module in (schema, reflection):
        assert (module.MAX_FILES, module.MAX_BYTES) == (10_000, 64 * MIB)
    assert schema._COMPILE_TIMEOUT == 120
    assert config._RUNNER_NAME.fullmatch("g" * 40)
    assert not config._RUNNER_NAME.fullmatch("g" * 41)
