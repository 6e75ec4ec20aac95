"""What events cost, and what becomes of them."""

import asyncio
import copy
import itertools

import httpx
import pytest

from kinds import ObjectKind
from live_events.worker import AGAIN_AFTER, AT_THE_END, NOT_FOUND_FOR, PATIENCE
from statuspage import QUOTA, page_status
from tests.account import Page, Raw
from tests.virtual_time import now

from .catalog import assert_true
from .live import LONG, Live, live

OUTAGE = "major_outage"
BURST = 4


def outage(work: Live, page: Page, size: int = BURST) -> list[Raw]:
    """Open an incident that takes some components down; return its webhooks."""
    rows = work.world.members(page)[:size]
    return work.world.open_incident(page, "investigating", {row["id"]: OUTAGE for row in rows})


@pytest.mark.parametrize("first", range(BURST + 1))
async def test_a_burst_that_comes_at_once_takes_one_request_whatever_its_order(first: int) -> None:
    async with live() as work:
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
    async with live() as work:
        page = work.world.page(groups=2, components=4)
        work.know()
        events = outage(work, page, size=2)

        requests = [await work.tell_and_wait(events[place]) for place in order]

        assert sum(requests) == 1 + order.index(0)
        assert_true(work.catalog, work.account, work.told)


async def test_a_burst_on_a_private_page_takes_two_requests() -> None:
    for events_first in (slice(None), slice(None, None, -1)):
        async with live() as work:
            page = work.world.page(groups=2, components=4, viewers_must_be_team_members=True)
            work.know()
            events = outage(work, page)[events_first]

            one_by_one = sum([await work.tell_and_wait(event) for event in events])

            assert one_by_one == 2
            assert_true(work.catalog, work.account, work.told)


async def test_the_list_of_pages_is_read_once_where_no_resync_has_read_it() -> None:
    async with live() as work:
        page = work.world.page(components=2)

        assert await work.tell_and_wait(*outage(work, page, 1)) == 2
        assert await work.tell_and_wait(*outage(work, page, 2)) == 1


async def test_an_event_that_comes_again_takes_nothing() -> None:
    async with live() as work:
        page = work.world.page(groups=2, components=8)
        work.know()
        events = outage(work, page)
        await work.tell_and_wait(*events)

        assert await work.tell_and_wait(*events, *reversed(events)) == 0


async def test_an_event_that_comes_during_a_look_is_looked_at_after_it() -> None:
    async with live() as work:
        page = work.world.page(components=1)
        work.know()
        row = work.world.members(page)[0]
        work.tell(*work.world.set_component(page, row, OUTAGE))
        # The answer is made, and on its way.
        await asyncio.sleep(1.5 * work.network.latency)
        later = work.world.set_component(page, row, "operational")

        await work.tell_and_wait(*later)

        assert work.account.counted.count(f"/v1/pages/{page.raw['id']}/components/{row['id']}") == 2
        # The public view was cached in the midst of the two.
        await asyncio.sleep(LONG)
        assert_true(work.catalog, work.account, work.told)


async def test_an_object_and_the_public_view_are_read_at_the_same_time() -> None:
    async with live() as work:
        page = work.world.page(groups=1, components=2)
        work.know()
        began = now()

        await work.tell_and_wait(*work.world.set_component(page, page.components[-1], OUTAGE))

        assert_true(work.catalog, work.account, work.told)
        assert work.catalog.written_at[0] - began < 1.5 * work.network.latency + work.catalog.takes


async def test_the_next_events_are_read_while_those_before_them_are_written() -> None:
    async with live() as work:
        page = work.world.page(components=1)
        other = work.world.page(components=1)
        work.know()
        work.catalog.takes = 10.0
        first = work.tell(*work.world.set_component(page, page.components[0], OUTAGE))
        await asyncio.sleep(1)

        work.tell(*work.world.set_component(other, other.components[0], OUTAGE))
        await asyncio.sleep(1)

        assert not first[0].done()
        assert len(work.account.counted) == 2


async def test_what_is_read_meanwhile_is_written_behind_what_was_read_before() -> None:
    async with live() as work:
        page = work.world.page(components=1)
        work.know()
        row = page.components[0]
        work.catalog.takes = 10.0
        work.tell(*work.world.set_component(page, row, OUTAGE))
        await asyncio.sleep(1)
        work.catalog.takes = 0.1

        await work.tell_and_wait(*work.world.set_component(page, row, "operational"))

        states = [
            one.objects.get((ObjectKind.COMPONENT, row["id"])) for one in work.catalog.published
        ]
        assert [state and state["status"] for state in states] == [OUTAGE, "operational"]


