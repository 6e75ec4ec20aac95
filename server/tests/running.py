"""A whole server inside the test: real database, real application, a clock in the test's hand."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import func, select

from statuspage_server.config import Config, load_config
from statuspage_server.core.moments import SECOND, Moment, parse_moment
from statuspage_server.outbox.channels import Senders
from statuspage_server.outbox.chat import ChatSender, notify_service
from statuspage_server.outbox.sender import WebhookSender
from statuspage_server.outbox.smtp import MailSender
from statuspage_server.runtime import Runtime
from statuspage_server.storage.database import Database
from statuspage_server.storage.schema import metadata
from statuspage_server.web.app import attach, build_app
from tests.markup import Outline

SAMPLES = Path(__file__).parent / "samples"
TOKEN = "395194575aaad69204a1298c4f838755679888e9b502285f8b5774067863b5fd"
HOUR = 3600
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


class Receiver:
    """What webhook endpoints received, and what they answer with."""

    def __init__(self) -> None:
        self.received: list[tuple[str, Any]] = []
        self.arrived = asyncio.Event()
        self.answers: list[int | Exception] = []
        self.addresses: dict[str, list[str]] = {}
        self.channels: dict[str, str] = {}

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        if 200 <= answer < 300:
            host = request.headers["Host"]
            self.received.append((f"{host}{request.url.path}", json.loads(request.content)))
            self.arrived.set()
        return httpx.Response(answer)

    async def resolve(self, host: str, port: int) -> list[str]:
        return self.addresses.get(host, ["93.184.216.34"])

    def notify(self, address: str, title: str, body: str) -> bool:
        """Chat services have their own hosts, so a test says which local one stands for them."""
        led = self.channels.get(address, address)
        assert "://127.0.0.1:" in led, f"nothing goes to {led}"
        return notify_service(led, title, body)

    def senders(self) -> Senders:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self))
        return Senders(WebhookSender(client, self.resolve), MailSender(), ChatSender(self.notify))


@dataclass
class RunningServer:
    clock: HandClock
    receiver: Receiver
    open_database: Callable[[], Database]
    runtime: Runtime
    app: FastAPI
    client: httpx.AsyncClient

    @classmethod
    @asynccontextmanager
    async def built(cls, open_database: Callable[[], Database]) -> AsyncIterator["RunningServer"]:
        clock = HandClock()
        receiver = Receiver()
        config = load_config(seed_config())
        runtime = Runtime(config, open_database(), clock, senders=receiver.senders())
        # Building the routes takes longer than most tests, and they keep nothing of a server.
        app = _app()
        attach(app, runtime)
        async with _client(app) as client:
            server = cls(clock, receiver, open_database, runtime, app, client)
            await runtime.begin()
            yield server

    async def restart(self, *, after: float = 0) -> None:
        """The process dies without a word, and another begins on the same database."""
        self.runtime.database.close()
        self.clock.move(after)
        self.runtime = Runtime(
            self.runtime.config,
            self.open_database(),
            self.clock,
            senders=self.receiver.senders(),
        )
        attach(self.app, self.runtime)
        await self.runtime.begin()

    async def configure(self, text: str) -> None:
        config: Config = load_config(text)
        await self.runtime.adopt(config)

    async def pass_time(self, seconds: int, step: int = 1) -> None:
        """Time goes by as it does for a running server, with a round at every step."""
        for _ in range(0, seconds, step):
            self.clock.move(step)
            await self.runtime.sweep_round()
            await self.runtime.schedule_round()
            await self.runtime.detection_round()

    async def count(self, table: str) -> int:
        statement = select(func.count()).select_from(metadata.tables[table])
        return await self.runtime.database.read(lambda c: c.execute(statement).scalar_one())

    async def beat(self, item: str, token: str = TOKEN) -> httpx.Response:
        return await self.client.get(f"/refresh/{item}", headers={"X-Token": token})

    async def html(self, path: str = "/", **headers: str) -> str:
        answer = await self.client.get(path, headers={"Accept": "text/html", **headers})
        assert answer.status_code == 200, answer.text
        return answer.text

    async def words(self, path: str = "/", **headers: str) -> str:
        """What there is to read on a page, its visible text."""
        return Outline(await self.html(path, **headers)).words


@cache
def _app() -> FastAPI:
    return build_app()


def _client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://status.test")
