"""GitHub's annotations: one line each, ten of a level, and no text in them forges another."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.annotations import MAX_MESSAGE, MAX_PER_LEVEL, write
from testingkit.conformance.text.escape import safe
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding, LeftOut
from tests.conformance.logs import agreed, crashed, diverged, finding, planned, record

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)\n")


def written(log: RunLog) -> str:
    out = io.BytesIO()
    write(log, out)
    return out.getvalue().decode()


def unescape(text: str) -> str:
    for escape, char in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def commands(log: RunLog) -> list[tuple[str, dict[str, str], str]]:
    """Returns the commands that GitHub's runner reads: name, properties and message of each."""
    text = written(log)
    parsed = COMMAND.findall(text)
    assert text == "".join(f"::{name} {given}::{message}\n" for name, given, message in parsed)
    return [
        (
            name,
            {
                key: unescape(value)
                for key, value in (pair.split("=", 1) for pair in given.split(","))
            },
            unescape(message),
        )
        for name, given, message in parsed
    ]


def test_error_warning_and_notice_of_a_small_run(tmp_path: Path) -> None:
    one, two, three = (planned(n, f"probe/{n}") for n in (1, 2, 3))
    crash = finding(
        three,
        id="C1",
        kind=run_pb2.FINDING_KIND_CRASH,
        text="rust: crash: killed by signal 6 (SIGABRT)",
    )
    mild = finding(two, gated=False)
    mild.similar_case_ids.append("probe/1")
    log = record(
        tmp_path / "log",
        [(one, agreed(1)), (two, diverged(2, '"100 %: a, b"')), (three, crashed(3))],
        [mild, crash],
    )
    assert written(log) == (
        "::error file=cases/a.textproto,line=3,title=C1 CRASH probe/3::"
        "rust: crash: killed by signal 6 (SIGABRT)%0Arepro: testingkit run -k probe/3\n"
        "::warning file=cases/a.textproto,line=2,title=D1 DIVERGE probe/2::odd one out: rust"
        '%0Arust: text: expected "30s", got "100 %25: a, b"'
        "%0ASame signature in 1 more case: probe/1%0Arepro: testingkit run -k probe/2\n"
        "::notice title=testingkit%3A NOT CONFORMANT::"
        "parity 2 comparable: 1 agree · 1 diverge · 1 with one answer only"
        "%0Ago: 3 planned, 3 pass, 0 fail, 0 crash%0Arust: 3 planned, 1 pass, 1 fail, 1 crash\n"
    )


def test_last_line_has_the_totals_of_the_footer(tmp_path: Path) -> None:
    log = record(
        tmp_path / "log",
        [(planned(1, "probe/one"), agreed(1))],
        left_out=LeftOut(cases=4, text="the run was interrupted"),
    )
    ((name, properties, message),) = commands(log)
    assert (name, properties) == ("notice", {"title": "testingkit: CONFORMANT"})
    assert message.split("\n") == [
        "4 cases were not run: the run was interrupted",
        "parity 1 comparable: 1 agree · 4 without an answer",
        "go: 5 planned, 1 pass, 0 fail, 4 missing",
        "rust: 5 planned, 1 pass, 0 fail, 4 missing",
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "more"),
    [
        (3, 2, ""),
        (10, 10, ""),
        (11, 0, "1 more finding is"),
        (4_000, 1_000, "4,980 more findings are"),
    ],
)
def test_at_most_ten_annotations_of_a_level(
    tmp_path: Path, errors: int, warnings: int, more: str
) -> None:
    text = "é😀%\n,:" * 2_000
    cases = [(planned(n, f"probe/{n}"), diverged(n, text)) for n in range(1, errors + warnings + 1)]
    findings = [
        finding(case, id=f"D{case.call_id}", text=text, gated=case.call_id > warnings)
        for case, _ in cases
    ]
    found = commands(record(tmp_path / "log", cases, findings))
    names = [name for name, _, _ in found]
    assert names.count("error") == min(errors, MAX_PER_LEVEL)
    assert names.count("warning") == min(warnings, MAX_PER_LEVEL)
    assert names[-1] == "notice"
    assert names.count("notice") == 1
    assert all(len(message.encode("utf-16-le")) <= 2 * MAX_MESSAGE for _, _, message in found)
    last = found[-1][2]
    assert last.startswith(f"{more} not shown\n") if more else "not shown" not in last


def test_long_message_is_cut_between_characters(tmp_path: Path) -> None:
    cases = [(planned(1, "probe/one"), agreed(1, 60))]
    for odd in ("", "x"):
        names = [f"{odd}{number}{'😀' * 90}" for number in range(60)]
        ((_, _, message),) = commands(record(tmp_path / f"log{odd}", cases, runners=names))
        assert message.endswith("…")
        assert MAX_MESSAGE - 1 <= len(message.encode("utf-16-le")) / 2 <= MAX_MESSAGE


def test_finding_without_a_file_has_no_file_property(tmp_path: Path) -> None:
    one = planned(1, "probe/one")
    about = finding(
        one, kind=run_pb2.FINDING_KIND_RUNNER, case_id="", path="", line=0, id="R1", text=""
    )
    (name, properties, message), _ = commands(record(tmp_path / "log", [(one, agreed(1))], [about]))
    assert (name, properties) == ("error", {"title": "R1 RUNNER rust"})
    assert message.split("\n")[0] == "RUNNER"


def test_difference_of_all_runners_is_listed_once_and_the_rest_is_counted(tmp_path: Path) -> None:
    one = planned(1, "probe/one")
    wrong = diverged(1)
    wrong.results[0].CopyFrom(wrong.results[1])
    wrong.results[0].runner = 0
    for result in wrong.results:
        for number in range(6):
            result.differences.add().CopyFrom(result.differences[0])
            result.differences[-1].field_path = f"items[{number}]"
    found = commands(record(tmp_path / "log", [(one, wrong)], [finding(one)]))
    lines = found[0][2].split("\n")
    assert lines[1:4] == [
        'go, rust: text: expected "30s", got "0s"',
        'go, rust: items[0]: expected "30s", got "0s"',
        'go, rust: items[1]: expected "30s", got "0s"',
    ]
    assert lines[6] == "… 2 more differences"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(alphabet=st.one_of(st.sampled_from("%:,\r\n=#[] "), st.characters())))
def test_hostile_texts_stay_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    text = f"{text[:50]}\n::error ::forged%0A::set-output name=x::y"
    text = text.encode("utf-8", "ignore").decode()
    case = planned(1, f"probe/{text}", path=text)
    case.path = text
    found = finding(case, id=f"D{text}", text=text, advice=text)
    log = record(
        tmp_path_factory.mktemp("run") / "log",
        [(case, diverged(1, text, text))],
        [found],
        runners=[f"go{text}", f"rust{text}"],
    )
    (name, properties, message), (last, _, sums) = commands(log)
    assert (name, last) == ("error", "notice")
    assert properties["file"] == safe(text)
    assert properties["title"].startswith(safe(f"D{text} DIVERGE "))
    lines = [safe(line) for line in text.split("\n")]
    assert message.split("\n")[: len(lines)] == lines
    assert f"\nrust{safe(text)}: 1 planned" in sums


def test_lines_of_a_process_are_escaped_line_ends(tmp_path: Path) -> None:
    text = "go did not start\nTraceback:"
    found = Finding(id="R1", kind=run_pb2.FINDING_KIND_RUNNER, text=text, runners=[0])
    shown = written(record(tmp_path / "log", [], [found]))
    assert ":go did not start%0ATraceback:\n" in shown
