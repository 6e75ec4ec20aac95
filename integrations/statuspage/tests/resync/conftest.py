"""Virtual time for every test, and the API key kept out of every log."""

import logging
from collections.abc import Iterator

import pytest

from tests.account import KEY
from tests.on_virtual_time import account, pytest_asyncio_loop_factories

__all__ = ["account", "pytest_asyncio_loop_factories"]


@pytest.fixture(autouse=True)
def _no_key_in_any_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    assert KEY not in caplog.text
