"""No code of an expander ends or disturbs the coordinator, which reports what it does."""

from __future__ import annotations

import gc
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from testingkit.conformance.cases.load import import_expanders
from testingkit.conformance.errors import ConfigError, Place
from testingkit.conformance.expanding import client
from testingkit.conformance.expanding.client import ExpanderError, ExpanderProcess
from tests.conformance.expanding.support import write_config, write_expander
from tests.conformance.support import new, schema

# What code may do when it is imported or called, and what is reported.
TRICKS = {
    "sys.exit(0)": "raised SystemExit: 0",
    "sys.exit()": "raised SystemExit",
    "exit(1)": "raised SystemExit: 1",
    "os._exit(0)": "ended its process with exit code 0",
    "os._exit(3)": "ended its process with exit code 3",
    "os.execv('/bin/true', ['true'])": "ended its process with exit code 0",
    "os.kill(os.getpid(), 9)": "ended its process by SIGKILL",
    "os.abort()": "ended its process by SIGABRT",
    "import ctypes; ctypes.string_at(0)": "ended its process by SIGSEGV",
    "import signal; signal.raise_signal(2)": "raised KeyboardInterrupt",
    "raise KeyboardInterrupt": "raised KeyboardInterrupt",
    "raise GeneratorExit": "raised GeneratorExit",
    "raise StopIteration(7)": "raised StopIteration: 7",
    "raise BaseException('odd')": "raised BaseException: odd",
    "raise MemoryError": "raised MemoryError",
    "raise RuntimeError('first\\nsecond')": "raised RuntimeError: first",
    "f = lambda: f(); f()": "raised RecursionError: maximum recursion depth exceeded",
    "raise type('Odd', (Exception,), {'__str__': lambda s: 1 / 0})()": "raised ",
    "1 / 0": "raised ZeroDivisionError: division by zero",
    "import no_such_module_x": "raised ModuleNotFoundError: No module named 'no_such_module_x'",
    "os.closerange(3, 99)": "",  # the process cannot answer
}
# What is not wrong, as long as the message is expanded.
HARMLESS = {
    "prints": "print('hello'); os.write(1, b'hello')",
    "leaves the folder": "os.chdir('/')",
    "changes the path": "sys.path.clear()",
    "removes modules": "sys.modules.pop('json', None); sys.modules.pop('socket')",
    "closes the standard streams": "os.close(0); os.close(1); os.close(2)",
    "reads standard input": "assert sys.stdin.read() == ''",
    "ignores signals": "import signal; signal.signal(2, signal.SIG_IGN)",
    "forks": "import os\nif os.fork(): os.wait()",
    "leaves a thread": "import threading, time; threading.Timer(99, time.time).start()",
    "ends a thread": "import threading; threading.Thread(target=sys.exit).start()",
    "leaves a process": "import subprocess; subprocess.Popen(['sleep', '99'])",
    "has an exit handler": "import atexit; atexit.register(os._exit, 0)",
    "collects": "import gc; gc.disable()",
    "replaces exit": "os._exit = sys.exit = print",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def _expand(folder: Path, **load: str) -> Any:
    expanders = import_expanders(write_config(folder, **load), schema())
    message = new("Point", label="a")
    try:
        expanders.expand(message)
    finally:
        expanders.close()
    return message


@pytest.mark.parametrize(("code", "expected"), TRICKS.items())
def test_a_call_that_ends_otherwise_is_an_error_of_the_configuration(
    folder: Path, code: str, expected: str
) -> None:
    write_expander(folder, code)
    with pytest.raises(ConfigError) as caught:
        _expand(folder)
    text = str(caught.value)
    assert f'load.expanders."probe.v1.Point": notation:expand {expected}' in text
    assert caught.value.exit_code == 2
    if "raised" in expected:
        place = "<lambda>" if "lambda: f" in code else "expand"
        assert f'File "{folder}/notation.py", line 3, in {place}' in text
        assert "process.py" not in text


@pytest.mark.parametrize(("code", "expected"), TRICKS.items())
def test_an_import_that_ends_otherwise_is_an_error_of_the_configuration(
    folder: Path, code: str, expected: str
) -> None:
    write_expander(folder, "pass", f"import os, sys\n{code}\n")
    with pytest.raises(ConfigError) as caught:
        _expand(folder)
    text = str(caught.value)
    expected = expected.replace("raised", "cannot be imported:")
    assert f'load.expanders."probe.v1.Point": notation:expand {expected}' in text
    if "raised" in expected:
        place = "<lambda>" if "lambda: f" in code else "<module>"
        assert f'File "{folder}/notation.py", line 2, in {place}' in text
        assert "importlib" not in text


@pytest.mark.parametrize("body", HARMLESS.values(), ids=list(HARMLESS))
@pytest.mark.parametrize("when", ["import", "call"])
def test_what_does_not_disturb_the_coordinator_is_allowed(
    folder: Path, when: str, body: str, capfd: pytest.CaptureFixture[str]
) -> None:
    before = os.getcwd(), list(sys.path), len(threading.enumerate()), signal.getsignal(2)  # noqa: PTH109
    label = "message.label = 'b'"
    if when == "import":
        write_expander(folder, label, f"import os, sys\n{body}\n")
    else:
        write_expander(folder, f"{body}\n{label}")
    assert _expand(folder).label == "b"
    assert capfd.readouterr().out == ""
    now = os.getcwd(), list(sys.path), len(threading.enumerate()), signal.getsignal(2)  # noqa: PTH109
    assert now == before
    assert "notation" not in sys.modules


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        ("def expand(message):\n    yield message\n", "generator"),
        ("async def expand(message): pass\n", "coroutine"),
        ("def expand(message): return message\n", "Point"),
        ("def expand(message): return False\n", "bool"),
        ("class expand:\n    def __init__(self, message): pass\n", "expand"),
    ],
)
@pytest.mark.filterwarnings("default")
def test_a_function_that_returns_something_is_refused(
    folder: Path, function: str, kind: str
) -> None:
    """A generator or a coroutine would not run, and a new message would be lost."""
    (folder / "notation.py").write_text(function)
    with pytest.raises(ConfigError, match=f"returned a {kind}: it must change the message"):
        _expand(folder)


