"""An address that Statuspage cannot reach is noticed before events are missed."""

import pytest

from subscriptions.public_address import doubt


@pytest.mark.parametrize(
    "address",
    ["https://ocean.example.com", "https://ocean.example.com/path", "https://8.8.8.8:8443"],
)
def test_nothing_speaks_against_a_public_address(address: str) -> None:
    assert doubt(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000",
        "https://ocean",
        "https://ocean.local",
        "https://ocean.svc.cluster.local",
        "https://127.0.0.1",
        "https://10.0.0.7",
        "https://192.168.1.7:8443",
        "https://[::1]",
        "https://[fd00::7]",
    ],
)
def test_an_address_of_one_s_own_network_is_doubted(address: str) -> None:
    assert doubt(address) == "it leads to this machine or its own network"


def test_an_address_without_encryption_is_doubted() -> None:
    assert doubt("http://ocean.example.com") == "it does not begin with https"


@pytest.mark.parametrize("address", ["https://[", "https://example.com:port", "https://\udc80"])
def test_what_is_no_address_is_doubted(address: str) -> None:
    assert doubt(address) == "it cannot be read as an address"
