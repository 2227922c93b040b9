"""Checks the methods that a runner serves, and the protos that it was built from."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from google.protobuf import descriptor_pb2

from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.records import record_of
from testingkit.conformance.doctor.check_results import Note, failed, ok, skipped
from testingkit.conformance.doctor.methods import Methods, compare_methods
from testingkit.conformance.doctor.probe import Probe
from testingkit.conformance.doctor.schema_diff import find_differences, outline
from testingkit.conformance.engine.runner_pool import declared_methods, schema_of
from testingkit.conformance.errors import ProtoError
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.runners.transport import NOT_SUBJECTS
from testingkit.conformance.runners.transport.session import RunnerSession
from testingkit.conformance.runners.transport.shutdown_probe import reflected_services
from testingkit.conformance.text.numbers import count

Files = Sequence[descriptor_pb2.FileDescriptorProto]


async def check_methods(probe: Probe) -> Sequence[Note]:
    """Compares the methods that it declares with reflection, protos, cases and configuration."""
    session = await probe.running_session()
    await session.reflect()
    listed = await reflected_services(session, probe.limits.start_timeout)
    methods = _gather(probe, session, listed)
    refused = await _refused(probe, methods)
    methods = dataclasses.replace(
        methods, declared=[method for method in methods.declared if method not in refused]
    )
    probe.methods = methods.declared
    return compare_methods(methods) or [ok(_describe(methods, probe))]


async def _refused(probe: Probe, methods: Methods) -> Collection[str]:
    """Returns the declared methods that a runner refuses, which one case of each finds out.

    Only those are called whose declaration is not enough: listed as unsupported, or not declared
    by a plain server itself.
    """
    is_assumed = probe.is_plain and not probe.description.methods
    firsts: dict[str, Case] = {}
    for case in probe.loaded.cases:
        if case.method.name in methods.declared and (
            is_assumed or methods.is_excused(case.method.name)
        ):
            firsts.setdefault(case.method.name, case)
    calls = [
        Call.of(number, number, "doctor", record_of(case), probe.limits.call_timeout)
        for number, case in enumerate(firsts.values(), start=1)
    ]
    seen = await probe.ask(calls)
    return {call.method for call in calls if seen[call.id].HasField("unsupported")}


def _gather(probe: Probe, session: RunnerSession, listed: Sequence[str] | None) -> Methods:
    schema, files, config = probe.loaded.schema, session.reflected or (), probe.config
    declared: Sequence[str] = probe.description.methods
    if probe.is_plain and not declared and schema is not None:
        # Neither reflection nor Describe lists its methods, so it has to serve all of them.
        declared = sorted(declared_methods(session, schema))
    return Methods(
        runner=config.name,
        declared=declared,
        specified=frozenset(_unary(schema.subject_files.file)) if schema else frozenset(),
        called=frozenset(case.method.name for case in probe.loaded.cases),
        reflected=frozenset(_unary(files)),
        described=frozenset(_services(files)),
        listed=None if listed is None else frozenset(listed),
        unsupported=config.unsupported,
        services=config.services,
    )


def _services(files: Files) -> dict[str, descriptor_pb2.ServiceDescriptorProto]:
    named = {
        f"{file.package}.{service.name}" if file.package else service.name: service
        for file in files
        for service in file.service
    }
    return {name: s for name, s in named.items() if not name.startswith(NOT_SUBJECTS)}


def _unary(files: Files) -> Sequence[str]:
    return [
        f"{name}/{method.name}"
        for name, service in _services(files).items()
        for method in service.method
        if not method.client_streaming and not method.server_streaming
    ]


def _describe(methods: Methods, probe: Probe) -> str:
    text = count(len(methods.declared), "method")
    if methods.listed is None:
        text += ", without reflection to confirm them"
    elif not probe.is_plain:
        reflected = "the same" if methods.described >= methods.listed else "the same services"
        text += f", and its reflection has {reflected}"
    excused = sum(map(methods.is_excused, methods.specified))
    return f"{text}; {excused:,} unsupported as configured" if excused else text


async def check_protos(probe: Probe) -> Sequence[Note]:
    """Compares the types that it was built with, as reflected, with those of the project."""
    schema = probe.loaded.schema
    if schema is None:
        return [skipped("the project has no protos to compare with")]
    session = await probe.running_session()
    if session.reflected is None:
        await session.reflect()
    if not session.reflected:
        return [skipped("its reflection has no types to compare")]
    try:
        return [compare_protos(schema, schema_of(session))]
    except ProtoError as error:
        advice = "make its server reflection send every type once, as it is in the protos"
        return [failed(str(error), advice)]


def compare_protos(ours: Schema, theirs: Schema) -> Note:
    """Compares the types of the methods that both schemas have."""
    pairs = [
        (method, other)
        for name in _unary(ours.subject_files.file)
        if (method := ours.method(name)) and (other := theirs.method(name))
    ]
    if not pairs:
        return skipped("it has no method of the project's protos")
    lines = outline(method for method, _ in pairs)
    differences = find_differences(lines, outline(other for _, other in pairs))
    if not differences:
        return ok(f"{len(lines)} methods, fields and values are those of the project's protos")
    more = f" (and {len(differences) - 1} more)" if len(differences) > 1 else ""
    return failed(
        f"was built from another version of the protos: {differences[0]}{more}",
        "generate its code from the project's protos again, and build it",
    )
