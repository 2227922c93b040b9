"""The examples of the generated functions run."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace

import pytest

from testingkit import match, require, value
from testingkit.assertions import CATALOG
from testingkit.native import subject

NAMES = {name: getattr(value, name) for name in value.__all__} | {
    "SimpleNamespace": SimpleNamespace,
    "UTC": UTC,
    "datetime": datetime,
    "match": match,
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
    helpers = {"open_map", "record"} if module is match else set()
    assert {name.removesuffix("_") for name in with_examples} == set(CATALOG) | helpers
