"""Fixtures for all tests."""

from collections.abc import AsyncIterator

import httpx
import pytest

from port_sandbox.app import create_app
from port_sandbox.sandbox import Sandbox, Settings
from tests.api_client import ApiClient, Clock


@pytest.fixture
def settings() -> Settings:
    return Settings(faults=True)


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[ApiClient]:
    clock = Clock()
    sandbox = Sandbox(settings, clock)

    async def sleep(seconds: float) -> None:
        clock.move(seconds=seconds)

    transport = httpx.ASGITransport(create_app(sandbox, sleep))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        api = ApiClient(client, clock)
        await api.sign_in()
        yield api
    sandbox.database.close()
