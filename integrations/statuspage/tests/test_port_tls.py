"""Ocean's clients have one TLS context, wherever httpx would make the usual one."""

import ssl
from typing import Any

import pytest
from port_ocean.clients.port import utils
from port_ocean.config.settings import SslClientSettings, SslX509Settings
from port_ocean.helpers.metric import metric

import integration  # noqa: F401 (it has it installed)
import port_tls


def test_ocean_takes_it() -> None:
    resolve: Any = vars(utils)["resolve_verify_param"]
    first, second = resolve(SslClientSettings()), resolve(SslClientSettings())
    assert isinstance(first, ssl.SSLContext)
    assert first is second
    assert first.verify_mode is ssl.CERT_REQUIRED
    assert first.check_hostname


def test_clients_for_metrics_have_it_too() -> None:
    make: Any = vars(metric)["AsyncClient"]
    contexts = [make()._transport._pool._ssl_context for _ in range(2)]  # noqa: SLF001
    assert contexts == [port_tls.verify(SslClientSettings())] * 2


@pytest.mark.parametrize("strict", [True, False])
def test_whoever_trusts_anybody_still_does(strict: bool) -> None:  # noqa: FBT001
    settings = SslClientSettings(verify=False, x509=SslX509Settings(strict=strict))
    assert port_tls.verify(settings) is False


def test_who_is_less_strict_has_a_context_of_their_own() -> None:
    lenient = port_tls.verify(SslClientSettings(x509=SslX509Settings(strict=False)))
    usual = port_tls.verify(SslClientSettings())
    assert isinstance(lenient, ssl.SSLContext)
    assert isinstance(usual, ssl.SSLContext)
    assert not lenient.verify_flags & ssl.VERIFY_X509_STRICT
    assert usual is not lenient
