"""Reads and checks ``testingkit.toml``, the configuration of a project.

Every error names its key. Paths in the file are relative to the folder of the file.
"""

from __future__ import annotations

import difflib
import fnmatch
import os
import re
import reprlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from testingkit.conformance.errors import ConfigError

FILE_NAME = "testingkit.toml"
MAX_FILE_BYTES = 256 << 10
MAX_LINE = 10_000  # characters; the parser takes time quadratic in the length of a dotted key
MAX_RUNNERS = 100
STATE = ".testingkit"  # folder of recorded runs and caches
PARITY = "parity"  # replaces the name of a runner in reports
MAX_JOBS = 256
MAX_CONCURRENCY = 1024
_RUNNER_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")  # short: it is part of the path of a socket
_VARIABLE = re.compile(r"[^=\0]+")
_ADDRESS = re.compile(r"(?:\[[0-9a-fA-F:.%]+\]|[^\s:/\[\]]+):([0-9]{1,5})", re.ASCII)
MAX_SOCKET = 100  # bytes of the path of a Unix socket; the limit of systems is 103 to 107
_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(ms|s|m)")
_MIN_SECONDS, _MAX_SECONDS = 0.001, 24 * 60 * 60
_UNIT_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_SIZE = re.compile(r"([0-9]{1,9})(KiB|MiB|GiB)")
_UNIT_BYTES = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
# Bytes. A process needs more than the minimum, and no machine has more than the maximum.
_MIN_MEMORY, _MAX_MEMORY = 16 << 20, 1 << 50
_SHORT_REPR = reprlib.Repr()
_SHORT_REPR.maxstring = _SHORT_REPR.maxother = 200


@dataclass(frozen=True, slots=True)
class RunnerConfig:
    """How to reach one runner: a command to start, an address to dial, or both."""

    name: str
    command: tuple[str, ...] = ()
    address: str = ""
    cwd: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    enabled: bool = True
    jobs: int = 1  # processes at the same time
    concurrency: int = 32  # calls at the same time, of a plain server
    memory_limit: int = 0  # bytes of address space of each process; 0 means unlimited
    family: str = ""  # runners of one family share code; empty means the runner itself

    @property
    def voter(self) -> str:
        """What has one vote where runners are counted: the family, else the runner."""
        return self.family or self.name

    @property
    def has_fixed_address(self) -> bool:
        """Whether the address allows only one process."""
        return bool(self.address) and not any("{port}" in word for word in self.command)

    def is_unsupported(self, method: str) -> bool:
        """Returns whether it lists a method, ``package.Service/Method``, as unsupported."""
        return any(fnmatch.fnmatchcase(method, pattern) for pattern in self.unsupported)


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Deadlines in seconds, and how often a runner may be restarted."""

    call_timeout: float = 10.0
    call_grace: float = 1.0
    start_timeout: float = 30.0
    stop_timeout: float = 5.0
    run_timeout: float | None = None  # of the whole run; None means unlimited
    restarts: int = 40


@dataclass(frozen=True, slots=True)
class DeclaredInputs:
    """What the expanders depend on besides their code."""

    files: tuple[str, ...]  # patterns, relative to the project
    environment: tuple[str, ...]  # names of variables


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration."""

    file: Path  # its absolute path, without links
    path: str  # the file as it is printed
    name: str
    cases: tuple[str, ...]
    cases_ignore: tuple[str, ...]  # patterns of files among the case files
    protos: tuple[str, ...]
    known_divergences: str
    expanders: Mapping[str, str]
    inputs: DeclaredInputs | None  # of the expanders; None if nothing is declared
    runners: tuple[RunnerConfig, ...]
    limits: RunLimits

    @property
    def root(self) -> Path:
        """Folder of the file: of the project."""
        return self.file.parent

    @property
    def state(self) -> Path:
        """Folder of the files that TestingKit keeps: runs and caches."""
        return self.root / STATE


def find_config(start: Path) -> Path:
    """Returns the nearest ``testingkit.toml`` in ``start`` or a folder above.

    Raises:
        ConfigError: The file is not found.
    """
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        FILE_NAME, "", f"not found in {start} or any folder above; name one with --config"
    )


