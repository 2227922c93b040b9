"""The functions that each kit exports, by the name of their assertion."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assertion_catalog.go_signature import go_name
from assertion_catalog.read import Catalog, Entry
from testingkit import Subject, match

ROOT = Path(__file__).parents[2]
_GO_PACKAGES = (("go", "require"), ("go", "expect"), ("go", "match"), ("go/gomega", "."))
_SECONDS = 900


class ExportError(Exception):
    """The functions of a kit cannot be listed; the message says why."""


def _run(command: Sequence[str], folder: str) -> str:
    ended = subprocess.run(
        command,
        cwd=ROOT / folder,
        env={**os.environ, "GOWORK": "off", "CARGO_TARGET_DIR": str(ROOT / "rust/target")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if ended.returncode != 0:
        raise ExportError(f"`{' '.join(command)}` in {folder} failed:\n{ended.stderr.strip()}")
    return ended.stdout


def _python(catalog: Catalog) -> set[str]:
    """Returns the assertions that are methods of `Subject` and functions of `match`."""
    return {
        entry.name
        for entry in catalog.entries
        if all(_takes(getattr(owner, entry.name, None), entry) for owner in (Subject, match))
    }


def _takes(function: object, entry: Entry) -> bool:
    """Returns whether a function takes the arguments of an assertion, by these names."""
    if not callable(function):
        return False
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    return names == [parameter.name for parameter in entry.parameters]


def _go(catalog: Catalog) -> set[str]:
    """Returns the assertions that are functions of every package."""
    wanted = {go_name(entry.name): entry.name for entry in catalog.entries}
    found = [_go_functions(module, package) for module, package in _GO_PACKAGES]
    return {name for exported, name in wanted.items() if all(exported in one for one in found)}


def _go_functions(module: str, package: str) -> set[str]:
    listed = _run(["go", "doc", "-short", f"./{package}" if package != "." else "."], module)
    return set(re.findall(r"^\s*func (\w+)", listed, re.MULTILINE))


def _rust(catalog: Catalog) -> set[str]:
    """Returns the assertions that are functions of the module `matchers`."""
    _run(["cargo", "doc", "--quiet", "--locked", "--no-deps", "-p", "testingkit"], "rust")
    folder = ROOT / "rust/target/doc/testingkit/matchers"
    return {entry.name for entry in catalog.entries if (folder / f"fn.{entry.name}.html").exists()}


EXPORTS: Mapping[str, Callable[[Catalog], set[str]]] = {
    "python": _python,
    "rust": _rust,
    "go": _go,
}
"""By the name of the kit: lists the assertions that a user can call."""
