"""What a look at a page asks for, and what it brings."""

from typing import Any

import pytest

from kinds import ObjectKind
from live_events.notification import Notification, notification_of
from live_events.refetch import Refetched, refetch
from publishing.cache import Cache, Cached
from resync.known_pages import KnownPages
from statuspage import Collection, Raw
from tests.account import Account, Page
from tests.network import Network
from tests.virtual_time import now

from .world import GOOD, World

OUTAGE = "major_outage"


class Reading:
    """A world, and what this process knows of it."""

    def __init__(self) -> None:
        self.account = Account(now)
        self.world = World(self.account)
        self.network = Network(self.account)
        self.client = self.network.client()
        self.known = KnownPages()
        self.cache = Cache()

    async def read(self, page: Page, *events: Raw) -> Refetched:
        """Read what webhooks tell of."""
        told = (notification_of(one) for one in events)
        return await self.read_again(page, *(one for one in told if one is not None))

    async def read_again(self, page: Page, *notifications: Notification) -> Refetched:
        return await refetch(self.client, self.known, self.cache, page.raw, notifications)

    def asked(self) -> list[str]:
        """Return what was asked of the manage API since the last time, without the page."""
        asked, self.account.counted = self.account.counted, []
        return [address.split("/", 4)[-1].partition("?")[0] for address in asked]


@pytest.fixture
async def reading() -> Reading:
    """A world."""
    return Reading()


def incidents(read: Refetched) -> dict[str, Raw | None]:
    return read.found(0.0).of(ObjectKind.INCIDENT)


def components(read: Refetched) -> dict[str, Raw | None]:
    return read.found(0.0).of(ObjectKind.COMPONENT)


def groups(read: Refetched) -> dict[str, Raw]:
    found = read.found(0.0).of(ObjectKind.COMPONENT_GROUP)
    return {id_: raw for id_, raw in found.items() if raw is not None}


def status(read: Refetched) -> Raw | None:
    """Return what was found to stand at the page's top."""
    [page] = read.found(0.0).known(ObjectKind.PAGE) or [{}]
    return page.get("__status")


def component(page: Page, object_id: str) -> Notification:
    return Notification(page.raw["id"], ObjectKind.COMPONENT, object_id)


def incident(page: Page, object_id: str) -> Notification:
    return Notification(page.raw["id"], ObjectKind.INCIDENT, object_id)


async def test_an_incident_takes_one_request_and_brings_its_components_groups_and_page(
    reading: Reading,
) -> None:
    page = reading.world.page(groups=2, components=4)
    first, second, *_ = reading.world.members(page)
    event, *_ = reading.world.open_incident(
        page, "investigating", {first["id"]: OUTAGE, second["id"]: "degraded_performance"}
    )

    found = await reading.read(page, event)

    assert reading.asked() == [f"incidents/{event['incident']['id']}"]
    assert incidents(found) == {event["incident"]["id"]: page.incidents[0]}
    assert components(found) == {first["id"]: first, second["id"]: second}
    assert {group["id"]: group["__status"] for group in groups(found).values()} == {
        first["group_id"]: OUTAGE,
        second["group_id"]: "degraded_performance",
    }
    assert status(found) == reading.world.status(page)


async def test_a_component_of_a_public_page_takes_one_request_whatever_the_size(
    reading: Reading,
) -> None:
    for size in (2, 250):
        page = reading.world.page(groups=1, components=size)
        row = reading.world.members(page)[0]

        found = await reading.read(page, *reading.world.set_component(page, row, OUTAGE))

        assert reading.asked() == [f"components/{row['id']}"]
        assert components(found) == {row["id"]: row}
        assert [group["__status"] for group in groups(found).values()] == [OUTAGE]
        assert status(found) == reading.world.status(page)


async def test_a_component_of_a_private_page_takes_the_one_list_that_shows_its_group_and_page(
    reading: Reading,
) -> None:
    page = reading.world.page(groups=1, components=3, viewers_must_be_team_members=True)
    row = reading.world.members(page)[0]

    found = await reading.read(page, *reading.world.set_component(page, row, OUTAGE))

    assert reading.asked() == ["components"]
    assert components(found) == {row["id"]: row}
    assert [group["__status"] for group in groups(found).values()] == [OUTAGE]
    assert status(found) == reading.world.status(page)
    assert reading.account.public == []


async def test_a_burst_on_a_private_page_takes_the_incident_and_the_list(reading: Reading) -> None:
    page = reading.world.page(groups=1, components=3, viewers_must_be_team_members=True)
    rows = reading.world.members(page)
    events = reading.world.open_incident(page, "identified", {row["id"]: OUTAGE for row in rows})

    found = await reading.read(page, *events)

    assert reading.asked() == [f"incidents/{page.incidents[0]['id']}", "components"]
    assert status(found) == reading.world.status(page)


