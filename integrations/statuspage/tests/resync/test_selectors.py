"""Scopes and ages: which of a page's incidents are read."""

from datetime import UTC, datetime, timedelta

import pytest

from resync.streams import Incidents, IncidentUpdates, days_ago, moment
from statuspage import Collection
from tests.account import SCOPES, Account, Page

from .reading import by_id, items_of, lists, read, snapshot_of

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
FINISHED = ["resolved", "postmortem", "completed"]
OPEN = ["investigating", "identified", "monitoring", "scheduled", "in_progress", "verifying"]
SCOPED = ["unresolved", "scheduled", "upcoming", "active_maintenance"]


def one_of_each_status(account: Account) -> Page:
    """Add a page with an incident in every status."""
    page = account.add_page()
    for status in [*OPEN, *FINISHED]:
        account.add_incident(page, status=status)
    return page


@pytest.mark.parametrize("scope", SCOPED)
async def test_a_scope_is_read_from_its_own_list_and_no_other(account: Account, scope: str) -> None:
    page = one_of_each_status(account)

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Incidents(tuple(lists(scope))))

    path = f"incidents/{scope}"
    assert items == [one for one in page.incidents if one["status"] in SCOPES[path]]
    assert account.counted == [
        "/v1/pages",
        f"/v1/pages/{page.raw['id']}/{path}?page=1&per_page=100",
    ]


async def test_several_scopes_bring_each_incident_once(account: Account) -> None:
    page = one_of_each_status(account)

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Incidents(tuple(lists(*SCOPED))))

    assert by_id(items) == by_id(one for one in page.incidents if one["status"] in OPEN)
    assert len(account.counted) == 1 + len(SCOPED)


async def test_several_scopes_bring_each_update_once(account: Account) -> None:
    page = one_of_each_status(account)

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, IncidentUpdates(Incidents(tuple(lists(*SCOPED)))))

    expected = {
        update["id"]
        for one in page.incidents
        if one["status"] in OPEN
        for update in one["incident_updates"]
    }
    assert sorted(item["id"] for item in items) == sorted(expected)


@pytest.mark.parametrize("scopes", [["unresolved", "incidents"], ["incidents", *SCOPED]])
async def test_all_swallows_the_other_scopes(account: Account, scopes: list[str]) -> None:
    page = one_of_each_status(account)

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Incidents(tuple(lists(*scopes))))

    assert items == page.incidents
    assert len(account.counted) == 2


async def test_the_same_scope_twice_is_read_once(account: Account) -> None:
    one_of_each_status(account)

    async with snapshot_of(account) as snapshot:
        await items_of(snapshot, Incidents((Collection.UNRESOLVED,) * 2))

    assert len(account.counted) == 2


async def test_incidents_and_updates_of_the_same_scopes_share_their_requests(
    account: Account,
) -> None:
    one_of_each_status(account)
    wanted = Incidents(tuple(lists("unresolved", "upcoming")))

    async with snapshot_of(account) as snapshot:
        await read(snapshot, {"incident": wanted, "incident_update": IncidentUpdates(wanted)})

    assert len(account.counted) == 1 + 2


@pytest.mark.parametrize("status", FINISHED)
async def test_what_is_over_and_too_old_is_left_out(account: Account, status: str) -> None:
    page = account.add_page()
    account.add_incident(page, status=status, created_at="2026-09-01T08:59:59Z")
    young = account.add_incident(page, status=status, created_at="2026-09-01T09:00:00Z")

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, Incidents(created_after=days_ago(13, NOW)))

    assert items == [young]


@pytest.mark.parametrize("status", OPEN)
async def test_what_is_still_open_is_kept_at_any_age(account: Account, status: str) -> None:
    old = account.add_incident(account.add_page(), status=status, created_at="2019-01-01T00:00:00Z")

    async with snapshot_of(account) as snapshot:
        assert await items_of(snapshot, Incidents(created_after=days_ago(1, NOW))) == [old]


@pytest.mark.parametrize("created", [None, "", "yesterday", 20260101])
async def test_an_incident_of_unknown_age_is_kept(account: Account, created: object) -> None:
    odd = account.add_incident(account.add_page(), created_at=created)

    async with snapshot_of(account) as snapshot:
        assert await items_of(snapshot, Incidents(created_after=days_ago(1, NOW))) == [odd]


async def test_updates_are_left_out_with_their_incident(account: Account) -> None:
    page = account.add_page()
    account.add_incident(page, created_at="2019-01-01T00:00:00Z")
    young = account.add_incident(page, created_at="2026-09-14T00:00:00Z")

    async with snapshot_of(account) as snapshot:
        items = await items_of(snapshot, IncidentUpdates(Incidents(created_after=days_ago(1, NOW))))

    assert {item["incident_id"] for item in items} == {young["id"]}


def test_no_number_of_days_is_no_limit() -> None:
    assert days_ago(None, NOW) is None


def test_days_are_counted_back_from_now() -> None:
    assert days_ago(13, NOW) == NOW - timedelta(hours=13 * 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-14T09:00:00Z", NOW),
        ("2026-09-14T09:00:00.000Z", NOW),
        ("2026-09-14T02:00:00.000-07:00", NOW),
        ("", None),
        ("soon", None),
        (None, None),
        (12, None),
    ],
)
def test_a_timestamp_is_read_in_every_form_the_api_sends(
    text: object, expected: datetime | None
) -> None:
    assert moment(text) == expected