def load_config(path: Path) -> Config:
    """Returns the checked configuration of a file.

    Raises:
        ConfigError: The file cannot be read, or is not valid.
    """
    shown = os.fsencode(path).decode(errors="backslashreplace")
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise ConfigError(shown, "", "not a regular file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ConfigError(shown, "", f"larger than {MAX_FILE_BYTES >> 10} KiB")
        text = path.read_text(encoding="utf-8-sig")
        if any(len(line) > MAX_LINE for line in text.splitlines()):
            raise ConfigError(shown, "", f"a line is longer than {MAX_LINE:,} characters")
        document = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(shown, "", error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:  # Not UTF-8, not TOML, or nested too deep.
        raise ConfigError(shown, "", f"is not TOML: {error}") from error
    return _Reader(shown).config(document, Path(os.path.realpath(path)))


def _format_value(value: Any) -> str:
    """Returns a value for an error message; long or deep ones are cut."""
    try:
        return _SHORT_REPR.repr(value)
    except ValueError:  # Python refuses to print a number with that many digits.
        return "a huge number"


class _Reader:
    """Checks the document of a file, and makes a `Config` of it.

    Its methods take a key for errors, and the value of the key; they return the checked value.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def fail(self, key: str, message: str) -> ConfigError:
        return ConfigError(self._path, key, message)

    def config(self, document: Mapping[str, Any], file: Path) -> Config:
        root = file.parent
        self.check_keys("", document, {"project", "limits", "load", "runners"})
        project = self.table("project", document.get("project", {}))
        known_keys = {"name", "cases", "cases_ignore", "protos", "known_divergences"}
        self.check_keys("project", project, known_keys)
        load = self.table("load", document.get("load", {}))
        self.check_keys("load", load, {"environment", "expanders", "inputs"})
        cases = self.texts("project.cases", project.get("cases", ["conformance_cases"]))
        known = self.text(
            "project.known_divergences",
            project.get("known_divergences", "conformance_cases/known_divergences"),
        )
        protos = self.texts("project.protos", project.get("protos", []))
        for index, folder in enumerate(protos):
            if not os.path.isdir(root / folder):  # noqa: PTH112 - Path.is_dir() raises for some names
                raise self.fail(f"project.protos[{index}]", f"no such folder: {folder}")
        return Config(
            file=file,
            path=self._path,
            name=self.text("project.name", project.get("name", root.name)),
            cases=cases,
            cases_ignore=self.texts("project.cases_ignore", project.get("cases_ignore", [])),
            protos=protos,
            known_divergences=known,
            expanders=self.text_table("load.expanders", load.get("expanders", {})),
            inputs=self.inputs(load),
            runners=self.runners(document.get("runners", {})),
            limits=self.limits(document.get("limits", {})),
        )

    def inputs(self, load: Mapping[str, Any]) -> DeclaredInputs | None:
        if "inputs" not in load and "environment" not in load:
            return None
        return DeclaredInputs(
            files=self.texts("load.inputs", load.get("inputs", [])),
            environment=self.texts("load.environment", load.get("environment", [])),
        )

    def runners(self, value: Any) -> tuple[RunnerConfig, ...]:
        table = self.table("runners", value)
        if not table:
            raise self.fail("runners", "at least one runner is needed, as a table [runners.NAME]")
        if len(table) > MAX_RUNNERS:
            raise self.fail("runners", f"{len(table)} runners; the maximum is {MAX_RUNNERS}")
        runners = tuple(self.runner(name, entry) for name, entry in table.items())
        self.check_addresses(runners)
        return runners

    def check_addresses(self, runners: Sequence[RunnerConfig]) -> None:
        """Checks that no address is used twice: the two would be one runner, and always agree."""
        first: dict[str, str] = {}
        for runner in runners:
            if runner.has_fixed_address:
                other = first.setdefault(runner.address, runner.name)
                if other != runner.name:
                    key = f"runners.{runner.name}.address"
                    raise self.fail(key, f"{runner.address} is already the address of {other}")

    def runner(self, name: str, value: Any) -> RunnerConfig:
        key = f"runners.{name}"
        if not _RUNNER_NAME.fullmatch(name):
            text = "the name of a runner is a-z, then up to 39 of a-z, 0-9, _ and -"
            raise self.fail(key, text)
        if name == PARITY:
            text = "reports use this name for parity; choose another"
            raise self.fail(key, text)
        entry = self.table(key, value)
        self.check_keys(key, entry, {field.name for field in fields(RunnerConfig)} - {"name"})
        enabled = entry.get("enabled", True)
        if not isinstance(enabled, bool):
            raise self.fail(
                f"{key}.enabled", f"expected true or false, found {_format_value(enabled)}"
            )
        runner = RunnerConfig(
            name=name,
            command=self.texts(f"{key}.command", entry.get("command", [])),
            address=self.address(f"{key}.address", entry.get("address", "")),
            cwd=self.text(f"{key}.cwd", entry.get("cwd", "")),
            env=self.environment(f"{key}.env", entry.get("env", {})),
            services=self.texts(f"{key}.services", entry.get("services", [])),
            unsupported=self.texts(f"{key}.unsupported", entry.get("unsupported", [])),
            enabled=enabled,
            jobs=self.count(f"{key}.jobs", entry.get("jobs", 1), minimum=1, maximum=MAX_JOBS),
            concurrency=self.count(
                f"{key}.concurrency",
                entry.get("concurrency", 32),
                minimum=1,
                maximum=MAX_CONCURRENCY,
            ),
            memory_limit=self.size(f"{key}.memory_limit", entry.get("memory_limit")),
            family=self.family(f"{key}.family", entry.get("family", "")),
        )
        if runner.command and not runner.command[0]:
            raise self.fail(f"{key}.command", "the first word must name a program, but is empty")
        if not runner.command and not runner.address:
            raise self.fail(key, "needs `command`, a list of words, or `address`")
        if runner.memory_limit and not runner.command:
            text = "needs `command`: TestingKit cannot limit a server that it does not start"
            raise self.fail(f"{key}.memory_limit", text)
        if runner.jobs > 1 and runner.has_fixed_address:
            text = "must be 1, because `address` is fixed; use {port} in `command` for more"
            raise self.fail(f"{key}.jobs", text)
        return runner

    def family(self, key: str, value: Any) -> str:
        text = self.text(key, value)
        if text and not _RUNNER_NAME.fullmatch(text):
            form = "the name of a family is a-z, then up to 39 of a-z, 0-9, _ and -"
            raise self.fail(key, f"{form}; found {_format_value(text)}")
        return text

    def limits(self, value: Any) -> RunLimits:
        table = self.table("limits", value)
        names = {field.name for field in fields(RunLimits)}
        self.check_keys("limits", table, names)
        restarts = self.count("limits.restarts", table.get("restarts", RunLimits().restarts))
        seconds = {
            name: self.seconds(f"limits.{name}", table[name])
            for name in names - {"restarts"}
            if name in table
        }
        return RunLimits(restarts=restarts, **seconds)

    def seconds(self, key: str, value: Any) -> float:
        match = _DURATION.fullmatch(value) if isinstance(value, str) else None
        seconds = float(match[1]) * _UNIT_SECONDS[match[2]] if match else 0.0
        if not _MIN_SECONDS <= seconds <= _MAX_SECONDS:
            text = 'expected a duration such as "10s" or "500ms", at most a day'
            raise self.fail(key, f"{text}, found {_format_value(value)}")
        return seconds

    def count(self, key: str, value: Any, *, minimum: int = 0, maximum: int = 1_000_000) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= maximum:
            raise self.fail(
                key,
                f"expected a whole number, {minimum} to {maximum:,}, found {_format_value(value)}",
            )
        return value

    def size(self, key: str, value: Any) -> int:
        if value is None:
            return 0
        match = _SIZE.fullmatch(value) if isinstance(value, str) else None
        size = int(match[1]) * _UNIT_BYTES[match[2]] if match else 0
        if not _MIN_MEMORY <= size <= _MAX_MEMORY:
            raise self.fail(
                key, f'expected a size such as "512MiB" or "2GiB", found {_format_value(value)}'
            )
        return size

    def check_keys(self, key: str, table: Mapping[str, Any], known: set[str]) -> None:
        for name in table:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"; did you mean `{near[0]}`?" if near else f"; known: {sorted(known)}"
                raise self.fail(f"{key}.{name}" if key else name, f"unknown key{hint}")

    def table(self, key: str, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(key, f"expected a table, found {_format_value(value)}")
        return value

    def text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.fail(key, f"expected a string, found {_format_value(value)}")
        if "\0" in value:
            raise self.fail(key, "the string has a NUL character; remove it")
        return value

    def address(self, key: str, value: Any) -> str:
        text = self.text(key, value)
        path = text.removeprefix("unix:")
        match = _ADDRESS.fullmatch(text)
        if path != text and not 0 < len(path.encode()) <= MAX_SOCKET:
            raise self.fail(key, f"the path of a socket must have 1 to {MAX_SOCKET} bytes")
        if path == text and text and not (match and 0 < int(match[1]) < 1 << 16):
            raise self.fail(key, f"expected host:port or unix:/path, found {_format_value(text)}")
        return text

    def environment(self, key: str, value: Any) -> Mapping[str, str]:
        table = self.text_table(key, value)
        for name in table:
            if not _VARIABLE.fullmatch(name):
                raise self.fail(key, f"{_format_value(name)} is not a valid variable name")
        return table

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, f"expected a list of strings, found {_format_value(value)}")
        return tuple(self.text(key, item) for item in value)

    def text_table(self, key: str, value: Any) -> Mapping[str, str]:
        table = self.table(key, value)
        return {name: self.text(f"{key}.{name}", item) for name, item in table.items()}
