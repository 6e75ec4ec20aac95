"""Virtual time for every test."""

from tests.on_virtual_time import pytest_asyncio_loop_factories

__all__ = ["pytest_asyncio_loop_factories"]
