import pytest

from testingkit.runner import address


@pytest.mark.parametrize(
    "text", ["unix:/tmp/runner.sock", "localhost:0", "127.0.0.1:65535", "[::1]:7000"]
)
def test_a_valid_address_is_used_unchanged(text: str) -> None:
    chosen = address.from_environment({"TESTINGKIT_RUNNER_ADDRESS": text})
    assert chosen == address.Address(text, by_hand=False)


def test_without_an_address_the_runner_listens_on_localhost() -> None:
    assert address.from_environment({}) == address.Address("127.0.0.1:0", by_hand=True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "expected unix:/absolute/path.sock or host:port"),
        ("runner.sock", "expected unix:/absolute/path.sock or host:port"),
        (":7000", "expected unix:/absolute/path.sock or host:port"),
        ("unix:runner.sock", "must be absolute"),
        ("unix:/" + "x" * 107, "at most 107 bytes"),
        ("localhost:http", "'http' is not a port"),
        ("localhost:65536", "'65536' is not a port"),
        ("localhost:", "'' is not a port"),
    ],
)
def test_a_malformed_address_is_refused(text: str, problem: str) -> None:
    with pytest.raises(address.AddressError, match="TESTINGKIT_RUNNER_ADDRESS is ") as raised:
        address.from_environment({"TESTINGKIT_RUNNER_ADDRESS": text})
    assert problem in str(raised.value)


def test_the_lease_is_off_unless_the_environment_sets_it() -> None:
    assert address.lease_is_stdin({"TESTINGKIT_RUNNER_LEASE": "stdin"})
    assert not address.lease_is_stdin({})
