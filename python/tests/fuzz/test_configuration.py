"""Every ``testingkit.toml`` is a configuration, or one error that names its key."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given

from testingkit.conformance.config import Config, RunnerConfig, load_config
from testingkit.conformance.errors import ConfigError
from tests.e2e.project import REPOSITORY
from tests.fuzz.mutations import TEXTS, spoil_bytes, spoil_text
from tests.hypothesis_profile import RANDOM, bounded_time, fuzz_settings

WHOLE = """
[project]
name = "semver"
cases = ["a", "b"]
protos = []
known_divergences = "known"
cases_ignore = ["*.csv"]
[load]
inputs = ["*.csv"]
environment = ["A"]
[load.expanders]
"a.B" = "m:f"
[limits]
call_timeout = "500ms"
call_grace = "1s"
start_timeout = "1.5s"
stop_timeout = "2m"
run_timeout = "5m"
restarts = 0
[runners.rust]
address = "localhost:5000"
cwd = "rust"
services = ["s.S"]
unsupported = ["s.S/*"]
enabled = false
[runners.go]
command = ["./runner", "{port}"]
family = "gophers"
env = { A = "b" }
jobs = 3
concurrency = 8
memory_limit = "1GiB"
"""
# Values of every TOML type, for every key; most are wrong for most keys.
VALUES = (
    "true",
    "0",
    "-1",
    "1e400",
    "nan",
    "0x" + "f" * 5000,
    '""',
    '"x"',
    '"1s"',
    '"1GiB"',
    '"a:1"',
    '"unix:"',
    '"unix:/' + "a" * 200 + '"',
    '"a:99999"',
    '"\\u0000"',
    '"\\u001b[31m"',
    '"' + "x" * 5000 + '"',
    "2000-01-01",
    "07:32:00",
    "[]",
    "[[], {}]",
    '["\\u0000"]',
    "[" * 60 + "]" * 60,
    "{}",
    '{ "" = "x" }',
    '{ "A=B" = "x" }',
    "{ a = { b = { c = {} } } }",
    ".a" * 900 + " = 1",
)
_FILES = (REPOSITORY / "testingkit.toml", REPOSITORY / "examples" / "semver" / "testingkit.toml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("configuration")


def check(folder: Path, data: bytes) -> ConfigError | None:
    """Returns the error of a configuration, or None if it is valid."""
    file = folder / "testingkit.toml"
    file.write_bytes(data)
    with bounded_time():
        error, config = _read(file)
    if error is not None:
        assert str(error).startswith(f"{file}: {error.key}")
        assert len(str(error)) < 12_000
        return error
    assert config is not None
    assert config.runners
    for runner in config.runners:
        words = [*runner.command, runner.address, runner.cwd, *runner.services]
        assert not any("\0" in word for word in (*words, *runner.env, *runner.env.values()))
    return None


def _read(file: Path) -> tuple[ConfigError | None, Config | None]:
    try:
        return None, load_config(file)
    except ConfigError as error:
        return error, None


def _settings() -> list[tuple[str, str]]:
    return [
        (table, line.partition(" = ")[0])
        for part in WHOLE.split("\n[")[1:]
        for table, _, lines in [part.partition("]\n")]
        for line in lines.splitlines()
    ]


def test_the_sample_has_every_key_of_a_runner() -> None:
    keys = {key for table, key in _settings() if table.startswith("runners.")}
    assert keys == set(RunnerConfig.__dataclass_fields__) - {"name"}


@pytest.mark.parametrize("setting", _settings(), ids=".".join)
def test_every_value_of_every_key_loads_or_is_one_error(
    folder: Path, setting: tuple[str, str]
) -> None:
    assert check(folder, WHOLE.encode()) is None
    table, key = setting
    for value in VALUES:
        text = key + value if value.startswith(".") else f"{key} = {value}"
        lines = [
            text if here == table and line.partition(" = ")[0] == key else line
            for part in ("", *WHOLE.split("\n[")[1:])
            for here, line in _lines_of(part)
        ]
        error = check(folder, "\n".join(lines).encode())
        assert error is None or error.key, error


def _lines_of(part: str) -> list[tuple[str, str]]:
    table, _, lines = part.partition("]\n")
    return [(table, f"[{table}]"), *((table, line) for line in lines.splitlines())] if part else []


@fuzz_settings(300)
@given(RANDOM)
def test_spoilt_configurations_load_or_are_one_error(folder: Path, random: Random) -> None:
    text = random.choice([WHOLE, *(file.read_text() for file in _FILES)])
    if random.random() < 0.5:
        check(folder, spoil_text(text, random).encode(errors="surrogatepass"))
    else:
        check(folder, spoil_bytes(text.encode(), WHOLE.encode(), random))


@fuzz_settings(150)
@given(RANDOM)
def test_difficult_texts_load_or_are_one_error(folder: Path, random: Random) -> None:
    text: Any = WHOLE
    for old in random.sample(['"a"', '"known"', '"rust"', '"s.S/*"', '"./runner"', '"b"', "go"], 3):
        text = text.replace(old, '"' + _escaped(random.choice(TEXTS)) + '"', 1)
    check(folder, text.encode())


def _escaped(text: str) -> str:
    return "".join(f"\\U{ord(character):08x}" for character in text)
