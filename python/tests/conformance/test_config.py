"""``testingkit.toml`` is read with its defaults, and each error names its key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testingkit.conformance.config import DeclaredInputs, RunLimits, find_config, load_config
from testingkit.conformance.errors import ConfigError

RUNNER = '[runners.go]\ncommand = ["./runner"]\n'


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "testingkit.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_keys_that_are_left_out_have_defaults(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, RUNNER))
    assert (config.name, config.root) == (tmp_path.name, tmp_path.resolve())
    assert config.cases == ("conformance_cases",)
    assert config.protos == ()
    assert config.known_divergences == "conformance_cases/known_divergences"
    assert config.limits == RunLimits()
    assert config.state == config.root / ".testingkit"
    (runner,) = config.runners
    assert (runner.name, runner.command, runner.enabled) == ("go", ("./runner",), True)


def test_all_keys_are_read(tmp_path: Path) -> None:
    (tmp_path / "proto").mkdir()
    text = """
    [project]
    name = "semver"
    cases = ["a", "b"]
    cases_ignore = ["*.csv"]
    protos = ["proto"]
    known_divergences = "known"
    [load]
    inputs = ["tables/*.csv"]
    environment = ["RATE"]
    [load.expanders]
    "a.B" = "m:f"
    [limits]
    call_timeout = "500ms"
    start_timeout = "1.5s"
    stop_timeout = "2m"
    restarts = 0
    [runners.rust]
    address = "localhost:5000"
    cwd = "rust"
    env = { A = "b" }
    services = ["s.S"]
    unsupported = ["s.S/*"]
    enabled = false
    """
    config = load_config(write(tmp_path, text + RUNNER))
    assert (config.name, config.cases, config.protos) == ("semver", ("a", "b"), ("proto",))
    assert (config.known_divergences, config.expanders) == ("known", {"a.B": "m:f"})
    assert config.cases_ignore == ("*.csv",)
    assert config.inputs == DeclaredInputs(files=("tables/*.csv",), environment=("RATE",))
    expected = RunLimits(call_timeout=0.5, start_timeout=1.5, stop_timeout=120.0, restarts=0)
    assert config.limits == expected
    rust, go = config.runners
    assert (rust.address, rust.cwd, rust.env) == ("localhost:5000", "rust", {"A": "b"})
    assert (rust.services, rust.unsupported, rust.enabled) == (("s.S",), ("s.S/*",), False)
    assert go.name == "go"


# A file, the key that the error names, a part of the message.
MISTAKES = [
    ("", "runners", "at least one runner is needed"),
    ("[runners]", "runners", "at least one runner is needed"),
    ("runners = 1", "runners", "expected a table, found 1"),
    ("projct = {}\n" + RUNNER, "projct", "unknown key; did you mean `project`?"),
    ("zzz = 1\n" + RUNNER, "zzz", "unknown key; known: ["),
    ("project = 1\n" + RUNNER, "project", "expected a table"),
    ('project.nam = "x"\n' + RUNNER, "project.nam", "did you mean `name`?"),
    ("project.name = 1\n" + RUNNER, "project.name", "expected a string, found 1"),
    ('project.cases = "x"\n' + RUNNER, "project.cases", "expected a list of strings"),
    ("project.cases = [1]\n" + RUNNER, "project.cases", "expected a list of strings"),
    ("project.protos = 1\n" + RUNNER, "project.protos", "expected a list of strings"),
    ('project.protos = ["no"]\n' + RUNNER, "project.protos[0]", "no such folder: no"),
    ("project.known_divergences = []\n" + RUNNER, "project.known_divergences", "a string"),
    ("load = 1\n" + RUNNER, "load", "expected a table"),
    ("load.expander = {}\n" + RUNNER, "load.expander", "did you mean `expanders`?"),
    ("project.cases_ignore = 1\n" + RUNNER, "project.cases_ignore", "expected a list of strings"),
    ("load.inputs = 1\n" + RUNNER, "load.inputs", "expected a list of strings"),
    ("load.environment = [1]\n" + RUNNER, "load.environment", "expected a list of strings"),
    ("load.expanders = 1\n" + RUNNER, "load.expanders", "expected a table"),
    ('load.expanders."a.B" = 1\n' + RUNNER, "load.expanders.a.B", "expected a string"),
    ("limits = 1\n" + RUNNER, "limits", "expected a table"),
    ("limits.restart = 1\n" + RUNNER, "limits.restart", "did you mean `restarts`?"),
    ("limits.restarts = -1\n" + RUNNER, "limits.restarts", "expected a whole number"),
    ("limits.restarts = true\n" + RUNNER, "limits.restarts", "expected a whole number"),
    ("limits.restarts = 1.5\n" + RUNNER, "limits.restarts", "expected a whole number"),
    ("limits.call_timeout = 5\n" + RUNNER, "limits.call_timeout", "expected a duration"),
    ('limits.call_timeout = "5"\n' + RUNNER, "limits.call_timeout", "expected a duration"),
    ('limits.call_grace = "0s"\n' + RUNNER, "limits.call_grace", "expected a duration"),
    ('limits.call_grace = "-1s"\n' + RUNNER, "limits.call_grace", "expected a duration"),
    ('limits.start_timeout = "25h"\n' + RUNNER, "limits.start_timeout", "expected a duration"),
    ('limits.stop_timeout = "1441m"\n' + RUNNER, "limits.stop_timeout", "at most a day"),
    (f'limits.stop_timeout = "{"9" * 400}s"\n' + RUNNER, "limits.stop_timeout", "at most a day"),
    ("[runners.Go]", "runners.Go", "the name of a runner is a-z, then up to 39"),
    ('[runners."1"]', "runners.1", "the name of a runner is a-z, then up to 39"),
    ("[runners.parity]", "runners.parity", "reports use this name for parity; choose another"),
    ("[runners]\ngo = 1", "runners.go", "expected a table"),
    ("[runners.go]", "runners.go", "needs `command`, a list of words, or `address`"),
    ('[runners.go]\ncommand = "x"', "runners.go.command", "expected a list of strings"),
    (
        '[runners.go]\ncommand = [""]',
        "runners.go.command",
        "the first word must name a program, but is empty",
    ),
    ("[runners.go]\naddress = 1", "runners.go.address", "expected a string"),
    (RUNNER + "cwd = 1", "runners.go.cwd", "expected a string"),
    (RUNNER + "env = 1", "runners.go.env", "expected a table"),
    (RUNNER + "env = { A = 1 }", "runners.go.env.A", "expected a string"),
    (RUNNER + "services = 1", "runners.go.services", "expected a list of strings"),
    (RUNNER + 'unsupported = "x"', "runners.go.unsupported", "expected a list of strings"),
    (RUNNER + "enabled = 1", "runners.go.enabled", "expected true or false, found 1"),
    (RUNNER + "comand = []", "runners.go.comand", "did you mean `command`?"),
    ("[runners." + "g" * 41 + "]", "runners." + "g" * 41, "up to 39 of a-z"),
    ('project.cases = ["a\\u0000b"]\n' + RUNNER, "project.cases", "the string has a NUL character"),
    (RUNNER + 'cwd = "a\\u0000"', "runners.go.cwd", "the string has a NUL character"),
    (
        '[runners.go]\ncommand = ["a\\u0000"]',
        "runners.go.command",
        "the string has a NUL character",
    ),
    (RUNNER + 'env = { A = "\\u0000" }', "runners.go.env.A", "the string has a NUL character"),
    (RUNNER + 'env = { "A=B" = "x" }', "runners.go.env", "'A=B' is not a valid variable name"),
    (RUNNER + 'env = { "" = "x" }', "runners.go.env", "'' is not a valid variable name"),
    ('project.protos = ["' + "a" * 5000 + '"]\n' + RUNNER, "project.protos[0]", "no such folder"),
    ('limits.call_timeout = "0.0009ms"\n' + RUNNER, "limits.call_timeout", "a duration"),
    ('limits.call_timeout = "\u0663s"\n' + RUNNER, "limits.call_timeout", "a duration"),
    ("limits.restarts = 0x" + "f" * 5000 + "\n" + RUNNER, "limits.restarts", "found a huge number"),
    ("project.name" + ".a" * 500 + " = 1\n" + RUNNER, "project.name", "found {'a': {'a': "),
    (RUNNER + 'family = "Tomli"', "runners.go.family", "the name of a family is a-z, then"),
    (RUNNER + "family = 1", "runners.go.family", "expected a string, found 1"),
    (RUNNER + 'memory_limit = "999999999GiB"', "runners.go.memory_limit", "expected a size"),
    *(
        (f'[runners.go]\naddress = "{address}"', "runners.go.address", message)
        for address, message in (
            ("localhost", "expected host:port or unix:/path, found 'localhost'"),
            ("localhost:0", "expected host:port"),
            ("localhost:65536", "expected host:port"),
            (":50051", "expected host:port"),
            ("::1:50051", "expected host:port"),
            ("dns:///localhost:1", "expected host:port"),
            ("unix:", "the path of a socket must have 1 to 100 bytes"),
            ("unix:/" + "a" * 100, "the path of a socket must have 1 to 100 bytes"),
        )
    ),
    (
        '[runners.a]\naddress = "h:1"\n[runners.b]\ncommand = ["x"]\naddress = "h:1"',
        "runners.b.address",
        "h:1 is already the address of a",
    ),
    (
        "".join(f'[runners.a{number}]\ncommand = ["x"]\n' for number in range(101)),
        "runners",
        "101 runners; the maximum is 100",
    ),
    ("#" * (256 << 10) + "\n" + RUNNER, "", "larger than 256 KiB"),
    ("a" + ".a" * 5000 + " = 1\n" + RUNNER, "", "a line is longer than 10,000 characters"),
    ("[[", "", "is not TOML"),
    ("a = " + "9" * 5000, "", "is not TOML"),
    ("a = " + "[" * 5000, "", "is not TOML"),
    ("a = 1\na = 2", "", "is not TOML"),
]


@pytest.mark.parametrize(("text", "key", "message"), MISTAKES, ids=range(len(MISTAKES)))
def test_error_names_file_key_and_fix(tmp_path: Path, text: str, key: str, message: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert caught.value.key == key
    assert str(caught.value).startswith(f"{file}: {key}: " if key else f"{file}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "address", ["h:1", "127.0.0.1:65535", "[::1]:50051", "unix:/" + "a" * 99, "unix:///a"]
)
def test_valid_addresses_are_accepted_and_shared_if_the_port_is_free(
    tmp_path: Path, address: str
) -> None:
    text = f'[runners.go]\naddress = "{address}"\n'
    # A command with {port} listens on a free port, so its address may be written twice.
    text += f'[runners.rust]\ncommand = ["x", "{{port}}"]\naddress = "{address}"\n'
    assert [r.address for r in load_config(write(tmp_path, text)).runners] == [address] * 2


def test_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, "\ufeff" + RUNNER)).runners


def test_folder_name_that_is_not_utf8_is_escaped(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff")
    folder.mkdir()
    assert load_config(write(folder, RUNNER)).path == f"{tmp_path}/\\xff/testingkit.toml"


def test_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not TOML"):
        load_config(write(tmp_path, b"\xff"))


def test_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load_config(tmp_path / "testingkit.toml")
    with pytest.raises(ConfigError, match="Is a directory"):
        load_config(tmp_path)


def test_find_config_returns_the_nearest_file(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = write(tmp_path, RUNNER)
    assert find_config(inner) == outer
    nearer = write(inner.parent, RUNNER)
    assert find_config(inner) == nearer


def test_find_config_without_a_file_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="name one with --config"):
        find_config(tmp_path / "nowhere")


_KEYS = ["project", "runners", "limits", "load", "name", "cases", "protos", "restarts", "env"]
_KEYS += ["call_timeout", "expanders", "command", "address", "enabled", "go"]
_LEAVES = st.none() | st.integers(-2, 2) | st.booleans() | st.sampled_from(["", "x", "1s", "."])
_TABLES = st.recursive(
    _LEAVES | st.lists(_LEAVES, max_size=2),
    lambda inner: st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=12,
)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "2000-01-01" if value is None else repr(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(_KEYS), _TABLES, max_size=4))
def test_any_toml_document_is_a_configuration_or_a_config_error(
    tmp_path: Path, document: dict[str, object]
) -> None:
    text = "\n".join(f"{key} = {as_toml(value)}" for key, value in document.items())
    message = ""
    try:
        config = load_config(write(tmp_path, text))
    except ConfigError as error:
        message = str(error)
    else:
        assert config.runners
    assert "is not TOML" not in message
