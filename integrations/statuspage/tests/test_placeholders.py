"""An address that is only for examples is known as one."""

import pytest

from placeholders import is_reserved


@pytest.mark.parametrize(
    "address",
    [
        "https://ocean.example.com",
        "https://example.org:8443/path",
        "HTTPS://Ocean.Example.COM.",
        "http://status.example",
        "https://a.b.invalid/x?y",
        "https://YOUR_HOST",
        "ops@example.net",
        "ops@mail.example.com",
    ],
)
def test_an_address_of_documents_is_reserved(address: str) -> None:
    assert is_reserved(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://status.acme.test",
        "https://notexample.com",
        "https://example.com.acme.test",
        "https://acme.test/example.com",
        "http://localhost:8000",
        "https://[",
        "",
        "ops@acme.test",
    ],
)
def test_any_other_is_not(address: str) -> None:
    assert not is_reserved(address)
