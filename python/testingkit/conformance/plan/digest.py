"""The digest of a plan: the same on two machines exactly if their answers may be put together.

It stands for the cases in full and those that are selected, the types, the runners and what the
configuration says of them, order and repetitions, known divergences, and what judges: this
TestingKit. Nothing in it says where something lies, or when it is run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from testingkit import __version__
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.plan.plan import Plan, PlannedSuite
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record import event_log

DERIVED_SEED = 8  # digits of a seed that is made of the digest


def plan_digest(
    plan: Plan,
    schema: Schema,
    known: Sequence[KnownDivergence],
    runners: Sequence[RunnerConfig],
) -> str:
    """Returns the digest of a whole plan.

    Args:
        plan: The plan, before a part is taken of it.
        schema: The types.
        known: The known divergences of the project.
        runners: All runners of the project, whether they take part or not.
    """
    digest = hashlib.sha256()
    for data in _parts(plan, schema, known, runners):
        digest.update(b"%d:%b" % (len(data), data))  # What is next to each other stays apart.
    return digest.hexdigest()


def _parts(
    plan: Plan,
    schema: Schema,
    known: Sequence[KnownDivergence],
    runners: Sequence[RunnerConfig],
) -> Iterator[bytes]:
    order = plan.order
    chosen = (plan.call_timeout, order.repetitions, order.shuffle, plan.filtered)
    yield repr((__version__, event_log.FORMAT_VERSION, [*plan.runners], chosen)).encode()
    for runner in runners:
        entry = (runner.name, runner.enabled, [*runner.unsupported], [*runner.services])
        yield repr(entry).encode()
    # Which proto root a file is of, and so its place among the others, says nothing.
    for file in sorted(schema.subject_files.file, key=lambda file: file.name):
        yield file.SerializeToString(deterministic=True)
    for part in plan.parts:
        yield from _of_suite(part)
    for divergence in known:
        yield repr((divergence.runner, str(divergence.place))).encode()
        yield divergence.message.SerializeToString(deterministic=True)


def _of_suite(part: PlannedSuite) -> Iterator[bytes]:
    yield part.suite.place.path.encode(errors="surrogateescape")
    yield part.suite.message.SerializeToString(deterministic=True)
    yield part.suite.cases.digest
    yield b"" if part.chosen is None else repr([*part.positions]).encode()
