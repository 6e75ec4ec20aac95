"""Virtual time for every test, a strict fake, and the API key kept out of every log."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import settings

from statuspage import StatuspageClient
from statuspage.transport import Transport
from tests.fake_statuspage import KEY, FakeStatuspage, client_of, transport_to
from tests.virtual_time import VirtualLoop

# How long an example takes says more about the machine than about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# Redis lives in another process, whose time cannot be turned.
REAL_TIME = {"test_shared_window"}


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run every other async test on virtual time."""
    if item.path.stem in REAL_TIME:
        return {"real": asyncio.new_event_loop}
    return {"virtual": VirtualLoop}


@pytest.fixture(autouse=True)
def _no_key_in_any_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    assert KEY not in caplog.text


@pytest.fixture
def fake() -> Iterator[FakeStatuspage]:
    """The server; what was prepared for it must have been asked."""
    server = FakeStatuspage()
    yield server
    assert server.unused == []


@pytest.fixture
def transport(fake: FakeStatuspage) -> Transport:
    return transport_to(fake)


@pytest.fixture
def client(fake: FakeStatuspage) -> StatuspageClient:
    return client_of(fake)
