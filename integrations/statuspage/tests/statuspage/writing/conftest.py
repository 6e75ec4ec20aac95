"""A page that keeps what is written to it."""

import pytest

from statuspage import StatuspageClient
from tests.fake_statuspage import client_of
from tests.statuspage.writing.store import Store


@pytest.fixture
def store() -> Store:
    return Store("api", "shop", "search")


@pytest.fixture
def page(store: Store) -> StatuspageClient:
    """A client of the page `abc`."""
    return client_of(store)
