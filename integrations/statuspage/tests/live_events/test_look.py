"""What a look at a page asks for, and what it brings."""

from typing import Any

import pytest

from kinds import ObjectKind
from live_events.hints import Hint, Subject, hint_of
from live_events.look import Found, look
from resync.knowledge import Knowledge
from statuspage import Raw
from tests.account import Account, Page
from tests.virtual_time import now

from .world import GOOD, Network, World

OUTAGE = "major_outage"


class Looking:
    """A world, and what this process knows of it."""

    def __init__(self) -> None:
        self.account = Account(now)
        self.world = World(self.account)
        self.network = Network(self.account)
        self.client = self.network.client()
        self.knowledge = Knowledge()

    async def look(self, page: Page, *events: Raw) -> Found:
        """Look at what webhooks tell, and check that the requests are counted as they are."""
        return await self.look_at(page, *(hint for one in events if (hint := hint_of(one))))

    async def look_at(self, page: Page, *hints: Hint) -> Found:
        """Look at what hints tell."""
        self.knowledge.learn_pages([page.raw], now())
        before = len(self.account.counted)
        found = Found(page.raw)
        await look(self.client, self.knowledge, found, hints)
        assert found.requests == len(self.account.counted) - before
        return found

    def asked(self) -> list[str]:
        """Return what was asked of the manage API since the last time, without the page."""
        asked, self.account.counted = self.account.counted, []
        return [address.split("/", 4)[-1].partition("?")[0] for address in asked]


@pytest.fixture
async def looking() -> Looking:
    """A world."""
    return Looking()


def component(page: Page, object_id: str) -> Hint:
    """Return a hint about a component."""
    return Hint(page.raw["id"], Subject.COMPONENT, object_id)


def incident(page: Page, object_id: str) -> Hint:
    """Return a hint about an incident."""
    return Hint(page.raw["id"], Subject.INCIDENT, object_id)


async def test_an_incident_takes_one_request_and_brings_its_components_groups_and_page(
    looking: Looking,
) -> None:
    page = looking.world.page(groups=2, components=4)
    first, second, *_ = looking.world.members(page)
    event, *_ = looking.world.open_incident(
        page, "investigating", {first["id"]: OUTAGE, second["id"]: "degraded_performance"}
    )

    found = await looking.look(page, event)

    assert looking.asked() == [f"incidents/{event['incident']['id']}"]
    assert found.incidents == {event["incident"]["id"]: page.incidents[0]}
    assert found.components == {first["id"]: first, second["id"]: second}
    assert {group["id"]: group["__status"] for group in found.groups} == {
        first["group_id"]: OUTAGE,
        second["group_id"]: "degraded_performance",
    }
    assert found.page_now == {**page.raw, "__status": looking.world.status(page)}


async def test_a_component_of_a_public_page_takes_one_request_whatever_the_size(
    looking: Looking,
) -> None:
    for size in (2, 250):
        page = looking.world.page(groups=1, components=size)
        row = looking.world.members(page)[0]

        found = await looking.look(page, *looking.world.set_component(page, row, OUTAGE))

        assert looking.asked() == [f"components/{row['id']}"]
        assert found.components == {row["id"]: row}
        assert [group["__status"] for group in found.groups] == [OUTAGE]
        assert found.page_now == {**page.raw, "__status": looking.world.status(page)}


async def test_a_component_of_a_private_page_takes_the_one_list_that_shows_its_group_and_page(
    looking: Looking,
) -> None:
    page = looking.world.page(groups=1, components=3, viewers_must_be_team_members=True)
    row = looking.world.members(page)[0]

    found = await looking.look(page, *looking.world.set_component(page, row, OUTAGE))

    assert looking.asked() == ["components"]
    assert found.components == {row["id"]: row}
    assert [group["__status"] for group in found.groups] == [OUTAGE]
    assert found.page_now == {**page.raw, "__status": looking.world.status(page)}
    assert looking.account.public == []


async def test_a_burst_on_a_private_page_takes_the_incident_and_the_list(looking: Looking) -> None:
    page = looking.world.page(groups=1, components=3, viewers_must_be_team_members=True)
    rows = looking.world.members(page)
    events = looking.world.open_incident(page, "identified", {row["id"]: OUTAGE for row in rows})

    found = await looking.look(page, *events)

    assert looking.asked() == [f"incidents/{page.incidents[0]['id']}", "components"]
    assert found.page_now == {**page.raw, "__status": looking.world.status(page)}


async def test_a_component_of_a_private_page_with_long_lists_is_asked_for_alone(
    looking: Looking,
) -> None:
    page = looking.world.page(components=150, viewers_must_be_team_members=True)
    looking.knowledge.rows[page.raw["id"]] = 150
    row = looking.world.members(page)[0]

    found = await looking.look(page, *looking.world.set_component(page, row, OUTAGE))

    assert looking.asked() == [f"components/{row['id']}"]
    assert found.page_now is None


async def test_many_incidents_are_read_from_the_lists(looking: Looking) -> None:
    page = looking.world.page()
    events = [looking.world.open_incident(page, "investigating", {})[0] for _ in range(20)]

    found = await looking.look(page, *events)

    assert looking.asked() == ["incidents", "incidents/unresolved"]
    assert found.incidents == {one["id"]: one for one in page.incidents}


