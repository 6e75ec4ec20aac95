"""What events cost, what becomes of them, and what strangers can do."""

import asyncio
import copy
import itertools

import httpx
import pytest

from kinds import ObjectKind
from live_events.answered import UNKNOWN_FOR
from live_events.budget import Guarded
from live_events.desk import AGAIN_AFTER, LAST_ORDERS, PATIENCE
from statuspage import page_status
from tests.account import Page, Raw
from tests.virtual_time import now

from .catalog import assert_true
from .desk_at_work import LONG, AtWork, at_work
from .world import QUOTA, forged

OUTAGE = "major_outage"
BURST = 4


def outage(work: AtWork, page: Page, size: int = BURST) -> list[Raw]:
    """Open an incident that takes some components down; return its webhooks."""
    rows = work.world.members(page)[:size]
    return work.world.open_incident(page, "investigating", {row["id"]: OUTAGE for row in rows})


@pytest.mark.parametrize("first", range(BURST + 1))
async def test_a_burst_that_comes_at_once_takes_one_request_whatever_its_order(first: int) -> None:
    async with at_work() as work:
        page = work.world.page(groups=2, components=8)
        work.know()
        events = outage(work, page)

        requests = await work.tell_and_wait(*events[first:], *events[:first])

        assert requests == 1
        assert_true(work.catalog, work.account, work.told)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_a_burst_that_comes_one_by_one_takes_one_request_and_what_was_ahead_of_its_incident(
    order: tuple[int, ...],
) -> None:
    async with at_work() as work:
        page = work.world.page(groups=2, components=4)
        work.know()
        events = outage(work, page, size=2)

        requests = [await work.tell_and_wait(events[place]) for place in order]

        assert sum(requests) == 1 + order.index(0)
        assert_true(work.catalog, work.account, work.told)


async def test_a_burst_on_a_private_page_takes_two_requests() -> None:
    for events_first in (slice(None), slice(None, None, -1)):
        async with at_work() as work:
            page = work.world.page(groups=2, components=4, viewers_must_be_team_members=True)
            work.know()
            events = outage(work, page)[events_first]

            one_by_one = sum([await work.tell_and_wait(event) for event in events])

            assert one_by_one == 2
            assert_true(work.catalog, work.account, work.told)


async def test_the_list_of_pages_is_read_once_where_no_resync_has_read_it() -> None:
    async with at_work() as work:
        page = work.world.page(components=2)

        assert await work.tell_and_wait(*outage(work, page, 1)) == 2
        assert await work.tell_and_wait(*outage(work, page, 2)) == 1


async def test_an_event_that_comes_again_takes_nothing() -> None:
    async with at_work() as work:
        page = work.world.page(groups=2, components=8)
        work.know()
        events = outage(work, page)
        await work.tell_and_wait(*events)

        assert await work.tell_and_wait(*events, *reversed(events)) == 0


async def test_an_event_that_comes_during_a_look_is_looked_at_after_it() -> None:
    async with at_work() as work:
        page = work.world.page(components=1)
        work.know()
        row = work.world.members(page)[0]
        work.tell(*work.world.set_component(page, row, OUTAGE))
        # The answer is made, and on its way.
        await asyncio.sleep(1.5 * work.network.latency)
        later = work.world.set_component(page, row, "operational")

        await work.tell_and_wait(*later)

        assert work.account.counted.count(f"/v1/pages/{page.raw['id']}/components/{row['id']}") == 2
        assert_true(work.catalog, work.account, work.told)


async def test_a_page_that_its_public_view_does_not_show_yet_is_looked_at_once_more() -> None:
    async with at_work() as work:
        page = work.world.page(groups=1, components=2)
        work.know()
        await work.client.summary(page.raw)
        began = now()

        await work.tell_and_wait(*outage(work, page, 1))
        assert work.catalog.of(ObjectKind.PAGE, page.raw["id"]) is None
        await asyncio.sleep(LONG)

        assert_true(work.catalog, work.account, work.told)
        assert len(work.account.counted) == 1
        assert work.catalog.written_at[-1] - began < page_status.CACHED_FOR + 2


