"""What the watch brings into the catalog, how soon, and at what cost."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinds import ObjectKind
from tests.virtual_time import now, run, utc
from watching.page_watch import WITH_WEBHOOKS

from .installation import Installation, watched
from .page import PAGE, ChangingPage, any_change, written

INTERVAL = 30.0


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the watch has written."""
    return [one.getMessage() for one in caplog.records if one.name.startswith("watching")]


type Change = Callable[[ChangingPage], object]


def a_component(page: ChangingPage) -> str:
    return next(id_ for id_, row in page.rows.items() if not row["group"])


def a_group(page: ChangingPage) -> str:
    return next(id_ for id_, row in page.rows.items() if row["group"])


def an_incident(page: ChangingPage) -> str:
    return list(page.events)[-1]


FREE: dict[str, Change] = {
    "status": lambda page: page.change_row(a_component(page), status="major_outage"),
    "name": lambda page: page.change_row(a_component(page), name="Renamed"),
    "position": lambda page: page.change_row(a_component(page), position=99),
    "ungrouped": lambda page: page.change_row(a_component(page), group_id=None),
    "new component": lambda page: page.add_row(),
    "new group": lambda page: page.add_row(group=True),
    "group renamed": lambda page: page.change_row(a_group(page), name="Renamed"),
}
ONE_REQUEST: dict[str, Change] = {
    "page renamed": lambda page: page.raw.update(name=page.tick()),
    "opened": lambda page: page.open(),
    "planned": lambda page: page.open(maintenance=True),
    "resolved": lambda page: page.close(an_incident(page)),
    "renamed": lambda page: page.rename(an_incident(page)),
    "backdated": lambda page: page.open(backdated=True),
    "component deleted": lambda page: page.remove_row(a_component(page)),
    "incident deleted": lambda page: page.remove(an_incident(page)),
}


async def arrives(work: Installation) -> float:
    """Wait until the catalog is in step; return how long it took."""
    began = now()
    while work.differences():
        assert now() - began < 2 * INTERVAL, work.differences()
        await asyncio.sleep(0.5)
    return now() - began


@pytest.mark.parametrize("what", FREE)
async def test_what_the_view_holds_as_a_whole_arrives_and_counts_nothing(what: str) -> None:
    page = ChangingPage()
    async with watched(page) as work:
        await asyncio.sleep(INTERVAL)
        FREE[what](page)
        assert await arrives(work) <= INTERVAL + 3
        assert work.manage.counted == []


@pytest.mark.parametrize("what", ONE_REQUEST)
async def test_whatever_else_changes_arrives_and_counts_one_request(what: str) -> None:
    page = ChangingPage()
    page.open()
    async with watched(page) as work:
        await asyncio.sleep(INTERVAL)
        ONE_REQUEST[what](page)
        assert await arrives(work) <= INTERVAL + 3
        await asyncio.sleep(2 * INTERVAL)
        assert len(work.manage.counted) == 1


async def test_a_deleted_group_arrives_with_what_was_in_it() -> None:
    page = ChangingPage()
    async with watched(page) as work:
        group = a_group(page)
        for id_, row in page.rows.items():
            if row["group_id"] == group:
                page.change_row(id_, group_id=None)
        page.remove_row(group)
        await arrives(work)
        assert len(work.manage.counted) == 1


async def test_a_page_at_rest_counts_nothing_and_is_asked_once_an_interval() -> None:
    async with watched(ChangingPage()) as work:
        await asyncio.sleep(1800)
        assert work.manage.counted == []
        assert work.public.asked.count("summary") == pytest.approx(60, abs=1)
        assert work.public.asked.count("incidents") <= 7


async def test_a_mapping_that_asks_for_more_has_components_read_by_the_api() -> None:
    page = ChangingPage()
    async with watched(page) as work:
        work.rows_suffice = False
        page.change_row(a_component(page), status="major_outage")
        await arrives(work)
        assert work.manage.counted == [f"/v1/pages/{PAGE}/components/{a_component(page)}"]


@given(seed=st.integers(0, 2**32))
@settings(max_examples=15)
def test_whatever_happens_the_catalog_ends_as_the_page_is(seed: int) -> None:
    async def live() -> None:
        chance, page = random.Random(seed), ChangingPage(incidents=6)
        async with watched(page) as work:
            changes = 40
            for _ in range(changes):
                await asyncio.sleep(chance.expovariate(1 / 20))
                any_change(page, chance)
            await asyncio.sleep(4 * INTERVAL)
            assert work.differences() == []
            assert len(work.manage.counted) <= changes

    run(live())


