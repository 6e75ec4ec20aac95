"""Virtual time for every test."""

from tests.on_virtual_time import account, pytest_asyncio_loop_factories

__all__ = ["account", "pytest_asyncio_loop_factories"]
