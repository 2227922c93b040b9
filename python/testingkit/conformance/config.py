"""``testingkit.toml``: reads and checks the configuration of a project.

Every mistake names its key. Paths in the file are relative to the file's folder.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from testingkit.conformance.errors import ConfigError

FILE_NAME = "testingkit.toml"
_RUNNER_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m)")
_MAX_SECONDS = 24 * 60 * 60
_UNIT_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_SIZE = re.compile(r"(\d{1,9})(KiB|MiB|GiB)")
_UNIT_BYTES = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
_LEAST_MEMORY = 16 << 20  # bytes; less cannot hold a process
MAX_JOBS = 256


@dataclass(frozen=True, slots=True)
class RunnerConfig:
    """How to get at one runner: a command to start, an address to dial, or both."""

    name: str
    command: tuple[str, ...] = ()
    address: str = ""
    cwd: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    enabled: bool = True
    jobs: int = 1  # processes side by side
    memory_limit: int = 0  # bytes of address space of each process; 0 is no limit

    @property
    def has_fixed_address(self) -> bool:
        """Whether one process at most can listen where the configuration says."""
        return bool(self.address) and not any("{port}" in word for word in self.command)


@dataclass(frozen=True, slots=True)
class Limits:
    """Deadlines in seconds, and how often a runner may be started again."""

    call_timeout: float = 10.0
    call_grace: float = 1.0
    start_timeout: float = 30.0
    stop_timeout: float = 5.0
    run_timeout: float | None = None  # none is no deadline of the run as a whole
    restarts: int = 40


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration."""

    root: Path  # folder of the file
    path: str  # the file as shown to people
    name: str
    cases: tuple[str, ...]
    protos: tuple[str, ...]
    known_divergences: str
    expanders: Mapping[str, str]
    runners: tuple[RunnerConfig, ...]
    limits: Limits

    @property
    def state(self) -> Path:
        """Folder of everything TestingKit keeps for itself: runs and caches."""
        return self.root / ".testingkit"


def find_config(start: Path) -> Path:
    """Returns the nearest ``testingkit.toml`` in ``start`` or above.

    Raises:
        ConfigError: There is none.
    """
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        FILE_NAME, "", f"not found in {start} or any folder above; name one with --config"
    )


