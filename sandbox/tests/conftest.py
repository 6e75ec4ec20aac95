"""Fixtures for all tests."""

from collections.abc import AsyncIterator

import httpx
import pytest

from port_sandbox.app import create_app
from port_sandbox.sandbox import Sandbox, Settings
from tests.house import Clock, House


@pytest.fixture
def settings() -> Settings:
    return Settings(trouble=True)


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    clock = Clock()
    sandbox = Sandbox(settings, clock)

    async def sleep(seconds: float) -> None:
        clock.move(seconds=seconds)

    transport = httpx.ASGITransport(create_app(sandbox, sleep))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        house = House(client, clock)
        await house.sign_in()
        yield house
    sandbox.database.close()
