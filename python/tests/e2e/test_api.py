"""The Python API with real runners: typed results, and nothing printed."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from testingkit.conformance import api
from tests.e2e.project import Project

PAGE = Path(__file__).parents[3] / "docs" / "python_api.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def wrong(honest: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with a correct runner, and one that answers one case wrongly."""
    honest.add_greeter("wrong", "answers_wrong")
    honest.write_config()
    # Runners inherit the environment of the process that calls the API.
    for name, text in honest.environment().items():
        monkeypatch.setenv(name, text)
    return honest


def test_result_has_decision_verdicts_differences_and_findings(
    wrong: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    project = api.load_project(wrong.folder)
    result = api.run(project, settings=api.RunSettings(seed="7f"))
    assert result.decision is api.Decision.NOT_CONFORMANT
    assert (result.exit_code, result.seed) == (1, "7f")
    assert [(runner.name, runner.totals["passed"]) for runner in result.runners] == [
        ("good", 5),
        ("wrong", 4),
    ]
    assert dict(result.parity)["diverge"] == 1
    (finding,) = result.findings
    assert finding.kind is api.FindingKind.DIVERGENCE
    assert (finding.id, finding.runners, finding.is_gated) == ("D1", ("wrong",), True)
    cases = {case.id: case for case in result.cases()}
    assert len(cases) == 5
    case = cases[finding.case_id]
    assert case == result.case(finding.case_id)
    assert case.parity is api.Parity.DIVERGE
    assert case.results["good"].passed
    answer = case.results["wrong"]
    assert answer.verdict is api.Verdict.MISMATCH
    assert answer.differences
    assert all(difference.field_path for difference in answer.differences)
    assert (case.path, case.line) == (finding.path, finding.line)
    assert api.open_result(project).findings == result.findings
    assert capfd.readouterr() == ("", "")


def test_selection_limits_runners_and_cases(wrong: Project) -> None:
    project = api.load_project(wrong.folder)
    selection = api.Selection(runners=["good"], expression="greets_trigger")
    result = api.run(project, selection)
    assert result.decision is api.Decision.CONFORMANT
    assert [case.id for case in result.cases()] == ["greet/greets_trigger"]
    assert [case.id for case in api.list_cases(project, selection)] == ["greet/greets_trigger"]
    assert len(api.list_cases(project)) == 5
    with pytest.raises(api.NothingSelected):
        api.run(project, api.Selection(expression="no_such_case"))


def test_run_within_an_event_loop(wrong: Project) -> None:
    project = api.load_project(wrong.folder)
    result = asyncio.run(api.run_async(project, api.Selection(runners=["good"])))
    assert result.decision is api.Decision.CONFORMANT


def test_cancelled_task_leaves_a_complete_log_and_no_runner(wrong: Project) -> None:
    lock = wrong.folder / "lock"
    wrong.add("hangs", "faulty.py", "never_answers", str(lock))
    wrong.write_config()
    project = api.load_project(wrong.folder)

    async def cancel() -> None:
        task = asyncio.create_task(api.run_async(project))
        deadline = time.monotonic() + 30
        while not (lock.exists() and "hangs" in lock.read_text()):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert api.open_result(project).decision is api.Decision.INTERRUPTED


def test_examples_of_the_documentation_run(wrong: Project) -> None:
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert examples
    for example in examples:
        done = subprocess.run(
            [sys.executable, "-c", example],
            cwd=wrong.folder,
            env=wrong.environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr


_INTERRUPTED_TWICE = """
import os, signal, threading, time
from pathlib import Path
from testingkit.conformance import api

def interrupt_when_it_hangs():
    while not (Path("lock").exists() and "hangs" in Path("lock").read_text()):
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt_when_it_hangs).start()
try:
    api.run(api.load_project())
except KeyboardInterrupt:
    print("interrupted")
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
except KeyboardInterrupt:
    print("and again")
"""


def test_interrupt_raises_and_leaves_the_next_one_to_the_process(wrong: Project) -> None:
    wrong.add("hangs", "faulty.py", "never_answers", str(wrong.folder / "lock"))
    wrong.write_config()
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_TWICE],
        cwd=wrong.folder,
        env=wrong.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("interrupted\nand again\n", "")
    assert api.open_result(api.load_project(wrong.folder)).decision is api.Decision.INTERRUPTED
