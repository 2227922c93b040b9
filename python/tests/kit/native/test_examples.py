"""The examples of the generated functions run."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace

import pytest

from testingkit import match, outcome, require, value
from testingkit.assertions import CATALOG
from testingkit.native import capture, subject
from testingkit.value import Kind

NAMES = {name: getattr(value, name) for name in value.__all__} | {
    "SimpleNamespace": SimpleNamespace,
    "UTC": UTC,
    "datetime": datetime,
    "match": match,
    "outcome": outcome,
    "require": require,
    "timedelta": timedelta,
}


@pytest.mark.parametrize("module", [subject, match], ids=lambda module: str(module.__name__))
def test_every_assertion_has_an_example_that_runs(module: ModuleType) -> None:
    found = doctest.DocTestFinder().find(module, extraglobs=NAMES)
    runner = doctest.DocTestRunner(verbose=False)
    for example in found:
        runner.run(example)
    assert runner.failures == 0
    with_examples = {test.name.rpartition(".")[2] for test in found if test.examples}
    # A protobuf message has no literal, so python/tests/kit/test_protobuf.py has theirs.
    shown = {name for name, entry in CATALOG.items() if entry.actual != {Kind.MESSAGE}}
    helpers = {"open_map", "record"} if module is match else set()
    assert {name.removesuffix("_") for name in with_examples} == shown | helpers


def test_the_example_of_capture_runs() -> None:
    results = doctest.testmod(capture, extraglobs=NAMES)
    assert (results.failed, results.attempted) == (0, 2)
