"""Two instances on one database, as behind a load balancer (or a second start by mistake)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from statuspage_server.runtime import Runtime
from statuspage_server.web.app import create_app
from tests.house import TOKEN, House
from tests.manage import Manage


@asynccontextmanager
async def second_instance(house: House) -> AsyncIterator[tuple[Runtime, httpx.AsyncClient]]:
    runtime = Runtime(
        house.runtime.config,
        house.open_database(),
        house.clock,
        postman=house.receiver.postman(),
    )
    transport = httpx.ASGITransport(create_app(runtime))
    async with httpx.AsyncClient(transport=transport, base_url="http://status.test") as client:
        await runtime.begin()
        yield runtime, client


async def test_both_know_the_same_pages_and_items(house: House) -> None:
    manage = await Manage.of(house)
    async with second_instance(house) as (runtime, client):
        assert runtime.roster.default_page_id == house.runtime.roster.default_page_id
        answer = await client.get("/v1/pages", headers={"Authorization": manage.key})
        assert answer.json() == await manage.get("/pages")


async def test_a_beat_heard_by_one_counts_for_both(house: House) -> None:
    async with second_instance(house) as (runtime, client):
        await client.get("/refresh/mail", headers={"X-Token": TOKEN})
        assert 'SMTP/IMAP</span>\n          <span class="state operational">' in await house.page()
        house.clock.move(5)
        for one in (runtime, house.runtime):
            await one.sweep_round()
        assert await house.count("item_states") == 5


async def test_one_that_joins_does_not_forgive_silence(house: House) -> None:
    await house.beat("mail")
    await house.pass_time(58, step=2)
    async with second_instance(house) as (runtime, _):
        if not runtime.database.is_shared:
            return  # with SQLite a start is a restart
        await house.pass_time(4, step=2)
        assert "Down: late" in await house.page()


async def test_a_notification_is_sent_by_one_of_them(house: House) -> None:
    manage = await Manage.of(house)
    await manage.post("subscribers", {"subscriber": {"endpoint": "https://example.com/hook"}})
    async with second_instance(house) as (runtime, _):
        for number in range(5):
            await manage.incident(str(number))
        await runtime.outbox.start_due()
        await house.runtime.outbox.deliver_due()
        await runtime.outbox.deliver_due()
    names = [payload["incident"]["name"] for _, payload in house.receiver.received]
    assert names == list("01234")
