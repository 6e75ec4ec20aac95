"""Two instances on one database, as behind a load balancer (or a second start by mistake)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from statuspage_server.runtime import Runtime
from statuspage_server.web.app import create_app
from tests.manage import Manage
from tests.running import TOKEN, RunningServer


@asynccontextmanager
async def second_instance(
    server: RunningServer,
) -> AsyncIterator[tuple[Runtime, httpx.AsyncClient]]:
    runtime = Runtime(
        server.runtime.config,
        server.open_database(),
        server.clock,
        senders=server.receiver.senders(),
    )
    transport = httpx.ASGITransport(create_app(runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://status.test") as client:
        await runtime.begin()
        yield runtime, client


async def test_both_know_the_same_pages_and_items(server: RunningServer) -> None:
    manage = await Manage.of(server)
    async with second_instance(server) as (runtime, client):
        assert runtime.monitors.default_page_id == server.runtime.monitors.default_page_id
        answer = await client.get("/v1/pages", headers={"Authorization": manage.key})
        assert answer.json() == await manage.get("/pages")


async def test_a_list_shows_at_once_what_the_other_has_written(server: RunningServer) -> None:
    manage = await Manage.of(server)
    opened = await manage.incident("Slow")
    assert [one["name"] for one in await manage.get("incidents")] == ["Slow"]
    async with second_instance(server) as (_, client):
        await client.patch(
            f"/v1/pages/{manage.page_id}/incidents/{opened['id']}",
            json={"incident": {"name": "Down"}},
            headers={"Authorization": manage.key},
        )

    assert [one["name"] for one in await manage.get("incidents")] == ["Down"]


async def test_a_beat_heard_by_one_counts_for_both(server: RunningServer) -> None:
    async with second_instance(server) as (runtime, client):
        await client.get("/refresh/mail", headers={"X-Token": TOKEN})
        assert "SMTP/IMAP Operational" in await server.words()
        server.clock.move(5)
        for one in (runtime, server.runtime):
            await one.sweep_round()
        assert await server.count("item_states") == 5


async def test_one_that_joins_does_not_forgive_silence(server: RunningServer) -> None:
    await server.beat("mail")
    await server.pass_time(58, step=2)
    async with second_instance(server) as (runtime, _):
        if not runtime.database.is_shared:
            return  # with SQLite a start is a restart
        await server.pass_time(4, step=2)
        assert "Major outage: late" in await server.words()


async def test_a_notification_is_sent_by_one_of_them(server: RunningServer) -> None:
    manage = await Manage.of(server)
    await manage.post("subscribers", {"subscriber": {"endpoint": "https://example.com/hook"}})
    async with second_instance(server) as (runtime, _):
        for number in range(5):
            await manage.incident(str(number))
        await runtime.outbox.start_due()
        await server.runtime.outbox.deliver_due()
        await runtime.outbox.deliver_due()
    names = [payload["incident"]["name"] for _, payload in server.receiver.received]
    assert names == list("01234")