async def test_a_component_of_a_private_page_with_long_lists_is_asked_for_alone(
    reading: Reading,
) -> None:
    page = reading.world.page(components=150, viewers_must_be_team_members=True)
    reading.known.rows[page.raw["id"], Collection.COMPONENTS] = 150
    row = reading.world.members(page)[0]

    found = await reading.read(page, *reading.world.set_component(page, row, OUTAGE))

    assert reading.asked() == [f"components/{row['id']}"]
    assert status(found) is None


async def test_many_incidents_are_read_from_the_lists(reading: Reading) -> None:
    page = reading.world.page()
    events = [reading.world.open_incident(page, "investigating", {})[0] for _ in range(20)]

    found = await reading.read(page, *events)

    assert reading.asked() == ["incidents", "incidents/unresolved"]
    assert incidents(found) == {one["id"]: one for one in page.incidents}


async def test_many_components_are_read_from_the_list(reading: Reading) -> None:
    page = reading.world.page(components=20)
    rows = reading.world.members(page)[:5]
    events = [one for row in rows for one in reading.world.set_component(page, row, OUTAGE)]
    reading.known.rows[page.raw["id"], Collection.COMPONENTS] = 20

    found = await reading.read(page, *events)

    assert reading.asked() == ["components"]
    assert {row["id"] for row in rows} <= set(components(found))


async def test_what_is_gone_is_found_gone(reading: Reading) -> None:
    page = reading.world.page()

    found = await reading.read_again(page, incident(page, "inc"), component(page, "comp"))

    assert (incidents(found), components(found)) == ({"inc": None}, {"comp": None})


async def test_one_object_that_cannot_be_read_costs_the_others_nothing(reading: Reading) -> None:
    page = reading.world.page(components=2)
    sick, well = reading.world.members(page)
    reading.account.fail(sick["id"], 403)

    found = await reading.read_again(page, component(page, sick["id"]), component(page, well["id"]))

    assert components(found) == {well["id"]: well}
    assert list(found.failed) == [(ObjectKind.COMPONENT, sick["id"])]


async def test_a_public_view_that_does_not_show_the_change_yet_is_not_believed(
    reading: Reading,
) -> None:
    page = reading.world.page(groups=1, components=2)
    row = reading.world.members(page)[0]
    await reading.client.summary(page.raw)

    found = await reading.read(page, *reading.world.set_component(page, row, OUTAGE))

    assert found.behind == frozenset({row["group_id"]})
    assert (groups(found), status(found)) == ({}, None)


async def test_a_public_view_is_not_believed_before_it_shows_what_was_read_of_others(
    reading: Reading,
) -> None:
    page = reading.world.page(groups=1, components=2)
    changed, other = reading.world.members(page)
    await reading.client.summary(page.raw)
    reading.world.set_component(page, changed, OUTAGE)
    reading.cache.put((ObjectKind.COMPONENT, changed["id"]), Cached(dict(changed), now()))

    found = await reading.read_again(page, component(page, other["id"]))

    assert (groups(found), status(found)) == ({}, None)


async def test_a_public_view_that_is_newer_than_what_was_read_is_believed(reading: Reading) -> None:
    page = reading.world.page(components=2)
    changed, other = reading.world.members(page)
    seen: dict[str, Any] = dict(changed) | {"updated_at": "2026-01-01T00:00:00Z"}
    reading.cache.put((ObjectKind.COMPONENT, changed["id"]), Cached(seen, now()))
    reading.world.set_component(page, changed, OUTAGE)

    found = await reading.read_again(page, component(page, other["id"]))

    assert status(found) == reading.world.status(page)


async def test_without_a_public_view_the_list_tells_groups_and_page(reading: Reading) -> None:
    page = reading.world.page(groups=1, components=5)
    reading.account.fail("summary", 503)
    rows = reading.world.members(page)
    events = [one for row in rows for one in reading.world.set_component(page, row, OUTAGE)]
    reading.known.rows[page.raw["id"], Collection.COMPONENTS] = 6

    found = await reading.read(page, *events)

    assert [group["__status"] for group in groups(found).values()] == [OUTAGE]
    assert status(found) == reading.world.status(page)


async def test_without_any_view_the_page_is_looked_at_again(reading: Reading) -> None:
    page = reading.world.page(groups=1, components=2)
    reading.account.fail("summary", 503)
    row = reading.world.members(page)[0]

    found = await reading.read(page, *reading.world.set_component(page, row, OUTAGE))

    assert found.behind == frozenset({row["group_id"]})


async def test_a_recovery_is_shown_as_well(reading: Reading) -> None:
    page = reading.world.page(groups=1, components=2, viewers_must_be_team_members=True)
    row = reading.world.members(page)[0]
    reading.world.set_component(page, row, OUTAGE)

    found = await reading.read(page, *reading.world.set_component(page, row, GOOD))

    assert [group["__status"] for group in groups(found).values()] == [GOOD]
