"""A whole server inside the test: real database, real application, a clock in the test's hand."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from statuspage_server.config import Config, load_config
from statuspage_server.core.moments import SECOND, Moment, parse_moment
from statuspage_server.runtime import Runtime
from statuspage_server.storage.database import Database
from statuspage_server.web.app import create_app

SAMPLES = Path(__file__).parent / "samples"
TOKEN = "395194575aaad69204a1298c4f838755679888e9b502285f8b5774067863b5fd"
START = parse_moment("2026-03-04T05:06:07.089Z")


def seed_config() -> str:
    return (SAMPLES / "seed-config.yml").read_text(encoding="utf-8")


@dataclass
class HandClock:
    now: Moment = START

    def __call__(self) -> Moment:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += round(seconds * SECOND)


@dataclass
class House:
    clock: HandClock
    open_database: Callable[[], Database]
    runtime: Runtime
    client: httpx.AsyncClient

    @classmethod
    @asynccontextmanager
    async def built(cls, open_database: Callable[[], Database]) -> AsyncIterator["House"]:
        clock = HandClock()
        runtime = Runtime(load_config(seed_config()), open_database(), clock)
        async with _client(runtime) as client:
            house = cls(clock, open_database, runtime, client)
            await runtime.begin()
            yield house

    async def restart(self, *, after: float = 0) -> None:
        """The process dies without a word, and another begins on the same database."""
        self.runtime.database.close()
        self.clock.move(after)
        self.runtime = Runtime(self.runtime.config, self.open_database(), self.clock)
        await self.client.aclose()
        self.client = _client(self.runtime)
        await self.runtime.begin()

    async def configure(self, text: str) -> None:
        config: Config = load_config(text)
        await self.runtime.adopt(config)

    async def pass_time(self, seconds: int, step: int = 1) -> None:
        """Time goes by as it does for a running server, with a round at every step."""
        for _ in range(0, seconds, step):
            self.clock.move(step)
            await self.runtime.sweep_round()

    async def beat(self, item: str, token: str = TOKEN) -> httpx.Response:
        return await self.client.get(f"/refresh/{item}", headers={"X-Token": token})

    async def page(self) -> str:
        answer = await self.client.get("/")
        assert answer.status_code == 200
        return answer.text


def _client(runtime: Runtime) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(runtime), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://status.test")