async def test_a_public_view_that_never_shows_the_change_is_looked_at_twice_more() -> None:
    async with at_work() as work:
        page = work.world.page(groups=1, components=2)
        page.public.cached_for = 10_000
        work.know()
        await work.client.summary(page.raw)
        work.account.public.clear()

        await work.tell_and_wait(*outage(work, page, 1))
        await asyncio.sleep(LONG)

        assert len(work.account.public) == 1 + 2
        assert work.catalog.of(ObjectKind.PAGE, page.raw["id"]) is None


async def test_after_an_error_the_event_is_tried_again() -> None:
    async with at_work() as work:
        page = work.world.page(components=2)
        work.know()
        events = outage(work, page, 1)
        work.account.fail("/incidents/", 403, times=1)

        await work.tell_and_wait(*events)

        assert_true(work.catalog, work.account, work.told)


async def test_an_error_that_stays_is_given_up_with_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with at_work() as work:
        page = work.world.page()
        work.know()
        work.account.fail("/incidents/", 403)

        requests = await work.tell_and_wait(*outage(work, page))

        assert requests == 1 + len(AGAIN_AFTER)
        assert caplog.text.count("left to the next resync") == 1


async def test_a_sick_object_keeps_no_other_from_the_catalog() -> None:
    async with at_work() as work:
        page = work.world.page(components=2)
        work.know()
        sick, well = work.world.members(page)
        work.account.fail(f"components/{sick['id']}", 403)
        work.tell(*work.world.set_component(page, sick, OUTAGE))

        await asyncio.gather(*work.tell(*work.world.set_component(page, well, OUTAGE)))

        assert work.catalog.of(ObjectKind.COMPONENT, well["id"]) == well


async def test_what_port_did_not_take_is_read_and_brought_again() -> None:
    async with at_work() as work:
        page = work.world.page(components=2)
        work.know()
        work.catalog.failures = 2

        requests = await work.tell_and_wait(*outage(work, page, 2))

        assert requests == 3
        assert_true(work.catalog, work.account, work.told)


