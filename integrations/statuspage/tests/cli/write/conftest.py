"""A page that keeps what is written to it, and the command in front of it."""

from pathlib import Path

import pytest

from tests.cli.calling import NOW, Caller
from tests.statuspage.writing.store import Store

from .shop import API, CART, PAGE, SEARCH, SHOP


@pytest.fixture
def store() -> Store:
    """A page with the components API, `Shop / Search` and `Shop / Cart`."""
    store = Store(API, SEARCH, CART, SHOP, page=PAGE, utc=lambda: NOW)
    store.components[API]["name"] = "API"
    store.components[SEARCH] |= {"name": "Search", "group_id": SHOP}
    store.components[CART] |= {"name": "Cart", "group_id": SHOP}
    store.components[SHOP] |= {"name": "Shop", "group": True}
    return store


@pytest.fixture
def cli(store: Store, tmp_path: Path) -> Caller:
    """The command, whose requests all end at the page."""
    return Caller(tmp_path, store)