async def test_what_waits_to_be_written_is_as_old_as_it_was_read() -> None:
    async with live() as work:
        page = work.world.page(components=1)
        other = work.world.page(components=1)
        work.know()
        work.catalog.takes = 10.0
        work.tell(*work.world.set_component(page, page.components[0], OUTAGE))
        await asyncio.sleep(1)
        told = now()

        await work.tell_and_wait(*work.world.set_component(other, other.components[0], OUTAGE))

        assert work.catalog.published[-1].read_at - told < 1.5 * work.network.latency


async def test_every_change_is_held_against_a_public_view_that_was_read_since() -> None:
    async with live() as work:
        page = work.world.page(components=1, groups=1)
        page.public.cached_for = 0.0
        work.know()
        row = work.world.members(page)[0]
        await work.tell_and_wait(*work.world.set_component(page, row, OUTAGE))
        # The manage API tells whole seconds.
        await asyncio.sleep(1.2)

        await work.tell_and_wait(*work.world.set_component(page, row, "operational"))

        assert_true(work.catalog, work.account, work.told)


async def test_a_page_that_its_public_view_does_not_show_yet_is_looked_at_once_more() -> None:
    async with live() as work:
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
    async with live() as work:
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
    async with live() as work:
        page = work.world.page(components=2)
        work.know()
        events = outage(work, page, 1)
        work.account.fail("/incidents/", 403, times=1)

        await work.tell_and_wait(*events)

        assert_true(work.catalog, work.account, work.told)


async def test_an_error_that_stays_is_given_up_with_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with live() as work:
        page = work.world.page()
        work.know()
        work.account.fail("/incidents/", 403)

        requests = await work.tell_and_wait(*outage(work, page))

        assert requests == 1 + len(AGAIN_AFTER)
        assert caplog.text.count("left to the next resync") == 1


async def test_a_sick_object_keeps_no_other_from_the_catalog() -> None:
    async with live() as work:
        page = work.world.page(components=2)
        work.know()
        sick, well = work.world.members(page)
        work.account.fail(f"components/{sick['id']}", 403)
        work.tell(*work.world.set_component(page, sick, OUTAGE))

        await asyncio.gather(*work.tell(*work.world.set_component(page, well, OUTAGE)))

        assert work.catalog.of(ObjectKind.COMPONENT, well["id"]) == well


async def test_what_port_did_not_take_is_read_and_brought_again() -> None:
    async with live() as work:
        page = work.world.page(components=2)
        work.know()
        work.catalog.failures = 2

        requests = await work.tell_and_wait(*outage(work, page, 2))

        assert requests == 3
        assert_true(work.catalog, work.account, work.told)


