"""Which UNIMPLEMENTED of a plain server shows that it does not serve a method."""

from __future__ import annotations

import asyncio

import pytest

from testingkit.conformance.runners.transport.refusals import NO_METHOD, Refusals
from testingkit.conformance.v1.observation_pb2 import Error

_UNIMPLEMENTED = 12


def is_refusal(text: str, probed: Error | None, details: bytes = b"") -> bool:
    asked: list[str] = []

    async def probe(method: str) -> Error | None:
        asked.append(method)
        return probed

    async def run() -> bool:
        refusals = Refusals(probe)
        error = Error(code=_UNIMPLEMENTED, message=text, details=details)
        await refusals.is_refusal("p.v1.S/Other", error)
        return await refusals.is_refusal("p.v1.S/Get", error)

    found = asyncio.run(run())
    assert asked in ([], [f"p.v1.S/{NO_METHOD}"])  # once for each service
    return found


def unimplemented(text: str) -> Error:
    return Error(code=_UNIMPLEMENTED, message=text)


@pytest.mark.parametrize(
    ("text", "probed"),
    [
        ("Method not found!", "Method not found!"),
        ("unknown service p.v1.S", "unknown service p.v1.S"),
        ("unknown method Get for service p.v1.S", f"unknown method {NO_METHOD} for service p.v1.S"),
        ("Method not found: p.v1.S/Get", f"Method not found: p.v1.S/{NO_METHOD}"),
    ],
)
def test_same_answer_as_to_a_method_that_does_not_exist_is_a_refusal(
    text: str, probed: str
) -> None:
    assert is_refusal(text, unimplemented(probed))
    assert not is_refusal(text, unimplemented("other"))
    assert not is_refusal(text, unimplemented(probed), details=b"x")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Method not implemented!",
        "method Get not implemented",
        "Method p.v1.S/Get is unimplemented",
    ],
)
def test_answer_of_a_generated_base_class_is_a_refusal(text: str) -> None:
    assert is_refusal(text, unimplemented("unknown"))


@pytest.mark.parametrize("probed", [unimplemented("unknown"), Error(), Error(code=5)])
def test_other_text_is_the_answer_of_a_handler(probed: Error) -> None:
    assert not is_refusal("not in this version", probed)


def test_every_answer_is_a_refusal_if_the_probe_fails() -> None:
    assert is_refusal("not in this version", None)


@pytest.mark.parametrize(
    ("text", "probed", "expected"),
    [
        ("Method not found!", unimplemented("Method not found!"), True),
        ("", unimplemented(""), False),
        ("Method not implemented!", unimplemented("Method not found!"), False),
        ("Method not found!", None, False),
    ],
)
def test_listed_method_is_refused_only_in_words_for_one_that_does_not_exist(
    text: str, probed: Error | None, *, expected: bool
) -> None:
    async def probe(_: str) -> Error | None:
        return probed

    async def run() -> bool:
        return await Refusals(probe).is_refusal("p.v1.S/Get", unimplemented(text), is_listed=True)

    assert asyncio.run(run()) is expected
