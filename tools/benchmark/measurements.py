"""Everything that is measured.

A measurement has lines, and a generator that yields the figures of one round at a time.
Figures that are compared are measured in turns, so that a slow period of the machine affects both.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmark import baselines, harness, kits, native_go, native_python, native_rust, page, streams
from benchmark.lines import Line, Samples, Unit, at_least, at_most, ratio
from benchmark.programs import BETTERPROTO, EVERY, GO, PYTHON, RUST, THREE, Program
from benchmark.project import write_generated, write_project
from benchmark.settings import Settings
from benchmark.work import ROOT, batches, call, framed, medium, request, response, small

_SPIN_NANOS = 20_000
_MICROS_PER_SECOND = 1e6
_SCALE_BASELINE = 10_000  # cases of the run that larger ones are compared with

Measure = Callable[[Settings], Iterator[Samples]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A name for `--only`, the lines that it fills, and the function that measures."""

    name: str
    lines: Sequence[Line]
    measure: Measure


def _start(settings: Settings) -> Iterator[Samples]:
    """Times the start of the command, one case, and all cases of the repository."""
    one_case = harness.output(ROOT, "list").split(maxsplit=1)[0]
    harness.run(ROOT)  # Fill the caches.
    for _ in range(settings.rounds):
        everything = harness.run(ROOT)
        yield {
            "start.help": harness.timed(ROOT, "--help"),
            "start.one_case": harness.run(ROOT, "-k", one_case).seconds,
            "start.corpus": everything.seconds,
        }


def _short(settings: Settings) -> Iterator[Samples]:
    folder = settings.folder / "short"
    write_project(folder, medium(settings.short_cases), [PYTHON])
    first = harness.run(folder)
    for _ in range(settings.rounds):
        yield {"short.cold": first.seconds, "short.warm": harness.run(folder).seconds}


def _throughput(settings: Settings) -> Iterator[Samples]:
    works = list(small(settings.throughput_cases))
    folder = settings.folder / "throughput"
    write_project(folder, works, THREE)
    executes = batches(works, streams.BATCH)
    lockstep = works[: settings.pipe_cases]
    calls = [framed(call(work).SerializeToString()) for work in lockstep]
    answers = [response(work) for work in lockstep]
    harness.run(folder)  # Fill the caches.
    for _ in range(settings.rounds):
        run = harness.run(folder)
        verdicts = ratio(run.verdicts, run.running)
        echoed = ratio(run.verdicts, streams.echo(THREE, executes, streams.ignore_batch))
        parsed = ratio(run.verdicts, streams.echo(THREE, executes, streams.read_every_call))
        executed = ratio(run.verdicts, streams.execute(THREE, executes))
        piped = len(lockstep) * len(THREE) / baselines.pipe(THREE, calls, answers)
        yield {
            "throughput.harness": verdicts,
            "throughput.echo": echoed,
            "throughput.parsed_echo": parsed,
            "throughput.execute": executed,
            "throughput.pipe": piped,
            "throughput.of_echo": verdicts / echoed,
            "throughput.of_execute": verdicts / executed,
            "throughput.of_pipe": verdicts / piped,
            "throughput.cpu": run.cpu / run.verdicts * _MICROS_PER_SECOND,
        }


def _loop(settings: Settings) -> Iterator[Samples]:
    works = list(small(settings.loop_cases, _SPIN_NANOS))
    file = settings.folder / "loop.frames"
    file.write_bytes(b"".join(framed(request(work)) for work in works))
    answer_bytes = sum(len(response(work)) for work in works)
    folders = {program.name: [program] for program in EVERY} | {"three": THREE}
    for name, programs in folders.items():
        write_project(settings.folder / f"loop-{name}", works, programs)
        harness.run(settings.folder / f"loop-{name}")  # Fill the caches.
    for _ in range(settings.rounds):
        alone = {p.name: baselines.loop(p, file, answer_bytes) for p in EVERY}
        running = {n: harness.run(settings.folder / f"loop-{n}").running for n in folders}
        of_three = [alone[program.name] for program in THREE]
        yield {
            **{f"loop.{name}": ratio(running[name], alone[name]) for name in alone},
            "loop.three": ratio(running["three"], max(of_three)),
            "loop.floor": ratio(max(sum(of_three) / settings.cores, *of_three), max(of_three)),
        }


def _dispatch(settings: Settings) -> Iterator[Samples]:
    for _ in range(settings.rounds):
        samples = {}
        for program in EVERY:
            micros = baselines.dispatch(program)
            for kind in ("dispatch", "deadline"):
                samples[f"dispatch.{program.name}.{kind}"] = micros[kind] - micros["plain"]
        yield samples


def _scale(settings: Settings) -> Iterator[Samples]:
    """Measures every size once with cold caches, and in every round with warm ones."""
    yield {"scale.text.cold": _cold_text(settings)}
    baseline = 0.0
    for size in settings.scale:
        folder = settings.folder / f"scale-{size}"
        write_generated(folder, small(size), THREE)
        cold = harness.run(folder)
        per_case = []
        for _ in range(settings.rounds):
            warm = harness.run(folder)
            per_case.append(warm.seconds / size)
            growth = {f"scale.{size}.growth": per_case[-1] / baseline} if baseline else {}
            yield {
                f"scale.{size}.cold": cold.seconds / size * _MICROS_PER_SECOND,
                f"scale.{size}.warm": per_case[-1] * _MICROS_PER_SECOND,
                f"scale.{size}.memory": max(cold.peak_mebibytes, warm.peak_mebibytes),
                **growth,
            }
        if size == _SCALE_BASELINE:
            baseline = statistics.median(per_case)
        shutil.rmtree(folder)


