"""Virtual time, a page with three components, and a desk."""

import pytest

from tests.on_virtual_time import pytest_asyncio_loop_factories
from tests.statuspage.writing.store import Store

from .desk import Desk

__all__ = ["pytest_asyncio_loop_factories"]


@pytest.fixture
def store() -> Store:
    return Store("api", "shop", "search")


@pytest.fixture
async def desk(store: Store) -> Desk:
    return Desk(store)
