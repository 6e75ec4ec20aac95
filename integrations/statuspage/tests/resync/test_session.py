"""The session of one resync: opened by the first kind, closed behind the last, whatever happens."""

import asyncio
import contextvars
from collections.abc import Callable
from typing import Any

import pytest
from port_ocean.context.event import EventType, event
from port_ocean.context.resource import resource_context

from resync.errors import ResyncFailed
from resync.session import Session
from tests.account import Account

from .histories import before
from .ocean_resync import Resync
from .reading import settled


async def test_all_kinds_share_one_snapshot(account: Account) -> None:
    account.add_page(components=3, incidents=3)
    resync = Resync(account, "component", "incident", "incident_update")

    async with resync.running():
        counts = [await resync.read(index) for index in range(3)]

    assert counts == [3, 3, 6]
    assert resync.opened == 1
    assert len(account.counted) == 3


async def test_the_last_kind_closes_it(account: Account) -> None:
    account.add_page(components=3, incidents=3)
    resync = Resync(account, "component", "incident")

    async with resync.running():
        await resync.read(0)
        await resync.read(1)
        attributes = dict(event.attributes)

    assert not any(isinstance(value, Session) for value in attributes.values())
    assert await settled() == set()


async def test_the_next_resync_reads_anew(account: Account) -> None:
    page = account.add_page(incidents=3)
    resync = Resync(account, "incident")
    async with resync.running():
        await resync.read(0)
    account.add_incident(page)

    async with resync.running():
        count = await resync.read(0)

    assert count == 4
    assert resync.opened == 2


async def test_a_kind_that_fails_leaves_what_was_read_to_the_next(account: Account) -> None:
    account.add_page(components=3, incidents=3)
    account.fail("/components", 403)
    resync = Resync(account, "component", "incident")

    async with resync.running():
        with pytest.raises(Exception, match="could not be read"):
            await resync.read(0)
        count = await resync.read(1)

    assert count == 3
    assert resync.opened == 1
    assert await settled() == set()


async def test_a_kind_that_cannot_begin_fails_with_advice(account: Account) -> None:
    account.add_page(incidents=3)
    account.fail("/v1/pages$", 401)
    resync = Resync(account, "incident")

    async with resync.running():
        with pytest.raises(ResyncFailed, match="check statuspageApiKey"):
            await resync.read(0)


async def test_a_last_kind_that_fails_closes_it(account: Account) -> None:
    account.add_page(components=3, incidents=2000)
    account.fail("/components", 403)
    resync = Resync(account, "incident_update", "component")

    async with resync.running():
        await resync.read(0)
        with pytest.raises(Exception, match="could not be read"):
            await resync.read(1)

    assert await settled() == set()


async def test_a_resync_that_is_cancelled_closes_it(account: Account) -> None:
    account.add_page(components=3, incidents=2000)
    resync = Resync(account, "incident", "component")

    async def run() -> None:
        async with resync.running():
            await resync.read(0)

    running = asyncio.create_task(run())
    await asyncio.sleep(0.7)
    # Ocean cancels the task of the kind that runs.
    assert resync.task is not None
    resync.task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    assert await settled() == set()


async def test_a_kind_given_up_while_it_is_loaded_takes_nothing_from_the_next(
    account: Account,
) -> None:
    """Loading into Port fails: Ocean goes on, and the handler is dropped at some later time."""
    account.add_page(components=3, incidents=2000)
    resync = Resync(account, "incident", "incident_update")

    async with resync.running():
        async with resource_context(resync.config.resources[0], 0):
            given_up = resync.kind(0)
            await anext(given_up)
        next_kind = asyncio.create_task(resync.read(1))
        await asyncio.sleep(0.5)
        await given_up.aclose()  # type: ignore[attr-defined]
        count = await asyncio.wait_for(next_kind, 600)

    assert count == 2 * 2000
    assert resync.opened == 1


async def test_a_last_kind_given_up_while_it_is_loaded_closes_it_even_when_its_event_is_over(
    account: Account,
) -> None:
    """The handler is dropped by whoever runs then, outside of Ocean's event."""
    account.add_page(components=3, incidents=2000)
    resync = Resync(account, "incident")
    given_up: list[Any] = []

    async def load() -> None:
        async with resync.running(), resource_context(resync.config.resources[0], 0):
            batches = resync.kind(0)
            await anext(batches)
            given_up.append(batches)

    await asyncio.create_task(load())
    # The new context is one in which Ocean runs no event.
    drop: Callable[[], None] = given_up.clear
    contextvars.Context().run(drop)

    assert await settled() == set()


async def test_an_incremental_sync_that_stops_at_a_failed_kind_leaves_nothing_running(
    account: Account,
) -> None:
    """Ocean ends an incremental sync at the first kind that fails: there is no last kind."""
    account.add_page(components=3, incidents=5000)
    account.fail("/components", 403)
    resync = Resync(account, "component", "incident")

    async with resync.running(EventType.INCREMENTAL_RESYNC):
        with pytest.raises(Exception, match="could not be read"):
            await resync.read(0)

    assert await settled() == set()


async def test_an_incremental_sync_that_is_cancelled_leaves_nothing_running(
    account: Account,
) -> None:
    # With the oldest first, every incident has to be read.
    page = account.add_page(incidents=5000)
    page.incidents.reverse()
    for number, incident in enumerate(page.incidents):
        incident["created_at"] = incident["updated_at"] = before(days=90, minutes=-number)
    resync = Resync(account, "incident")

    async def run() -> None:
        async with resync.running(EventType.INCREMENTAL_RESYNC):
            await resync.read(0, incremental=True)

    running = asyncio.create_task(run())
    await asyncio.sleep(0.7)
    assert resync.task is not None
    resync.task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    assert await settled() == set()