def _cold_text(settings: Settings) -> float:
    """Returns microseconds per case of a run that has to parse all cases."""
    folder = settings.folder / "scale-text"
    write_project(folder, small(settings.text_cases), THREE)
    seconds = harness.run(folder).seconds
    shutil.rmtree(folder)
    return seconds / settings.text_cases * _MICROS_PER_SECOND


def _scale_lines(size: int) -> Iterator[Line]:
    """Yields the lines of one size; only a million cases have targets."""
    largest = size == 1_000_000
    what = f"e  {size:,} cases, three runners"
    yield Line(f"scale.{size}.cold", f"{what}: time a case, cold caches", Unit.MICROS)
    yield Line(f"scale.{size}.warm", f"{what}: time a case, warm caches", Unit.MICROS)
    if size > _SCALE_BASELINE:
        yield Line(
            f"scale.{size}.growth",
            f"{what}: time a case, relative to {_SCALE_BASELINE:,}",
            Unit.TIMES,
            at_most(1.2) if largest else None,
        )
    yield Line(
        f"scale.{size}.memory",
        f"{what}: coordinator's peak memory",
        Unit.MEBIBYTES,
        at_most(300) if largest else None,
    )


def _dispatch_lines(program: Program, bound: float | None) -> Iterator[Line]:
    target = None if bound is None else at_most(bound)
    what = f"d  SDK dispatch a call, {program.name}"
    yield Line(f"dispatch.{program.name}.dispatch", what, Unit.MICROS, target)
    yield Line(f"dispatch.{program.name}.deadline", f"{what}, with a deadline", Unit.MICROS, target)


MEASUREMENTS = (
    Measurement(
        "start",
        [
            Line("start.help", "f  testingkit --help", Unit.SECONDS, at_most(0.1)),
            Line("start.one_case", "f  one case, three kit runners", Unit.SECONDS, at_most(0.7)),
            Line("start.corpus", "f  the kits' own cases, three kit runners", Unit.SECONDS),
        ],
        _start,
    ),
    Measurement(
        "short",
        [
            Line("short.cold", "   5,500 cases of 50-500 bytes, Python, cold", Unit.SECONDS),
            Line(
                "short.warm",
                "   5,500 cases of 50-500 bytes, Python, warm",
                Unit.SECONDS,
                at_most(0.8),
            ),
        ],
        _short,
    ),
    Measurement(
        "throughput",
        [
            Line(
                "throughput.harness",
                "   verdicts, three runners at once",
                Unit.PER_SECOND,
                at_least(100_000),
            ),
            Line("throughput.echo", "b  raw batched echo, three at once", Unit.PER_SECOND),
            Line("throughput.parsed_echo", "b  the same echo, every call parsed", Unit.PER_SECOND),
            Line("throughput.execute", "b  the runners, answers counted", Unit.PER_SECOND),
            Line("throughput.pipe", "c  lockstep pipe, three at once", Unit.PER_SECOND),
            Line(
                "throughput.of_echo", "b  verdicts relative to the echo", Unit.TIMES, at_least(0.5)
            ),
            Line(
                "throughput.of_execute",
                "b  verdicts relative to the runners",
                Unit.TIMES,
                at_least(0.5),
            ),
            Line(
                "throughput.of_pipe", "c  verdicts relative to the pipe", Unit.TIMES, at_least(15)
            ),
            Line("throughput.cpu", "   coordinator's processor time a verdict", Unit.MICROS),
        ],
        _throughput,
    ),
    Measurement(
        "loop",
        [
            *(
                Line(
                    f"loop.{program.name}",
                    f"a  20 µs handlers, {program.name} relative to its own loop",
                    Unit.TIMES,
                    at_most(1.5),
                )
                for program in EVERY
            ),
            Line(
                "loop.three",
                "a  20 µs handlers, three relative to the slowest loop",
                Unit.TIMES,
                at_most(1.5),
            ),
            Line("loop.floor", "a  lower bound for three on these processors", Unit.TIMES),
        ],
        _loop,
    ),
    Measurement(
        "dispatch",
        [
            line
            for program, bound in ((RUST, 1.5), (GO, 0.7), (PYTHON, 10.0), (BETTERPROTO, None))
            for line in _dispatch_lines(program, bound)
        ],
        _dispatch,
    ),
    Measurement(
        "scale",
        [
            Line("scale.text.cold", "e  cases in text, cold caches: time a case", Unit.MICROS),
            *(line for size in (1_000, 10_000, 100_000, 1_000_000) for line in _scale_lines(size)),
        ],
        _scale,
    ),
    Measurement(
        "page",
        [
            Line("page.write", "g  HTML of 10,000 cases, 200 diverging: write", Unit.SECONDS),
            Line("page.size", "g  the same: size", Unit.MEGABYTES, at_most(5)),
            Line("page.paint", "g  the same: first contentful paint", Unit.SECONDS, at_most(1)),
            Line("page.first_filter", "g  the same: first filter", Unit.SECONDS, at_most(0.5)),
            Line("page.filter", "g  the same: next filter", Unit.SECONDS, at_most(0.3)),
        ],
        page.measure,
    ),
    Measurement("native_python", list(native_python.lines()), native_python.measure),
    Measurement("native_go", list(native_go.lines()), native_go.measure),
    Measurement("native_rust", list(native_rust.lines()), native_rust.measure),
    Measurement("kits", [], kits.measure),
)
LINES = [line for measurement in MEASUREMENTS for line in measurement.lines]