async def test_what_port_never_took_is_no_answer_to_a_later_event(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with live() as work:
        page = work.world.page(components=2)
        work.know()
        events = outage(work, page, 2)
        work.catalog.failures = 1 + len(AGAIN_AFTER)
        await work.tell_and_wait(*events)
        assert caplog.text.count("left to the next resync") == 1

        await work.tell_and_wait(*events)

        assert_true(work.catalog, work.account, work.told)


async def test_a_deletion_that_port_did_not_take_is_brought_again() -> None:
    async with live() as work:
        page = work.world.page()
        work.know()
        [event] = outage(work, page)
        await work.tell_and_wait(event)
        work.world.delete_incident(page, page.incidents[0])
        work.catalog.failures = 1

        await work.tell_and_wait({**event, "incident": {"id": event["incident"]["id"]}})

        assert work.catalog.of(ObjectKind.INCIDENT, event["incident"]["id"]) is None
        assert not any(kind is ObjectKind.INCIDENT_UPDATE for kind, _ in work.catalog.objects)


async def fill_the_window(work: Live, page: Page) -> None:
    """Send what a resync may send at once."""
    await asyncio.gather(*(work.client.incident(page.raw["id"], "any") for _ in range(QUOTA)))


async def test_an_event_uses_the_reserve_while_a_resync_holds_the_rest() -> None:
    async with live(reserve=6) as work:
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
    async with live() as work:
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


async def test_a_page_that_is_not_ours_takes_nothing() -> None:
    async with live() as work:
        work.world.page()
        work.know()

        for event in (incident("notours", "inc1"), component("notours", "comp1")):
            assert await work.tell_and_wait(event) == 0


async def test_closing_finishes_what_is_under_way() -> None:
    async with live() as work:
        page = work.world.page(components=2)
        work.know()
        events = outage(work, page)
        work.tell(*events)

        began = now()
        await work.worker.close()

        assert now() - began < AT_THE_END
        assert_true(work.catalog, work.account, work.told)


async def test_closing_does_not_wait_for_what_takes_long(caplog: pytest.LogCaptureFixture) -> None:
    async with live() as work:
        page = work.world.page(components=2)
        work.know()
        work.network.latency = 60
        work.tell(*outage(work, page))

        began = now()
        await work.worker.close()

        assert now() - began == pytest.approx(AT_THE_END)
        assert "Stopped with 3 live events open" in caplog.text


def incident(page_id: str, incident_id: str) -> Raw:
    return {"page": {"id": page_id}, "incident": {"id": incident_id}}


def component(page_id: str, component_id: str) -> Raw:
    return {"page": {"id": page_id}, "component_update": {"component_id": component_id}}


async def test_what_is_gone_is_asked_for_once_and_then_not_for_a_while() -> None:
    async with live() as work:
        page = work.world.page()
        work.know()
        event = incident(page.raw["id"], "gone")

        # The incident, and the list that it is not in.
        assert [await work.tell_and_wait(event) for _ in range(3)] == [2, 0, 0]

        await asyncio.sleep(NOT_FOUND_FOR)
        assert await work.tell_and_wait(event) == 2


async def test_a_moment_of_404_deletes_nothing_and_the_event_is_brought_in_the_end() -> None:
    async with live() as work:
        page = work.world.page(components=2)
        work.resynced()
        [event] = outage(work, page, 0)
        await work.tell_and_wait(event)
        before = copy.deepcopy(work.catalog.objects)
        changed = work.world.update_incident(page, page.incidents[0], "identified", {})
        work.account.fail("/v1/pages/", 404)

        waiting = work.tell(*changed)
        await asyncio.sleep(10)
        assert work.catalog.objects == before

        work.account.heal()
        await asyncio.wait(waiting)
        assert_true(work.catalog, work.account, work.told)


async def test_an_object_that_the_list_still_shows_is_not_gone() -> None:
    async with live() as work:
        page = work.world.page(components=2)
        work.resynced()
        row = work.world.members(page)[0]
        work.account.fail("/incidents/", 404)
        work.account.fail(f"/components/{row['id']}", 404)

        await work.tell_and_wait(
            *outage(work, page, 0), *work.world.set_component(page, row, OUTAGE)
        )

        assert_true(work.catalog, work.account, work.told)


async def test_what_is_as_it_was_published_last_is_not_published_again() -> None:
    async with live() as work:
        page = work.world.page(components=8)
        work.know()
        events = [outage(work, page, 1)[0] for _ in range(5)]
        await work.tell_and_wait(*events)
        written = len(work.catalog.published)

        # Nothing is known of their state, so they are read.
        assert await work.tell_and_wait(
            *(incident(page.raw["id"], one["incident"]["id"]) for one in events)
        )

        assert len(work.catalog.published) == written


async def test_what_a_resync_may_have_written_since_is_published_again() -> None:
    async with live() as work:
        page = work.world.page()
        work.know()
        [event] = outage(work, page, 0)
        await work.tell_and_wait(event)
        with work.catalog.resync():
            pass

        await work.tell_and_wait(incident(page.raw["id"], event["incident"]["id"]))

        assert len(work.catalog.published) == 2


async def test_of_a_page_the_status_alone_is_written() -> None:
    async with live() as work:
        page = work.world.page(components=1)
        work.resynced()
        work.catalog.objects[ObjectKind.PAGE, page.raw["id"]]["name"] = "Brought by another process"

        await work.tell_and_wait(*outage(work, page, 1))

        written = work.catalog.of(ObjectKind.PAGE, page.raw["id"])
        assert written is not None
        assert written["name"] == "Brought by another process"
        assert written["__status"] == work.world.status(page)
