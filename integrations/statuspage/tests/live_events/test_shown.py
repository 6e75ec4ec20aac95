"""What the public view shows as a whole is taken from there; what it lacks is looked for once."""

from dataclasses import replace

import pytest

from kinds import ObjectKind
from live_events.notification import Notification
from live_events.public_view import remember
from publishing.cache import Cached
from statuspage import PageStatus, Summary
from statuspage import Reading as Read
from tests.account import Page
from tests.virtual_time import now

from .test_refetch import (
    OUTAGE,
    Reading,
    component,
    components,
    groups,
    incident,
    incidents,
    reading,
)

__all__ = ["reading"]


def shown(page: Page, object_id: str) -> Notification:
    return replace(component(page, object_id), shown=True)


async def test_a_component_that_the_view_shows_costs_no_counted_request(reading: Reading) -> None:
    page = reading.world.page(groups=1, components=3)
    row = reading.world.members(page)[0]
    reading.world.set_component(page, row, OUTAGE)
    row["name"] = "Renamed"

    found = await reading.read_again(page, shown(page, row["id"]))

    assert reading.asked() == []
    assert components(found) == {row["id"]: row}
    assert [group["__status"] for group in groups(found).values()] == [OUTAGE]


async def test_a_component_that_was_read_later_than_it_is_shown_stays(reading: Reading) -> None:
    page = reading.world.page(components=1)
    [row] = reading.world.members(page)
    newer = {**row, "status": OUTAGE, "updated_at": "2027-01-01T00:00:00Z"}
    reading.cache.put((ObjectKind.COMPONENT, row["id"]), Cached(newer, now()))

    found = await reading.read_again(page, shown(page, row["id"]))

    assert reading.asked() == []
    assert components(found) == {}


async def test_of_two_states_within_a_second_the_api_tells_the_newer(reading: Reading) -> None:
    page = reading.world.page(components=1)
    [row] = reading.world.members(page)
    other = {**row, "status": OUTAGE}
    reading.cache.put((ObjectKind.COMPONENT, row["id"]), Cached(other, now()))

    found = await reading.read_again(page, shown(page, row["id"]))

    assert reading.asked() == [f"components/{row['id']}"]
    assert components(found) == {row["id"]: row}


async def test_a_component_that_is_no_longer_shown_when_it_is_taken_is_read(
    reading: Reading,
) -> None:
    page = reading.world.page(components=3)
    row = reading.world.members(page)[0]
    reading.world.delete_component(page, row)

    found = await reading.read_again(page, shown(page, row["id"]))

    # Nothing proves yet that it is gone, so the list is read.
    assert reading.asked() == [f"components/{row['id']}", "components"]
    assert components(found) == {row["id"]: None}


async def test_what_neither_the_view_nor_the_api_shows_is_gone_after_one_request(
    reading: Reading,
) -> None:
    page = reading.world.page(groups=1, components=3)
    row, group = reading.world.members(page)[0], page.groups[0]["id"]
    opened = reading.world.open_incident(page, "investigating", {})[0]["incident"]["id"]
    reading.world.delete_component(page, row)
    reading.world.delete_incident(page, page.incidents[0])
    page.groups.clear()
    gone = [
        component(page, row["id"]),
        incident(page, opened),
        Notification(page.raw["id"], ObjectKind.COMPONENT_GROUP, group),
    ]

    found = await reading.read_again(page, *(replace(one, unseen=True) for one in gone))

    assert len(reading.asked()) == 3
    assert components(found) == {row["id"]: None}
    assert incidents(found) == {opened: None}
    assert found.found(0.0).of(ObjectKind.COMPONENT_GROUP)[group] is None


async def test_what_the_view_hides_and_the_api_shows_stays(reading: Reading) -> None:
    page = reading.world.page(groups=1, components=2)
    row, group = reading.world.members(page)[0], page.groups[0]["id"]
    hidden = [
        replace(component(page, row["id"]), unseen=True),
        Notification(page.raw["id"], ObjectKind.COMPONENT_GROUP, group, unseen=True),
    ]

    found = await reading.read_again(page, *hidden)

    assert components(found) == {row["id"]: row}
    assert found.found(0.0).gone(ObjectKind.COMPONENT_GROUP) == []


async def test_a_page_that_changed_is_read_as_a_whole(reading: Reading) -> None:
    page = reading.world.page(components=1)
    before, page.raw = dict(page.raw), {**page.raw, "name": "Renamed"}
    told = Notification(page.raw["id"], ObjectKind.PAGE, page.raw["id"], whole=True)
    page_before = replace(page, raw=before)

    found = (await reading.read_again(page_before, told)).found(0.0)

    assert len(reading.account.counted) == 1
    assert found.whole_page
    assert found.known(ObjectKind.PAGE)[0]["name"] == "Renamed"


async def test_an_older_copy_of_a_view_does_not_take_the_place_of_a_newer_one(
    reading: Reading,
) -> None:
    status = PageStatus("none", "All Systems Operational")
    newer, older = (
        Read(Summary(status, [], {"updated_at": f"2026-09-01T00:00:0{second}Z"}), 0.0)
        for second in (2, 1)
    )
    remember(reading.known, "page1", newer)

    assert remember(reading.known, "page1", older) is newer.content


@pytest.mark.parametrize("first", [True, False])
def test_a_component_that_a_webhook_tells_of_as_well_is_read(*, first: bool) -> None:
    told = Notification("page1", ObjectKind.COMPONENT, "c1", OUTAGE)
    watched = Notification("page1", ObjectKind.COMPONENT, "c1", shown=True)
    both = told.and_also(watched) if first else watched.and_also(told)

    assert not both.shown
    assert both.status is None
