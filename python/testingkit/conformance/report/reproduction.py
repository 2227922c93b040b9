"""Returns one case of a recorded run as files: request, answers, and a script that runs it again.

A log may come from anywhere, so names in it are quoted before they are in a path or a command.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import DecodeError

from testingkit.conformance.config import FILE_NAME
from testingkit.conformance.judging.answers import describe, notes
from testingkit.conformance.judging.expectation import describe_expectation
from testingkit.conformance.judging.verdicts import observations_with_counts
from testingkit.conformance.protobuf import text_format
from testingkit.conformance.protobuf.encoding import Encoding, encoding_of
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.rows import Entry, entries_of
from testingkit.conformance.report.request_bytes import as_field, escaped
from testingkit.conformance.text.escape import safe
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunHeader

SCRIPT = "repro.sh"
_HEAD = "#!/bin/sh\n# Written by testingkit repro.\n"  # A folder with this script may be replaced.
_FILE_NAMES = frozenset(
    {"request.textproto", "golden.textproto", "observed", "diff.txt", SCRIPT, "README.md"}
)
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")
_MAX_NAME = 40
_MAX_BYTES = 1000
_MAX_FOLDER = 200  # bytes; file systems allow 255, and temporary files have longer names


def folder_name(name: str) -> str:
    """Returns the name of the folder for a case or a finding; every case has one of its own."""
    # No name has two dots in a row, so a dot that stands alone was a slash.
    whole = name.replace(".", "..").replace("/", ".")
    data = whole.encode()
    if len(data) <= _MAX_FOLDER:
        return whole
    return f"{data[:_MAX_FOLDER].decode(errors='ignore')}...{sha256(data).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Reproduction:
    """One case of a recorded run.

    Attributes:
        header: The header of the run.
        case: The case.
        finished: The results of the runners.
        root: Path of the project's folder, relative to the folder of the reproduction.
        config: Name of the configuration file in the project's folder.
    """

    header: RunHeader
    case: PlannedCase
    finished: FinishedCase
    root: Path
    config: str

    def files(self) -> Mapping[Path, str]:
        """Returns the files by their paths within the folder."""
        schema = Schema(self.header.descriptors.file)
        method = schema.method(self.case.method)
        input_type, output_type = (
            (None, None) if method is None else (method.input_type, method.output_type)
        )
        expect = self.case.expect
        golden = (
            source_text(output_type, expect.response.value, schema)
            if expect.HasField("response")
            else f"# {describe_expectation(expect)}\n"
        )
        entries = list(
            entries_of(self.case, self.finished, self.header.runners, self.header.families)
        )
        observed = {
            Path("observed")
            / f"{_file_name(self.header.runners, result.runner)}.textproto": "\n".join(
                (f"# {times}:\n" if times else "") + _observed(output_type, observation, schema)
                for times, observation in observations_with_counts(self.finished, result)
            )
            for result in self.finished.results
        }
        return {
            Path("request.textproto"): request_source(input_type, self.case.request, schema),
            Path("golden.textproto"): golden,
            **observed,
            Path("diff.txt"): "".join(map(_difference, entries)),
            Path(SCRIPT): self._script(),
            Path("README.md"): self._readme(),
        }

    def _script(self) -> str:
        header = self.header
        words = ["-c", self.config, "-k", self.case.case_id, "-r", ",".join(header.runners)]
        words += ["--seed", header.seed, *self._paths()]
        if header.repetitions > 1:
            words += ["--repeat", str(header.repetitions)]
            words += ["--shuffle", header.shuffle] if header.shuffle else []
        return f"""\
{_HEAD}\
# Runs {safe(self.case.case_id)} again.
# It exits with 1 while the problem is there, with 0 once it is gone, and with 125 if the run cannot
# tell, so that git bisect run skips the commit.
cd -P "$(dirname "$0")" || exit 125
cd {shlex.quote(str(self.root))} || exit 125
export TZ=UTC LC_ALL=C.UTF-8
"${{TESTINGKIT:-testingkit}}" run {shlex.join(words)}
code=$?
[ "$code" -ge 2 ] && [ "$code" -le 127 ] && exit 125
exit "$code"
"""

    def _paths(self) -> Sequence[str]:
        """Returns the paths of the run, from the project's folder; none is taken for an option."""
        paths = self.header.selection.paths
        return [f"./{path}" if path.startswith("-") else path for path in paths]

    def _readme(self) -> str:
        case = self.case
        options = [] if self.config == FILE_NAME else ["-c", self.config]
        commands = (
            ["testingkit", "run", "-k", case.case_id, "-r", name, *options, *self._paths()]
            for name in self.header.runners
        )
        alone = "\n".join(f"    {safe(shlex.join(command))}" for command in commands)
        return f"""\
# {safe(case.case_id)}

{safe(case.path)}:{case.line} calls `{safe(case.method)}`.

`./{SCRIPT}` runs the case against all runners of the run, with its seed. It exits with 1 while the
problem is there, with 0 once it is gone, and with 125 if the run cannot tell, so that
`git bisect run` can use it.

One runner alone, from the project's folder:

{alone}

The request is in `request.textproto`, the expected answer in `golden.textproto`, the answer of each
runner in `observed`, and the differences in `diff.txt`.
"""


def can_overwrite(folder: Path) -> bool:
    """Returns whether a folder does not exist, is empty, or has only a reproduction in it."""
    if not folder.exists():
        return True
    names = {path.name for path in folder.iterdir()}
    if not names:
        return True
    script = folder / SCRIPT
    if not names <= _FILE_NAMES or not script.is_file():
        return False
    with script.open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD.encode()


def _file_name(runners: Sequence[str], index: int) -> str:
    """Returns the file name of a runner: its name, or its number and what is left of the name."""
    name = runners[index]
    plain = _NOT_IN_NAMES.sub("_", name)
    return name if plain == name else f"{index}-{plain[:_MAX_NAME]}"


def request_source(descriptor: Descriptor | None, data: bytes, schema: Schema) -> str:
    """Returns a request as text format, with a comment if the fields do not show its bytes.

    The comment is a field that can be copied into a case, if it is not cut.
    """
    encoding = encoding_of(descriptor, data)
    if encoding is Encoding.USUAL:
        return source_text(descriptor, data, schema)
    sent = f"# {as_field(data, _MAX_BYTES)}\n"
    if encoding is Encoding.INVALID:
        return f"# {len(data)} bytes that are not a valid message:\n{sent}"
    return f"{source_text(descriptor, data, schema)}# The case sends other bytes of them:\n{sent}"


def source_text(descriptor: Descriptor | None, data: bytes, schema: Schema) -> str:
    """Returns a message as text format, or as a comment if it has no type or does not parse."""
    if descriptor is not None:
        message = schema.new(descriptor)
        try:
            message.ParseFromString(data)
            return text_format.print_source(message, schema.pool, as_one_line=False)
        except DecodeError:
            pass
    return f"# {len(data)} bytes that are not a valid message: {escaped(data, _MAX_BYTES)}\n"


def _observed(descriptor: Descriptor | None, observation: Observation, schema: Schema) -> str:
    if observation.HasField("response"):
        return source_text(descriptor, observation.response, schema)
    lines = [describe(observation), *(x for note in notes(observation) for x in note.splitlines())]
    return "".join(f"# {safe(line)}\n" for line in lines)


def _difference(entry: Entry) -> str:
    message = f": {entry.message}" if entry.message else ""
    lines = [f"{entry.runner}: {entry.type}{message}"]
    lines += [f"  {line}" for line in entry.detail.splitlines()]
    return "".join(f"{safe(line)}\n" for line in lines)
