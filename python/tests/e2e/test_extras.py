"""Without the packages of an extra, a message names the command that installs them."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from testingkit.extras import _MODULES, require

REPOSITORY = Path(__file__).parents[3]
SETTINGS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
# Packages whose modules have other names.
MODULES = {
    "googleapis-common-protos": "google.rpc",
    "grpcio": "grpc",
    "grpcio-health-checking": "grpc_health",
    "grpcio-reflection": "grpc_reflection",
    "grpcio-tools": "grpc_tools",
    "protobuf": "google.protobuf",
}
# As pip writes it, from the entry of pyproject.toml.
SCRIPT = """\
import sys
from {module} import {function}
sys.exit({function}())
"""


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python that finds the code of this repository, and no packages."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=True, with_pip=False)
    return str(folder / "bin" / "python")


def _start(python: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    path = str(REPOSITORY / "python")
    return subprocess.run(
        [python, *words],
        env={**os.environ, "PYTHONPATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _entry_point() -> str:
    module, _, function = SETTINGS["project"]["scripts"]["testingkit"].partition(":")
    return SCRIPT.format(module=module, function=function)


@pytest.mark.parametrize("start", ["script", "module"])
@pytest.mark.parametrize("words", [[], ["run"], ["--help"], ["--version"]])
def test_the_command_without_packages_exits_with_2_and_names_the_extra(
    bare_python: str, start: str, words: list[str]
) -> None:
    how = ["-c", _entry_point()] if start == "script" else ["-m", "testingkit.conformance"]
    shown = _start(bare_python, *how, *words)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.startswith("testingkit: click, google.protobuf, ")
    assert shown.stderr.endswith(
        f"not installed for {bare_python}; install the extra conformance with: "
        "pip install 'testingkit[conformance]'\n"
    )
    assert shown.stderr.count("\n") == 1


@pytest.mark.parametrize("module", MODULES.values())
def test_one_missing_package_is_named(tmp_path: Path, module: str) -> None:
    """The others are there; a hook hides one, also from modules that are imported late."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Hide:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Hide())\n"
    )
    path = os.pathsep.join([str(tmp_path), str(REPOSITORY / "python")])
    shown = _start(sys.executable, "-m", "testingkit.conformance", "--version", PYTHONPATH=path)
    if module == "grpc_health":  # only runners use it
        assert shown.returncode == 0
    else:
        assert (shown.returncode, shown.stdout) == (2, "")
        assert shown.stderr.startswith(f"testingkit: {module}: not installed for ")


@pytest.mark.parametrize(
    ("code", "extra"),
    [
        ("import testingkit.runner", "runner"),
        ("from testingkit.runner.plain import serve_plain", "runner"),
        ("import testingkit.kit_runner.__main__", "runner"),
        ("import testingkit.conformance.api", "conformance"),
    ],
)
def test_an_import_without_packages_names_the_extra(
    bare_python: str, code: str, extra: str
) -> None:
    shown = _start(bare_python, "-c", code)
    last = shown.stderr.splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: ")
    assert last.endswith(f"install the extra {extra} with: pip install 'testingkit[{extra}]'")


def test_the_kit_needs_no_package(bare_python: str) -> None:
    code = "import testingkit.assertions, testingkit.diff, testingkit.events, testingkit.render"
    assert _start(bare_python, "-c", code).returncode == 0


@pytest.mark.parametrize(
    "code",
    ["import testingkit.conformance.missing", "raise RuntimeError('generated for another')"],
)
def test_a_fault_of_the_installation_is_not_hidden_and_exits_with_70(
    tmp_path: Path, code: str
) -> None:
    (tmp_path / "rich.py").write_text(code)
    (tmp_path / "click.py").write_text(code)
    path = os.pathsep.join([str(tmp_path), str(REPOSITORY / "python")])
    shown = _start(sys.executable, "-m", "testingkit.conformance", "--version", PYTHONPATH=path)
    assert (shown.returncode, shown.stdout) == (70, "")
    assert "Traceback" in shown.stderr
    assert "pip install" not in shown.stderr


@pytest.mark.parametrize("extra", _MODULES)
def test_the_modules_are_those_of_the_packages_of_the_extra(extra: str) -> None:
    packages = SETTINGS["project"]["optional-dependencies"][extra]
    names = {package.partition(">")[0] for package in packages}
    assert {MODULES.get(name, name) for name in names} == set(_MODULES[extra])


def test_installed_extras_are_found() -> None:
    for extra in _MODULES:
        require(extra)