ODD: dict[str, Callable[[str], httpx.Response]] = {
    "404": lambda _: httpx.Response(404),
    "401": lambda _: httpx.Response(401, json={"error": "Your page is inactive."}),
    "429": lambda _: httpx.Response(429, headers={"retry-after": "60"}),
    "503": lambda _: httpx.Response(503),
    "302": lambda _: httpx.Response(302, headers={"location": "https://www.example.com"}),
    "HTML": lambda _: httpx.Response(200, html="<html>Sign in</html>"),
    "a list": lambda _: httpx.Response(200, json=[]),
    "another page's": lambda _: httpx.Response(
        200, json={"page": {"id": "other", "updated_at": written(utc())}, "components": []}
    ),
    "an old copy": lambda _: httpx.Response(
        200,
        json={
            "page": {"id": PAGE, "updated_at": "2020-01-01T00:00:00Z"},
            "status": {"indicator": "none", "description": "All Systems Operational"},
            "components": [],
            "incidents": [],
            "scheduled_maintenances": [],
        },
    ),
}


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_view_changes_nothing_and_is_told_once(
    odd: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    page = ChangingPage()
    async with watched(page) as work:
        caplog.clear()
        work.public.fault = ODD[odd]
        await asyncio.sleep(600)
        assert [PAGE in one for one in said(caplog)] == [True]
        assert work.differences() == []
        assert work.manage.counted == []
        work.public.fault = lambda _: None
        page.change_row(a_component(page), status="major_outage")
        await asyncio.sleep(3700)
        assert work.differences() == []


@pytest.mark.parametrize("cached", [True, False])
async def test_when_every_copy_is_old_for_an_hour_nothing_goes_back_and_that_is_told_once(
    caplog: pytest.LogCaptureFixture, *, cached: bool
) -> None:
    caplog.set_level("INFO")
    page = ChangingPage()
    async with watched(page) as work:
        old = page.documents()
        component = a_component(page)
        page.change_row(component, status="major_outage", name="Renamed")
        incident = page.open()
        await arrives(work)
        if not cached:
            # As of a process that has read it in a resync, and never by itself.
            work.cache.drop((ObjectKind.COMPONENT, component))
        caplog.clear()
        work.manage.counted.clear()
        work.public.choose = lambda *_: old
        await asyncio.sleep(3600)
        assert work.differences() == []
        assert work.manage.counted == []
        assert [PAGE in one for one in said(caplog)] == [True]
        work.public.choose = lambda *_: None
        page.close(incident)
        page.change_row(component, status="operational")
        await asyncio.sleep(2 * INTERVAL)
        assert work.differences() == []


async def test_a_page_that_does_not_answer_for_a_minute_is_told_once_and_read_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    page = ChangingPage()
    async with watched(page) as work:
        caplog.clear()
        answer, until = work._answer, now() + 60  # noqa: SLF001 (the network of the test itself)

        async def silent(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(max(until - now(), 0.0))
            return await answer(request)

        work.client.transport.http._transport = httpx.MockTransport(silent)  # noqa: SLF001
        page.change_row(a_component(page), status="major_outage")
        await asyncio.sleep(240)
        assert ["within 20 seconds" in one for one in said(caplog)] == [True, False]
        assert work.differences() == []


async def test_a_private_page_is_told_so_once_and_never_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    page = ChangingPage()
    page.raw["viewers_must_be_team_members"] = True
    async with watched(page) as work:
        await asyncio.sleep(3600)
        assert work.public.asked == []
        assert [PAGE in one for one in said(caplog)] == [True]


async def test_where_webhooks_come_a_page_is_looked_at_less_often() -> None:
    page = ChangingPage()
    async with watched(page) as work:
        work.subscribed.add(PAGE)
        await asyncio.sleep(INTERVAL * 2)
        work.public.asked.clear()
        await asyncio.sleep(3600)
        assert work.public.asked.count("summary") == pytest.approx(3600 / WITH_WEBHOOKS, abs=1)


def tell(page: ChangingPage) -> None:
    """Open an incident of which subscribers are told."""
    id_ = page.open()
    at = written(utc() - timedelta(seconds=1))
    page.events[id_]["incident_updates"][0] |= {"deliver_notifications": True, "created_at": at}


async def test_a_webhook_that_did_not_come_is_noticed_and_the_page_watched_until_one_does(
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = ChangingPage()
    async with watched(page) as work:
        work.subscribed.add(PAGE)
        await asyncio.sleep(600)
        tell(page)
        await asyncio.sleep(150)
        page.tick()
        await asyncio.sleep(2 * WITH_WEBHOOKS)
        assert sum("no webhook came" in one for one in said(caplog)) == 1
        assert work.rechecks == 1
        assert work.differences() == []
        work.public.asked.clear()
        await asyncio.sleep(600)
        assert work.public.asked.count("summary") == pytest.approx(20, abs=1)
        work.coverage.heard(PAGE)
        await asyncio.sleep(60)
        work.public.asked.clear()
        await asyncio.sleep(600)
        assert work.public.asked.count("summary") <= 3


async def test_what_changed_since_the_start_is_brought_by_the_first_look() -> None:
    page = ChangingPage()
    work = Installation(page)
    work.resync()
    work.worker.start()
    watch = asyncio.create_task(work.watcher.run())
    page.at = utc()
    page.change_row(a_component(page), status="major_outage")
    assert await arrives(work) < 10
    watch.cancel()
    await work.worker.close()


async def test_a_view_that_says_from_the_start_that_nothing_has_changed_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    work = Installation(ChangingPage())
    work.resync()
    work.public.fault = lambda _: httpx.Response(304)
    work.worker.start()
    watch = asyncio.create_task(work.watcher.run())
    await asyncio.sleep(600)
    assert [PAGE in one for one in said(caplog)] == [True]
    assert work.manage.counted == []
    assert work.differences() == []
    watch.cancel()
    await work.worker.close()


async def test_a_new_start_reads_nothing_again() -> None:
    async with watched(ChangingPage(incidents=40)) as work:
        assert work.manage.counted == []
        assert work.catalog.published == []
        assert work.catalog.of(ObjectKind.PAGE, PAGE) is not None
