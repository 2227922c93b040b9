"""Orders proto files so that each comes after its imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from google.protobuf.descriptor_pb2 import FileDescriptorProto


def in_import_order(
    names: Sequence[str], find: Callable[[str], FileDescriptorProto | None]
) -> Sequence[FileDescriptorProto]:
    """Returns files and all that they import, each after its imports as far as cycles allow.

    Args:
        names: The names of the files, which keep their order otherwise.
        find: Returns the file of a name; None for one that is left out.
    """
    ordered: dict[str, FileDescriptorProto] = {}
    seen: set[str] = set()
    waiting = list(reversed(names))
    while waiting:
        name = waiting[-1]
        file = find(name)
        if name in seen or file is None:
            waiting.pop()
            if file is not None:
                ordered.setdefault(name, file)
            continue
        seen.add(name)
        waiting += [d for d in reversed(file.dependency) if d not in seen]
    return list(ordered.values())
