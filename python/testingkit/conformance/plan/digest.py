"""The digest of a plan: the same on two machines exactly if their answers can be merged.

It covers all cases and the selection, the types, the runners with their configuration, order and
repetitions, the known divergences, and the version of TestingKit, which judges. It does not depend
on where the project is, or on the time.
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

DERIVED_SEED = 8  # digits of a seed that is derived from the digest


def plan_digest(
    plan: Plan,
    schema: Schema,
    known: Sequence[KnownDivergence],
    runners: Sequence[RunnerConfig],
) -> str:
    """Returns the digest of a whole plan.

    Args:
        plan: The plan, before it is split into shards.
        schema: The types.
        known: The known divergences of the project.
        runners: All runners of the project, including those that the run leaves out.
    """
    digest = hashlib.sha256()
    for data in _data(plan, schema, known, runners):
        digest.update(b"%d:%b" % (len(data), data))  # The length separates neighbours.
    return digest.hexdigest()


def _data(
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
    # The order of files depends on the order of the proto roots, which does not matter.
    for file in sorted(schema.subject_files.file, key=lambda file: file.name):
        yield file.SerializeToString(deterministic=True)
    for part in plan.parts:
        yield from _suite_data(part)
    for divergence in known:
        yield repr((divergence.runner, str(divergence.place))).encode()
        yield divergence.message.SerializeToString(deterministic=True)


def _suite_data(part: PlannedSuite) -> Iterator[bytes]:
    yield part.suite.place.path.encode(errors="surrogateescape")
    yield part.suite.message.SerializeToString(deterministic=True)
    yield part.suite.cases.digest
    yield b"" if part.chosen is None else repr([*part.positions]).encode()
