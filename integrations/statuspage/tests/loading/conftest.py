"""Every async test here runs on virtual time."""

from tests.on_virtual_time import pytest_asyncio_loop_factories

__all__ = ["pytest_asyncio_loop_factories"]