def test_an_expander_that_does_not_end_is_stopped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SECONDS", 1.0)
    write_expander(folder, "while True: pass")
    with pytest.raises(ConfigError, match="notation:expand took longer than 1 s"):
        _expand(folder)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("raise ValueError('label: not a label')", "label: not a label"),
        ("raise type('Odd', (ValueError,), {})('sub')", "sub"),
        ("raise ValueError('\\ud800')", "\\ud800"),
        ("raise type('Odd', (ValueError,), {'__str__': lambda s: 1 / 0})()", "Odd, whose text is"),
    ],
)
def test_a_value_error_is_about_the_notation(folder: Path, body: str, text: str) -> None:
    write_expander(folder, body)
    with pytest.raises(ValueError, match=f"^{re.escape(text)}"):
        _expand(folder)


def test_the_inner_function_is_named_if_it_fails(folder: Path) -> None:
    (folder / "notation.py").write_text(
        "def outer(message): message.points.add(label='x')\ndef inner(message): raise KeyError(1)\n"
    )
    process = ExpanderProcess("t.toml", schema().all_files(), [])
    process.import_function("probe.v1.Everything", "notation:outer")
    process.import_function("probe.v1.Point", "notation:inner")
    with pytest.raises(ExpanderError) as caught:
        process.expand(new("Everything"))
    process.close()
    assert caught.value.key == 'load.expanders."probe.v1.Point"'
    error = caught.value.at(Place("one.textproto", 3, 1))
    assert "notation:inner raised KeyError: 1, on one.textproto:3:1\n  File " in str(error)


def test_messages_survive_the_way_to_the_process_and_back(folder: Path) -> None:
    write_expander(folder, "message.label += '!'")
    message = new("Point", label="ä" * 1_000_000)
    message.MergeFromString(b"\xf8\xff\x0f\x01")  # an unknown field
    expanders = import_expanders(write_config(folder), schema())
    expanders.expand(message)
    expanders.close()
    assert message.label == "ä" * 1_000_000 + "!"
    assert b"\xf8\xff\x0f\x01" in message.SerializeToString()


def test_the_process_ends_with_the_object(folder: Path) -> None:
    write_expander(folder, "pass", "import subprocess\nsubprocess.Popen(['sleep', '99'])\n")
    process = ExpanderProcess("t.toml", schema().all_files(), [])
    process.import_function("probe.v1.Point", "notation:expand")
    group = process._process.pid
    del process
    gc.collect()
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-g", str(group)], capture_output=True, check=False, text=True
    )
    assert [state for state in shown.stdout.split() if not state.startswith("Z")] == []


def test_the_process_ends_with_the_coordinator(folder: Path) -> None:
    """Even if the coordinator is killed while code of the project runs."""
    write_expander(folder, "print(os.getpid(), flush=True)\nwhile True: pass")
    write_config(folder)
    code = (
        "import sys; from pathlib import Path\n"
        "from testingkit.conformance.expanding.client import ExpanderProcess\n"
        "from tests.conformance.support import new, schema\n"
        "process = ExpanderProcess('t', schema().all_files(), [])\n"
        "process.import_function('probe.v1.Point', 'notation:expand')\n"
        "process.expand(new('Point'))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    ) as coordinator:
        assert coordinator.stderr is not None
        assert int(coordinator.stderr.readline())
        coordinator.kill()
        # It holds standard error, which ends when both processes have ended.
        coordinator.stderr.read()
