"""Checks by their headers that logs are all the shards of one plan, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from testingkit.conformance.errors import UsageError
from testingkit.conformance.plan.calls import MAX_REPETITIONS, MAX_SHARDS, SEED
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1.run_pb2 import RunHeader

NamedHeader = tuple[str, RunHeader]  # the name of a log on the command line, and its header

_MAX_TEXT = 100  # characters of a value from a log
_OTHER_DIFFERENCE = "cases, known divergences or configuration differ"
_SAME_COMMIT = "run all shards at one commit, with the same options and configuration"


def _seed(header: RunHeader) -> str:
    """Returns the seed; a derived one only differs because the plans do, so it is not shown."""
    return "that of the plan" if header.plan_digest.startswith(header.seed) else header.seed


# What equals in all headers of one plan, in the order in which differences are reported.
_OF_PLAN: Mapping[str, Callable[[RunHeader], object]] = {
    "TestingKit": lambda header: header.testingkit_version,
    "runners": lambda header: ", ".join(header.runners),
    "repetitions": lambda header: header.repetitions,
    "shuffle": lambda header: header.shuffle or "none",
    "cases": lambda header: header.shard.cases,
}
_OF_SHARDS: Mapping[str, Callable[[RunHeader], object]] = {
    **_OF_PLAN,
    "seed": _seed,
    "-k": lambda header: header.selection.expression or "none",
    "-r": lambda header: ", ".join(header.selection.runners) or "none",
    "PATHS": lambda header: ", ".join(header.selection.paths) or "none",
}


def check_shards(logs: Sequence[NamedHeader]) -> None:
    """Checks that logs are all the shards of one plan.

    Raises:
        UsageError: They are not; names the logs and the fix.
    """
    for name, header in logs:
        _check_one(name, header)
    first = logs[0]
    for other in logs[1:]:
        if first[1].shard.count != other[1].shard.count:
            both = (f"{name} is shard {_of(header)}" for name, header in (first, other))
            shards = " and ".join(both)
            raise UsageError(f"{shards}: merge the shards of one run")
    by_index: dict[int, NamedHeader] = {}
    for log in logs:
        before = by_index.setdefault(log[1].shard.index, log)
        if before is not log:
            text = f"{before[0]} and {log[0]} are both shard {_of(log[1])}"
            raise UsageError(f"{text}: leave one of them out")
    for other in logs[1:]:
        _check_same(first, other)
    count = first[1].shard.count
    missing = [f"{index}/{count}" for index in range(1, count + 1) if index not in by_index]
    if missing:
        text = f"{format_list(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        raise UsageError(f"shard {text}: merge takes the logs of all {count}")


def check_plan(logs: Sequence[NamedHeader], own: RunHeader) -> None:
    """Checks that the common plan of the logs is the plan of the project as it is now.

    Raises:
        UsageError: It is not; names what differs, if the headers show it.
    """
    name, header = logs[0]
    difference = _difference(header, own, _OF_PLAN)
    if header.plan_digest == own.plan_digest and not difference:
        return
    raise UsageError(
        f"{name} has another plan than this project: {difference or _OTHER_DIFFERENCE}; "
        "merge at the commit and with the configuration of the shards"
    )


def _check_one(name: str, header: RunHeader) -> None:
    if header.merged_shards:
        raise UsageError(f"{name} is a merged run, not a shard")
    if not header.HasField("shard"):
        raise UsageError(f"{name} is not a shard; merge takes logs of testingkit run --shard")
    index, count = header.shard.index, header.shard.count
    if not 1 <= index <= count <= MAX_SHARDS:
        raise UsageError(f"{name}: shard {_of(header)} is not valid")
    if header.repetitions > MAX_REPETITIONS or not _are_seeds(header):
        raise UsageError(f"{name}: the seed or the number of repetitions is not valid")
    planned = len(range(index - 1, header.shard.cases, count))
    if header.cases != planned:
        shard = f"shard {_of(header)} of {header.shard.cases:,} cases"
        raise UsageError(f"{name}: {shard} has {planned:,} cases, and not {header.cases:,}")


def _are_seeds(header: RunHeader) -> bool:
    """Returns whether the seeds are valid; the name of a folder will contain one."""
    shuffle = header.shuffle
    return bool(SEED.fullmatch(header.seed) and (not shuffle or SEED.fullmatch(shuffle)))


def _check_same(first: NamedHeader, other: NamedHeader) -> None:
    difference = _difference(first[1], other[1], _OF_SHARDS)
    if first[1].plan_digest != other[1].plan_digest:
        difference = difference or _OTHER_DIFFERENCE
    if difference:
        names = f"{first[0]} and {other[0]}"
        raise UsageError(f"{names} have different plans: {difference}; {_SAME_COMMIT}")


def _difference(
    left: RunHeader, right: RunHeader, facts: Mapping[str, Callable[[RunHeader], object]]
) -> str:
    """Returns in what two headers differ; empty if nothing in them shows it."""
    differences = []
    for what, fact in facts.items():
        sides = fact(left), fact(right)
        if sides[0] != sides[1]:
            shown = " vs ".join(shorten(str(side), _MAX_TEXT) for side in sides)
            differences.append(f"{what} {shown}")
    if _types(left.descriptors) != _types(right.descriptors):
        differences.append("the types of the subjects")
    return "; ".join(differences)


def _types(files: FileDescriptorSet) -> Sequence[bytes]:
    return sorted(file.SerializeToString(deterministic=True) for file in files.file)


def _of(header: RunHeader) -> str:
    return f"{header.shard.index}/{header.shard.count}"
