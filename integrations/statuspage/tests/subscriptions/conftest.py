"""Virtual time, an account, and a sink for what is logged: no token may be in any line."""

from collections.abc import Iterator

import httpx
import pytest

from statuspage import StatuspageClient, connect
from subscriptions.keeper import Keeper
from tests.account import KEY, Account, Page
from tests.log_lines import LogLines
from tests.on_virtual_time import account, pytest_asyncio_loop_factories
from tests.virtual_time import clock

from .installations import SECRET
from .keeping import keeper_of

__all__ = ["account", "pytest_asyncio_loop_factories"]


@pytest.fixture
def client(account: Account) -> StatuspageClient:
    """A client on virtual time whose requests all end at the account."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(account))
    return connect(KEY, http=http, clock=clock())


@pytest.fixture
def lines() -> Iterator[LogLines]:
    """What is logged during the test."""
    kept = LogLines()
    yield kept
    kept.close()
    assert SECRET not in "".join(kept.raw)
    assert "token=" not in "".join(kept.raw)


@pytest.fixture
def page(account: Account) -> Page:
    return account.add_page(allow_webhook_subscribers=True)


@pytest.fixture
def keeper(client: StatuspageClient) -> Keeper:
    return keeper_of(client)
