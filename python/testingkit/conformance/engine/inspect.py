"""What commands other than ``run`` need: a project's types, its runners, a file's other forms."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path

from google.protobuf import json_format, message_factory

from testingkit.conformance.cases.model import Suite
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.errors import UsageError
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.protobuf.text_format import print_message
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.run_pb2 import RunnerReady

_HEADER = """\
# proto-file: testingkit/conformance/v1/case.proto
# proto-message: testingkit.conformance.v1.Suite
"""


async def schema_for(project: Project, names: Sequence[str] = ()) -> Schema:
    """Returns the project's schema: from its protos, or else from a runner's reflection.

    Only the runners of the names are started for it; without any, all of them.

    Raises:
        ProtoError: The protos do not compile.
        RunnersError: There are no protos, and no runner that says what the types are.
    """
    schema = project.schema()
    if schema is not None:
        return schema
    from testingkit.conformance.engine.runner_pool import RunnerPool

    with tempfile.TemporaryDirectory(prefix="testingkit-") as folder:
        configs = project.require_runners(names)
        async with RunnerPool(project, configs, Path(folder), secrets.token_hex(4)) as runners:
            await runners.start()
            return await runners.reflected_schema()


async def start_runners(project: Project, configs: Sequence[RunnerConfig]) -> Sequence[RunnerReady]:
    """Starts runners, asks what they are, and ends them."""
    from testingkit.conformance.engine.runner_pool import RunnerPool

    with tempfile.TemporaryDirectory(prefix="testingkit-") as folder:
        async with RunnerPool(project, configs, Path(folder), secrets.token_hex(4)) as runners:
            await runners.start()
            return [runners.ready(index) for index in range(len(configs))]


def canonical_suite(project: Project, schema: Schema, file: Path, form: str) -> bytes:
    """Returns a case file as canonical ``text``, ``binary``, ``json`` or ``delimited``.

    Raises:
        CasesError: The file has problems.
        UsageError: There is no such file, or it has goldens, which a delimited one cannot have.
    """
    suites, _ = project.load(schema, [file])
    if form == "delimited":
        return _delimited(suites[0])
    suite = case_pb2.Suite()
    suite.CopyFrom(suites[0].message)
    suite.cases.extend(case.message for case in suites[0].cases)
    if form == "binary":
        return suite.SerializeToString(deterministic=True)
    # The schema's own class of Suite: printing an Any takes the pool that knows what it holds.
    known = schema.pool.FindMessageTypeByName(suite.DESCRIPTOR.full_name)
    message = message_factory.GetMessageClass(known).FromString(suite.SerializeToString())
    if form == "json":
        text = json_format.MessageToJson(
            message, preserving_proto_field_name=True, descriptor_pool=schema.pool
        )
        return f"{text}\n".encode()
    return (_HEADER + print_message(message, schema.pool)).encode()


def _delimited(suite: Suite) -> bytes:
    for case in suite.cases:
        if case.golden is not None:
            text = "expects a golden file, which only a case in text format can do"
            raise UsageError(f"{case.place}: {case.id} {text}")
    messages = [suite.message, *(case.message for case in suite.cases)]
    return b"".join(delimited(m.SerializeToString(deterministic=True)) for m in messages)
