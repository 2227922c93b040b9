import threading

import pytest

from testingkit.events import Recorder
from testingkit.value import ConversionError, ErrorCode


def refusal(recorder: Recorder, kind: str, *fields: tuple[str, object]) -> ErrorCode:
    with pytest.raises(ConversionError) as caught:
        recorder.record(kind, *fields)
    return caught.value.code


def test_a_later_mutation_does_not_change_an_event() -> None:
    recorder = Recorder()
    items = ["a"]
    recorder.record("call", ("items", items), n=1)
    items.append("late")
    recorder.record("tick")
    assert recorder.trace() == '1 call(items: ["a"], n: 1)\n2 tick()\n'


def test_refused_events_are_not_recorded() -> None:
    recorder = Recorder()
    for kind in ("", "Call", "call\n", "_call", "1call", "ärger", "call\u0661"):
        assert refusal(recorder, kind) is ErrorCode.BAD_ARGUMENT
    assert refusal(recorder, "call", ("x", 1), ("x", 1)) is ErrorCode.BAD_ARGUMENT
    assert refusal(recorder, "call", ("X", 1)) is ErrorCode.BAD_ARGUMENT
    assert refusal(recorder, "call", ("x", refusal)) is ErrorCode.NOT_CONVERTIBLE
    recorder.record("call", ("x", 1))
    assert recorder.trace() == "1 call(x: 1)\n"


def test_sequence_numbers_continue_after_clear() -> None:
    recorder = Recorder()
    recorder.record("first")
    recorder.clear()
    assert recorder.trace() == ""
    recorder.record("second")
    assert recorder.trace() == "2 second()\n"


def test_threads_share_one_sequence() -> None:
    recorder = Recorder()

    def record() -> None:
        for _ in range(100):
            recorder.record("tick")

    threads = [threading.Thread(target=record) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.seq for event in recorder.events()] == list(range(1, 1601))
