"""Tests of `make bench`: the projects it writes, its baselines, and its table."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import bench
from benchmark import baselines, kits, native_go, record, streams, table, work
from benchmark.errors import BenchError
from benchmark.kit_subjects import SUBJECTS, VARIANTS
from benchmark.lines import Line, Samples, Unit, at_least, at_most, figures
from benchmark.measurements import LINES, MEASUREMENTS, Measurement
from benchmark.programs import BETTERPROTO, GO, KITS, PYTHON, RUST, Program
from benchmark.project import write_generated, write_project
from benchmark.red_run import write_red_run
from benchmark.settings import Settings, quick
from benchmark.work import Work
from testingkit.assertions.catalog import CATALOG
from testingkit.conformance.config import load_config
from testingkit.conformance.project import Project
from testingkit.conformance.record.run_log import open_log
from testingkit.conformance.report.html import write as write_page
from testingkit.conformance.v1.runner_pb2 import Call, ExecuteRequest

SLOW = Line("a.slow", "a slow thing", Unit.SECONDS, at_most(0.5))
FAST = Line("a.fast", "a fast thing", Unit.PER_SECOND, at_least(1_000))
FREE = Line("a.free", "a thing", Unit.TIMES)
HARNESS_TIMEOUT = 10_000


def loaded(folder: Path) -> Project:
    return Project(load_config(folder / "testingkit.toml"))


@pytest.mark.parametrize(
    ("write", "cases_a_file"), [(write_project, 1000), (write_generated, 10_000)]
)
def test_a_written_project_loads_with_the_requests_and_answers_of_its_calls(
    tmp_path: Path, write: Callable[..., None], cases_a_file: int
) -> None:
    works = [*work.small(cases_a_file + 1, spin_nanos=5), Work(50_000, "")]
    write(tmp_path / "project", works, [PYTHON, RUST, GO, BETTERPROTO])
    project = loaded(tmp_path / "project")
    schema = project.schema()
    assert schema is not None
    suites, _ = project.load(schema, ())
    cases = [case for suite in suites for case in suite.cases]
    assert [case.request for case in cases] == [work.request(each) for each in works]
    assert [case.expect.response.value for case in cases] == [work.response(w) for w in works]
    assert {case.method.name for case in cases} == {work.METHOD}


def test_the_configuration_has_every_runner(tmp_path: Path) -> None:
    write_project(tmp_path / "project", work.small(1), [PYTHON, RUST])
    python, rust = loaded(tmp_path / "project").config.runners
    assert (python.name, rust.name) == ("python", "rust")
    assert python.env == PYTHON.environment
    assert list(python.command) == list(PYTHON.runner)


def test_requests_have_the_sizes_in_the_table() -> None:
    assert {len(work.request(each)) for each in work.small(300)} <= set(range(36, 44))
    sizes = [len(work.request(each)) for each in work.medium(5_500)]
    assert (min(sizes) >= 50, max(sizes) <= 500, max(sizes) - min(sizes) > 400) == (True,) * 3


def test_batches_have_every_call_as_the_harness_sends_it() -> None:
    works = list(work.small(5))
    messages = work.batches(works, 2)
    sent = [sent for message in messages for sent in ExecuteRequest.FromString(message).calls]
    assert len(messages) == 3
    assert [(s.id, s.request, s.timeout_millis) for s in sent] == [
        (w.number, work.request(w), HARNESS_TIMEOUT) for w in works
    ]


@pytest.mark.parametrize("program", [PYTHON, BETTERPROTO], ids=lambda program: program.name)
def test_the_adapters_answer_as_the_cases_expect(program: Program, tmp_path: Path) -> None:
    works = [*work.small(20, spin_nanos=1_000), *work.medium(20)]
    file = tmp_path / "loop.frames"
    file.write_bytes(b"".join(work.framed(work.request(each)) for each in works))
    answers = [work.response(each) for each in works]
    assert baselines.loop(program, file, sum(map(len, answers))) > 0
    with pytest.raises(BenchError, match="loop"):
        baselines.loop(program, file, 1)


def test_the_lockstep_raises_for_a_wrong_answer() -> None:
    works = list(work.small(3))
    calls = [work.framed(work.call(each).SerializeToString()) for each in works]
    answers = [work.response(each) for each in works]
    assert baselines.pipe([PYTHON], calls, answers) > 0
    with pytest.raises(BenchError, match="call 3 over a pipe: wrong answer"):
        baselines.pipe([PYTHON], calls, [*answers[:2], b"wrong"])


def test_the_echo_sends_every_batch_through_every_process() -> None:
    seen: list[int] = []
    few, many = list(work.small(3)), list(work.small(500))
    batches = [*work.batches(few, 1), *work.batches(many, 500)]

    def read_batch(message: bytes) -> None:
        seen.append(streams.read_every_call(message))

    assert streams.echo([PYTHON], batches, read_batch) > 0
    sizes = [len(work.request(each)) for each in many]
    # The first batch is sent before the measured ones, to wait for the process.
    first = 1 + sizes[0]
    assert seen == [first, first, 2 + sizes[1], 3 + sizes[2], 500 * 501 // 2 + sum(sizes)]


def test_a_runner_answers_batches_without_the_harness() -> None:
    works = list(work.small(600))
    assert streams.execute([PYTHON, BETTERPROTO], work.batches(works, streams.BATCH)) > 0
    unknown = ExecuteRequest(calls=[Call(id=1, method="no.Such/Method")])
    with pytest.raises(BenchError, match="did not answer with a response"):
        streams.execute([PYTHON], [unknown.SerializeToString()])


def test_go_benchmarks_are_read_with_and_without_the_number_of_processors() -> None:
    lines = [
        "goos: linux",
        "BenchmarkCall/plain-2 \t 9 \t 116 ns/op",
        "BenchmarkCall/dispatch 9 0.5 ns/op",
    ]
    output = "\n".join(lines)
    assert baselines._read_go_benchmark(output) == {"plain": "116", "dispatch": "0.5"}


def test_the_time_of_an_assertion_in_go_is_the_shortest_one() -> None:
    output = "BenchmarkA/cmp-2 9 12.5 ns/op\nBenchmarkB/cmp 1 3 ns/op\nBenchmarkA/cmp-2 9 11 ns/op"
    assert native_go.read_nanos(output) == {"A.cmp": 11.0, "B.cmp": 3.0}


def test_a_figure_is_the_median_of_the_rounds_that_measured_it() -> None:
    assert figures([{"a": 3.0}, {"a": 1.0, "b": 7.0}, {"a": 2.0}]) == {"a": 2.0, "b": 7.0}


def test_table_shows_whether_a_target_is_reached_and_nothing_without_a_target() -> None:
    rows = table.table([SLOW, FAST, FREE], {"a.slow": 0.5, "a.fast": 500.0, "a.free": 2.0})
    assert [row.split()[-1] for row in rows.splitlines()] == ["reached", "yes", "no", "x"]
    assert "≥ 1,000 /s" in rows
    assert "0.50" in rows.splitlines()[2]


def test_change_has_only_the_lines_of_both_records() -> None:
    text = table.change([SLOW, FAST, FREE], {"a.slow": 2.0, "a.free": 1.0}, {"a.slow": 1.0})
    assert [row.split() for row in text.splitlines()[1:]] == [
        ["a", "slow", "thing", "2.00", "s", "1.00", "s", "-50", "%"]
    ]


def test_a_record_that_is_written_and_read_is_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "bench.json"
    written = record.write(path, [{"a": 1.0}, {"a": 3.0}, {"a": 2.0}], is_quick=True)
    assert record.read(path) == written
    assert written.figures == {"a": 2.0}
    assert written.machine["python"]
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["samples"], document["quick"]) == ({"a": [1.0, 3.0, 2.0]}, True)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"format": 99}'])
def test_a_file_that_is_not_a_record_exits_with_2_and_its_name(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert bench.main(["--compare", str(path), str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_two_records_are_compared_without_measuring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [str(tmp_path / name) for name in ("old.json", "new.json")]
    for path, figure in zip(paths, (0.2, 0.1), strict=True):
        record.write(Path(path), [{"start.help": figure}], is_quick=False)
    assert bench.main(["--compare", *paths]) == 0
    printed = capsys.readouterr().out
    assert "testingkit --help" in printed
    assert "-50 %" in printed


def test_an_unknown_measurement_exits_with_2_and_a_suggestion(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench.main(["--only", "start,troughput"]) == 2
    assert "did you mean `throughput`?" in capsys.readouterr().err


def broken(_: Settings) -> Iterator[Samples]:
    yield {"broken.a": 1.0}
    raise BenchError("a runner crashed")


def interrupted(_: Settings) -> Iterator[Samples]:
    yield {"interrupted.a": 2.0}
    raise KeyboardInterrupt


def test_a_failure_or_interrupt_keeps_the_rounds_before_it(tmp_path: Path) -> None:
    chosen = [Measurement(run.__name__, [], run) for run in (broken, interrupted, broken)]
    rounds, problems = bench.measure(chosen, quick(tmp_path))
    assert rounds == [{"broken.a": 1.0}, {"interrupted.a": 2.0}]
    assert problems == [
        "broken was not measured: a runner crashed",
        "interrupted during interrupted",
    ]


def test_keys_are_unique_and_begin_with_the_name_of_their_measurement() -> None:
    assert len({line.key for line in LINES}) == len(LINES)
    for measurement in MEASUREMENTS:
        assert {line.key.partition(".")[0] for line in measurement.lines} <= {measurement.name}


def test_the_sizes_of_every_setting_have_lines(tmp_path: Path) -> None:
    keys = {line.key for line in LINES}
    for settings in (quick(tmp_path), Settings(tmp_path, 5)):
        assert {f"scale.{size}.warm" for size in settings.scale} <= keys


def test_the_page_of_ten_thousand_cases_is_below_5_mb_and_has_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "events.binpb"
    write_red_run(path, cases=10_000, diverging=200, findings=12)
    log, out = open_log(path), io.BytesIO()
    write_page(log, out)
    text = out.getvalue().decode()
    assert len(out.getvalue()) < 5_000_000
    assert text.count("<tr id=c") == log.footer.parity.cases == 10_000
    assert text.count('<details class="problem') == len(log.findings) == 12
    # Every case that diverges has a detail: in its problem, or below its row.
    assert text.count("<tr class=more>") == log.footer.parity.diverge - 12 == 188
    assert "not on this page" not in text


def test_the_growth_of_every_check_is_measured() -> None:
    measured = {subject.name.partition(",")[0] for subject in SUBJECTS}
    assert set(CATALOG) <= measured


@pytest.mark.parametrize("kit", KITS)
def test_every_kit_answers_every_subject(kit: str) -> None:
    with kits._asking(kit) as ask:
        for subject in SUBJECTS:
            assert len(kits._times(subject, kit, ask, 64)) == 2 * len(subject.variants)


def test_the_growth_is_that_of_twice_the_size() -> None:
    subject = SUBJECTS[0]
    figures = {
        kits._key(subject, "go", "first", "single"): 1e6,
        kits._key(subject, "go", "first", "double"): 2.5e6,
    }
    head, row = kits.table(figures).splitlines()
    assert head.split()[-5:] == list(VARIANTS)
    assert row.split()[-4:] == ["2.50", "ms", "2.5", "x"]
    assert kits.table({}) == ""