async def test_what_port_never_took_is_no_answer_to_a_later_event(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with at_work() as work:
        page = work.world.page(components=2)
        work.know()
        events = outage(work, page, 2)
        work.catalog.failures = 1 + len(AGAIN_AFTER)
        await work.tell_and_wait(*events)
        assert caplog.text.count("left to the next resync") == 1

        await work.tell_and_wait(*events)

        assert_true(work.catalog, work.account, work.told)


async def test_a_deletion_that_port_did_not_take_is_brought_again() -> None:
    async with at_work() as work:
        page = work.world.page()
        work.know()
        [event] = outage(work, page)
        await work.tell_and_wait(event)
        work.world.delete_incident(page, page.incidents[0])
        work.catalog.failures = 1

        await work.tell_and_wait({**event, "incident": {"id": event["incident"]["id"]}})

        assert work.catalog.of(ObjectKind.INCIDENT, event["incident"]["id"]) is None
        assert not any(kind is ObjectKind.INCIDENT_UPDATE for kind, _ in work.catalog.objects)


async def fill_the_window(work: AtWork, page: Page) -> None:
    """Send what a resync may send at once."""
    await asyncio.gather(*(work.client.incident(page.raw["id"], "any") for _ in range(QUOTA)))


async def test_an_event_uses_the_reserve_while_a_resync_holds_the_rest() -> None:
    async with at_work(reserve=6) as work:
        page = work.world.page(components=2)
        work.know()
        resync = asyncio.create_task(fill_the_window(work, page))
        await asyncio.sleep(5)
        began = now()

        await work.tell_and_wait(*outage(work, page))

        assert now() - began < 5
        assert not resync.done()
        await resync
        assert work.network.busiest_minute <= QUOTA


async def test_an_event_waits_for_the_window_and_not_longer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with at_work() as work:
        page = work.world.page(components=2)
        work.know()
        await fill_the_window(work, page)
        began = now()
        await work.tell_and_wait(*outage(work, page))
        assert now() - began < 61
        assert_true(work.catalog, work.account, work.told)

        # Another tool uses up what the key has.
        work.account.fail("", lambda _: httpx.Response(420, headers={"retry-after": "200"}))
        began = now()
        await work.tell_and_wait(*outage(work, page))
        assert now() - began == pytest.approx(PATIENCE, abs=1)
        assert caplog.text.count("left to the next resync") == 1


async def test_an_unknown_id_takes_one_request_and_then_none_for_a_while() -> None:
    async with at_work() as work:
        page = work.world.page()
        work.know()

        requests = [await work.tell_and_wait(forged(page.raw["id"], 1)) for _ in range(5)]
        assert sum(requests) == 1

        await asyncio.sleep(UNKNOWN_FOR)
        assert await work.tell_and_wait(forged(page.raw["id"], 1)) == 1


async def test_a_page_that_is_not_ours_takes_nothing() -> None:
    async with at_work() as work:
        work.world.page()
        work.know()

        for event in (forged("notours", 1), forged("notours", 1, "component")):
            assert await work.tell_and_wait(event) == 0


async def test_pages_that_are_not_ours_take_one_request_before_ours_are_known() -> None:
    async with at_work(Guarded(QUOTA)) as work:
        page = work.world.page(components=2)
        strangers = [forged(f"page{number}", number) for number in range(200)]
        began = now()

        requests = await work.tell_and_wait(*strangers, *outage(work, page))

        assert requests == 2
        assert now() - began < 5
        assert_true(work.catalog, work.account, work.told)


async def flood(work: AtWork, events: list[Raw], seconds: float, every: float = 0.25) -> None:
    """Send events again and again."""
    until = now() + seconds
    for event in itertools.cycle(events):
        if now() > until:
            break
        work.tell(event)
        await asyncio.sleep(every)


# A change in the midst of a flood waits for the other pages' looks and for its own.
SEEN_WITHIN = 45

# What anybody may use up in a minute: what may come at once, what comes in a minute, and one look.
BOUND = QUOTA / 3 + QUOTA / 4 + 9


@pytest.mark.parametrize("kind", ["unknown", "known", "both"])
async def test_a_flood_is_bounded_changes_nothing_and_does_not_hide_a_change(kind: str) -> None:
    async with at_work(Guarded(QUOTA)) as work:
        pages = [work.world.page(groups=2, components=60) for _ in range(3)]
        for page in pages:
            outage(work, page)
        work.resynced()
        before = copy.deepcopy(work.catalog.objects)
        unknown = [
            forged(page.raw["id"], number, subject)
            for number in range(300)
            for page in pages
            for subject in ("incident", "component")
        ]
        known = [
            {"page": {"id": page.raw["id"]}, "component_update": {"component_id": row["id"]}}
            for page in pages
            for row in work.world.members(page)[:BURST]
        ]
        events = {"unknown": unknown, "known": known, "both": [*unknown, *known]}[kind]
        work.network.arrivals.clear()
        told = set(work.told)

        flooding = asyncio.create_task(flood(work, events, 600))
        await asyncio.sleep(200)
        assert work.catalog.objects == before
        work.told, began = told, now()
        row = work.world.members(pages[1])[BURST]
        work.tell(*work.world.set_component(pages[1], row, "partial_outage"))
        while work.catalog.of(ObjectKind.COMPONENT, row["id"]) != row:
            await asyncio.sleep(1)
            assert now() - began < SEEN_WITHIN
        await flooding

        assert work.network.busiest_minute <= BOUND
        await asyncio.sleep(LONG)
        assert_true(work.catalog, work.account, told | {("component", row["id"])})


async def test_closing_finishes_what_is_under_way() -> None:
    async with at_work() as work:
        page = work.world.page(components=2)
        work.know()
        events = outage(work, page)
        work.tell(*events)

        began = now()
        await work.desk.close()

        assert now() - began < LAST_ORDERS
        assert_true(work.catalog, work.account, work.told)


async def test_closing_does_not_wait_for_what_takes_long(caplog: pytest.LogCaptureFixture) -> None:
    async with at_work() as work:
        page = work.world.page(components=2)
        work.know()
        work.network.latency = 60
        work.tell(*outage(work, page))

        began = now()
        await work.desk.close()

        assert now() - began == pytest.approx(LAST_ORDERS)
        assert "Stopped with 3 live events open" in caplog.text


async def test_an_event_that_finds_no_room_behind_a_look_is_not_waited_for_forever() -> None:
    async with at_work() as work:
        page = work.world.page()
        work.know()

        for number in range(0, 300, 50):
            work.tell(*(forged(page.raw["id"], number + one) for one in range(50)))
            await asyncio.sleep(0.3)
        await asyncio.sleep(10 * LONG)

        began = now()
        await work.desk.close()
        assert now() == began
