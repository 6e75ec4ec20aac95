"""Virtual time, an account, and a sink for what is logged: no token may be in any line."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping

import httpx
import pytest
from hypothesis import settings
from loguru import logger

from statuspage import StatuspageClient, connect
from tests.account import KEY, Account
from tests.virtual_time import VirtualLoop, clock

from .installations import SECRET

# How long an example takes says more about the machine than about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run every async test on virtual time."""
    return {"virtual": VirtualLoop}


@pytest.fixture
def account() -> Account:
    """An empty account."""
    return Account()


@pytest.fixture
def client(account: Account) -> StatuspageClient:
    """A client on virtual time whose requests all end at the account."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(account))
    return connect(KEY, http=http, clock=clock())


class Lines:
    """What was logged, with all fields that Ocean would send to Port."""

    def __init__(self) -> None:
        self.raw: list[str] = []

    def of(self, level: str) -> list[str]:
        """Return the messages of a level."""
        records = [json.loads(line)["record"] for line in self.raw]
        return [one["message"] for one in records if one["level"]["name"] == level]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged during the test."""
    kept = Lines()
    sink = logger.add(lambda line: kept.raw.append(str(line)), level="DEBUG", serialize=True)
    yield kept
    logger.remove(sink)
    assert SECRET not in "".join(kept.raw)
    assert "token=" not in "".join(kept.raw)