def load_config(path: Path) -> Config:
    """Reads a configuration file.

    Raises:
        ConfigError: It cannot be read, or something in it is wrong.
    """
    shown = str(path)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(shown, "", error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:  # Not UTF-8, not TOML, or nested without end.
        raise ConfigError(shown, "", f"is not TOML: {error}") from error
    return _Reader(shown).config(document, path.resolve().parent)


class _Reader:
    """Turns the document into a `Config`; knows the file's name for its errors."""

    def __init__(self, path: str) -> None:
        self._path = path

    def fail(self, key: str, message: str) -> ConfigError:
        return ConfigError(self._path, key, message)

    def config(self, document: Mapping[str, Any], root: Path) -> Config:
        self.check_keys("", document, {"project", "limits", "load", "runners"})
        project = self.table("project", document.get("project", {}))
        self.check_keys("project", project, {"name", "cases", "protos", "known_divergences"})
        load = self.table("load", document.get("load", {}))
        self.check_keys("load", load, {"expanders"})
        cases = self.texts("project.cases", project.get("cases", ["conformance_cases"]))
        known = self.text(
            "project.known_divergences",
            project.get("known_divergences", "conformance_cases/known_divergences"),
        )
        protos = self.texts("project.protos", project.get("protos", []))
        for index, folder in enumerate(protos):
            if not (root / folder).is_dir():
                raise self.fail(f"project.protos[{index}]", f"no such folder: {folder}")
        return Config(
            root=root,
            path=self._path,
            name=self.text("project.name", project.get("name", root.name)),
            cases=cases,
            protos=protos,
            known_divergences=known,
            expanders=self.text_table("load.expanders", load.get("expanders", {})),
            runners=self.runners(document.get("runners", {})),
            limits=self.limits(document.get("limits", {})),
        )

    def runners(self, value: Any) -> tuple[RunnerConfig, ...]:
        table = self.table("runners", value)
        if not table:
            raise self.fail("runners", "at least one runner is needed, as a table [runners.NAME]")
        return tuple(self.runner(name, entry) for name, entry in table.items())

    def runner(self, name: str, value: Any) -> RunnerConfig:
        key = f"runners.{name}"
        if not _RUNNER_NAME.fullmatch(name):
            raise self.fail(key, "a runner's name starts with a-z and is made of a-z, 0-9, _ and -")
        entry = self.table(key, value)
        self.check_keys(key, entry, {field.name for field in fields(RunnerConfig)} - {"name"})
        enabled = entry.get("enabled", True)
        if not isinstance(enabled, bool):
            raise self.fail(f"{key}.enabled", f"expected true or false, found {enabled!r}")
        runner = RunnerConfig(
            name=name,
            command=self.texts(f"{key}.command", entry.get("command", [])),
            address=self.text(f"{key}.address", entry.get("address", "")),
            cwd=self.text(f"{key}.cwd", entry.get("cwd", "")),
            env=self.text_table(f"{key}.env", entry.get("env", {})),
            services=self.texts(f"{key}.services", entry.get("services", [])),
            unsupported=self.texts(f"{key}.unsupported", entry.get("unsupported", [])),
            enabled=enabled,
            jobs=self.count(f"{key}.jobs", entry.get("jobs", 1), least=1, most=MAX_JOBS),
            memory_limit=self.size(f"{key}.memory_limit", entry.get("memory_limit")),
        )
        if runner.command and not runner.command[0]:
            raise self.fail(f"{key}.command", "the first word names a program and is empty")
        if not runner.command and not runner.address:
            raise self.fail(key, "needs `command`, a list of words, or `address`")
        if runner.memory_limit and not runner.command:
            raise self.fail(f"{key}.memory_limit", "needs a `command`: others start this server")
        if runner.jobs > 1 and runner.has_fixed_address:
            text = "every process needs an address of its own: use {port} in `command`"
            raise self.fail(f"{key}.jobs", text)
        return runner

    def limits(self, value: Any) -> Limits:
        table = self.table("limits", value)
        names = {field.name for field in fields(Limits)}
        self.check_keys("limits", table, names)
        restarts = self.count("limits.restarts", table.get("restarts", Limits().restarts))
        seconds = {
            name: self.seconds(f"limits.{name}", table[name])
            for name in names - {"restarts"}
            if name in table
        }
        return Limits(restarts=restarts, **seconds)

    def seconds(self, key: str, value: Any) -> float:
        match = _DURATION.fullmatch(value) if isinstance(value, str) else None
        seconds = float(match[1]) * _UNIT_SECONDS[match[2]] if match else 0.0
        if not 0 < seconds <= _MAX_SECONDS:
            text = f'expected a duration such as "10s" or "500ms", a day at most, found {value!r}'
            raise self.fail(key, text)
        return seconds

    def count(self, key: str, value: Any, *, least: int = 0, most: int = 1_000_000) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.fail(key, f"expected a whole number, {least} to {most:,}, found {value!r}")
        return value

    def size(self, key: str, value: Any) -> int:
        if value is None:
            return 0
        match = _SIZE.fullmatch(value) if isinstance(value, str) else None
        size = int(match[1]) * _UNIT_BYTES[match[2]] if match else 0
        if size < _LEAST_MEMORY:
            raise self.fail(key, f'expected a size such as "512MiB" or "2GiB", found {value!r}')
        return size

    def check_keys(self, key: str, table: Mapping[str, Any], known: set[str]) -> None:
        for name in table:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"; did you mean `{near[0]}`?" if near else f"; known: {sorted(known)}"
                raise self.fail(f"{key}.{name}" if key else name, f"unknown key{hint}")

    def table(self, key: str, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a table, found {value!r}")
        return value

    def text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.fail(key, f"expected a text, found {value!r}")
        return value

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, f"expected a list of texts, found {value!r}")
        return tuple(value)

    def text_table(self, key: str, value: Any) -> Mapping[str, str]:
        table = self.table(key, value)
        return {name: self.text(f"{key}.{name}", item) for name, item in table.items()}