async def test_what_changed_lately_is_brought_too_when_lists_are_read(looking: Looking) -> None:
    page = looking.world.page()
    looking.account.add_incident(page)
    events = [looking.world.open_incident(page, "investigating", {})[0] for _ in range(5)]

    found = await looking.look(page, *events[:4])

    assert set(found.incidents) == {one["incident"]["id"] for one in events}


async def test_what_the_lists_do_not_show_is_left_for_another_look(looking: Looking) -> None:
    page = looking.world.page()
    hints = [incident(page, f"unknown{number}") for number in range(9)]

    found = await looking.look_at(page, *hints)

    assert found.requests == 5
    assert len(found.incidents) == 3
    assert found.left == hints[3:]


async def test_a_flood_of_incidents_that_no_list_shows_takes_the_lists_and_no_more(
    looking: Looking,
) -> None:
    page = looking.world.page()
    hints = [incident(page, f"unknown{number}") for number in range(50)]

    found = await looking.look_at(page, *hints)

    assert looking.asked() == ["incidents", "incidents/unresolved"]
    assert (found.incidents, found.left) == ({}, [])


async def test_many_components_are_read_from_the_list(looking: Looking) -> None:
    page = looking.world.page(components=20)
    rows = looking.world.members(page)[:5]
    events = [one for row in rows for one in looking.world.set_component(page, row, OUTAGE)]
    looking.knowledge.rows[page.raw["id"]] = 20

    found = await looking.look(page, *events)

    assert looking.asked() == ["components"]
    assert {row["id"] for row in rows} <= set(found.components)


async def test_what_is_gone_is_found_gone(looking: Looking) -> None:
    page = looking.world.page()

    found = await looking.look_at(page, incident(page, "inc"), component(page, "comp"))

    assert (found.incidents, found.components) == ({"inc": None}, {"comp": None})


async def test_one_object_that_cannot_be_read_costs_the_others_nothing(looking: Looking) -> None:
    page = looking.world.page(components=2)
    sick, well = looking.world.members(page)
    looking.account.fail(sick["id"], 403)

    found = await looking.look_at(page, component(page, sick["id"]), component(page, well["id"]))

    assert found.components == {well["id"]: well}
    assert [hint.id for hint in found.failed] == [sick["id"]]


async def test_a_public_view_that_does_not_show_the_change_yet_is_not_believed(
    looking: Looking,
) -> None:
    page = looking.world.page(groups=1, components=2)
    row = looking.world.members(page)[0]
    await looking.client.summary(page.raw)

    found = await looking.look(page, *looking.world.set_component(page, row, OUTAGE))

    assert found.unsettled == frozenset({row["group_id"]})
    assert (found.groups, found.page_now) == ([], None)


async def test_a_public_view_is_not_believed_before_it_shows_what_was_read_of_others(
    looking: Looking,
) -> None:
    page = looking.world.page(groups=1, components=2)
    changed, other = looking.world.members(page)
    await looking.client.summary(page.raw)
    looking.world.set_component(page, changed, OUTAGE)
    looking.knowledge.newest.note(ObjectKind.COMPONENT, changed["id"], dict(changed), now())

    found = await looking.look_at(page, component(page, other["id"]))

    assert (found.groups, found.page_now) == ([], None)


async def test_a_public_view_that_is_newer_than_what_was_read_is_believed(looking: Looking) -> None:
    page = looking.world.page(components=2)
    changed, other = looking.world.members(page)
    seen: dict[str, Any] = dict(changed) | {"updated_at": "2026-01-01T00:00:00Z"}
    looking.knowledge.newest.note(ObjectKind.COMPONENT, changed["id"], seen, now())
    looking.world.set_component(page, changed, OUTAGE)

    found = await looking.look_at(page, component(page, other["id"]))

    assert found.page_now == {**page.raw, "__status": looking.world.status(page)}


async def test_without_a_public_view_the_list_tells_groups_and_page(looking: Looking) -> None:
    page = looking.world.page(groups=1, components=5)
    looking.account.fail("summary", 503)
    rows = looking.world.members(page)
    events = [one for row in rows for one in looking.world.set_component(page, row, OUTAGE)]
    looking.knowledge.rows[page.raw["id"]] = 6

    found = await looking.look(page, *events)

    assert [group["__status"] for group in found.groups] == [OUTAGE]
    assert found.page_now == {**page.raw, "__status": looking.world.status(page)}


async def test_without_any_view_the_page_is_looked_at_again(looking: Looking) -> None:
    page = looking.world.page(groups=1, components=2)
    looking.account.fail("summary", 503)
    row = looking.world.members(page)[0]

    found = await looking.look(page, *looking.world.set_component(page, row, OUTAGE))

    assert found.unsettled == frozenset({row["group_id"]})


async def test_a_recovery_is_shown_as_well(looking: Looking) -> None:
    page = looking.world.page(groups=1, components=2, viewers_must_be_team_members=True)
    row = looking.world.members(page)[0]
    looking.world.set_component(page, row, OUTAGE)

    found = await looking.look(page, *looking.world.set_component(page, row, GOOD))

    assert [group["__status"] for group in found.groups] == [GOOD]
