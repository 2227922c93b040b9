"""Whether logs are the shards of one plan, by their headers: all of them, and each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from testingkit.conformance.errors import UsageError
from testingkit.conformance.plan.calls import MAX_REPETITIONS, MAX_SHARDS, SEED
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1.run_pb2 import RunHeader

NamedHeader = tuple[str, RunHeader]  # a log as people named it, and its first event

_MAX_TEXT = 100  # characters of what one log says
_UNTOLD = "cases, known divergences or configuration differ"
_SAME_COMMIT = "run all shards at one commit, with the same options and configuration"


def _seed(header: RunHeader) -> str:
    """The seed; one that is made of the plan differs where the plans do, which says nothing."""
    return "that of the plan" if header.plan_digest.startswith(header.seed) else header.seed


# What two headers of one plan have in common, in the order in which it is told.
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
    "-k": lambda header: header.shard.expression or "none",
    "-r": lambda header: ", ".join(header.shard.runners) or "none",
    "PATHS": lambda header: ", ".join(header.shard.paths) or "none",
}


def check_shards(logs: Sequence[NamedHeader]) -> None:
    """Checks that logs are all the shards of one plan.

    Raises:
        UsageError: They are not; with the logs, and what to do.
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
    """Checks that the plan of the logs, which have one, is that of the project as it is now.

    Raises:
        UsageError: It is not; with what differs, as far as it can be told.
    """
    name, header = logs[0]
    said = _difference(header, own, _OF_PLAN)
    if header.plan_digest == own.plan_digest and not said:
        return
    said = said or _UNTOLD
    raise UsageError(
        f"{name} is of another plan than this project has now: {said}; "
        "merge at the commit, and with the configuration, that the shards ran with"
    )


def _check_one(name: str, header: RunHeader) -> None:
    if header.merged_shards:
        raise UsageError(f"{name} is merged already, and no shard")
    if not header.HasField("shard"):
        raise UsageError(f"{name} is no shard: merge takes the logs of testingkit run --shard")
    index, count = header.shard.index, header.shard.count
    if not 1 <= index <= count <= MAX_SHARDS:
        raise UsageError(f"{name} says that it is shard {_of(header)}, which there cannot be")
    if header.repetitions > MAX_REPETITIONS or not _are_seeds(header):
        raise UsageError(f"{name} has a seed, or a number of repetitions, that there cannot be")
    planned = len(range(index - 1, header.shard.cases, count))
    if header.cases != planned:
        said = f"of {header.shard.cases:,} cases it has {planned:,}, and not {header.cases:,}"
        raise UsageError(f"{name} says that it is shard {_of(header)}: {said}")


def _are_seeds(header: RunHeader) -> bool:
    """Whether seeds, one of which becomes a part of a folder's name, are nothing else."""
    shuffle = header.shuffle
    return bool(SEED.fullmatch(header.seed) and (not shuffle or SEED.fullmatch(shuffle)))


def _check_same(first: NamedHeader, other: NamedHeader) -> None:
    said = _difference(first[1], other[1], _OF_SHARDS)
    if first[1].plan_digest != other[1].plan_digest:
        said = said or _UNTOLD
    if said:
        raise UsageError(
            f"{first[0]} and {other[0]} are of different plans: {said}; {_SAME_COMMIT}"
        )


def _difference(
    left: RunHeader, right: RunHeader, facts: Mapping[str, Callable[[RunHeader], object]]
) -> str:
    """Says in what two headers differ; empty where nothing of it can be told."""
    told = []
    for what, fact in facts.items():
        sides = fact(left), fact(right)
        if sides[0] != sides[1]:
            shown = " against ".join(shorten(str(side), _MAX_TEXT) for side in sides)
            told.append(f"{what} {shown}")
    if _types(left.descriptors) != _types(right.descriptors):
        told.append("the types of the subjects")
    return "; ".join(told)


def _types(files: FileDescriptorSet) -> Sequence[bytes]:
    return sorted(file.SerializeToString(deterministic=True) for file in files.file)


def _of(header: RunHeader) -> str:
    return f"{header.shard.index}/{header.shard.count}"
