"""An incremental sync finds whatever changed, in whatever order incidents are listed.

A page without a public view tells it by its lists, any other one by what it shows.
"""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resync.changes import ChangedIncidents, ChangedIncidentUpdates
from resync.errors import ResyncIncomplete
from resync.streams import Incidents, days_ago
from tests.account import Account
from tests.virtual_time import run

from .histories import (
    CURSOR,
    EVENTS,
    ORDERS,
    PRIVATE,
    Event,
    History,
    add_old,
    before,
    changes_of,
    open_in_port_of,
    play,
    since,
)
from .reading import by_id, contents, items_of, lists, snapshot_of


@settings(max_examples=150)
@given(
    events=EVENTS,
    old=st.integers(0, 20) | st.sampled_from([99, 100, 101, 230]),
    order=st.sampled_from(list(ORDERS)),
    seed=st.integers(0, 2**16),
    private=st.booleans(),
    held=st.booleans(),
)
def test_what_changed_or_ended_or_is_new_is_found_in_any_order_for_no_more_than_a_full_resync(
    events: list[Event], old: int, order: str, seed: int, *, private: bool, held: bool
) -> None:
    account = Account()
    history = History(account.add_page(**(PRIVATE if private else {})))
    add_old(account, history, old)
    for number, event in enumerate(events):
        play(account, history, event, number)
    page = history.page
    page.incidents[:] = ORDERS[order](page.incidents, random.Random(seed))

    async def check() -> None:
        async with snapshot_of(account) as snapshot:
            count = len(page.incidents) if held else None
            changes = changes_of(snapshot, open_in_port_of(history), count)
            result = await changes.of(page.raw, CURSOR)
        found = {incident.content["id"] for incident in result.incidents}
        if held or not private:
            assert len(account.counted) <= len(page.incidents) // 100 + 1 + (0 if private else 2)
        assert found >= history.changed
        assert set(result.gone) == history.gone
        assert len(result.gone) == len(set(result.gone))
        assert not found & history.quiet
        assert by_id(contents(result.incidents)) == by_id(
            incident for incident in page.incidents if incident["id"] in found
        )

    run(check())


def _history(
    account: Account, old: int, order: str = "newest first", *, ended: bool = True
) -> History:
    """Return a page with an incident that goes on, a new one and an old maintenance that ended."""
    history = History(account.add_page(**PRIVATE))
    add_old(account, history, old)
    fates = [("incident", "updated"), ("incident", "new and over"), ("maintenance", "over")]
    for number, (kind, fate) in enumerate(fates if ended else fates[:2]):
        play(account, history, Event(kind, fate, age=800, stage=1, at=60), number)
    history.page.incidents[:] = ORDERS[order](history.page.incidents, random.Random(1))
    return history


async def _requests(history: History, account: Account) -> list[str]:
    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(history))
        result = await changes.of(history.page.raw, CURSOR)
    assert {incident.content["id"] for incident in result.incidents} == history.changed
    return [path.partition("incidents")[2].partition("?")[0] for path in account.counted]


@pytest.mark.parametrize("order", ["newest first", "last updated first"])
@pytest.mark.parametrize("old", [1_000, 5_000])
async def test_the_number_of_old_incidents_does_not_change_the_cost(
    account: Account, old: int, order: str
) -> None:
    history = _history(account, old, order, ended=False)

    requests = await _requests(history, account)

    assert requests == ["", "/unresolved", "/scheduled"]


@pytest.mark.parametrize("old", [1_000, 5_000])
async def test_an_old_incident_that_ended_costs_one_more_request_in_any_history(
    account: Account, old: int
) -> None:
    history = _history(account, old)

    requests = await _requests(history, account)

    assert requests[:3] == ["", "/unresolved", "/scheduled"]
    assert len(requests) == 4


async def test_an_order_that_proves_nothing_is_read_to_its_end_and_told(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    history = _history(account, 350, "oldest first")

    requests = await _requests(history, account)

    assert len([path for path in requests if path == ""]) == 4
    assert history.page.raw["id"] in caplog.text
    assert "not listed newest first" in caplog.text


async def test_the_order_that_is_expected_is_nothing_to_warn_of(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    await _requests(_history(account, 350), account)

    assert "WARNING" not in caplog.text


@pytest.mark.parametrize("end", ["resolved", "postmortem", "completed"])
async def test_an_incident_of_months_ago_that_ended_only_now_is_found(
    account: Account, end: str
) -> None:
    history = History(account.add_page())
    late = account.add_incident(
        history.page, created_at=before(days=200), updated_at=since(60), status=end
    )
    add_old(account, history, 300)
    history.open_in_port.add(late["id"])

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(history))
        result = await changes.of(history.page.raw, CURSOR)

    assert contents(result.incidents) == [late]


async def test_an_end_that_left_no_trace_in_the_timestamps_is_found(account: Account) -> None:
    history = History(account.add_page())
    ended = account.add_incident(
        history.page, status="completed", created_at=before(days=3), updated_at=before(days=3)
    )
    history.open_in_port.add(ended["id"])

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(history))
        result = await changes.of(history.page.raw, CURSOR)

    assert contents(result.incidents) == [ended]


async def test_both_kinds_share_the_same_requests(account: Account) -> None:
    history = _history(account, 150)

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(history))
        changed = ChangedIncidents(changes, CURSOR, Incidents())
        incidents = await items_of(snapshot, changed)
        sent = account.counted.copy()
        updates = await items_of(snapshot, ChangedIncidentUpdates(changed))

    assert account.counted == sent
    assert {item["id"] for item in incidents} == history.changed
    assert by_id(updates) == by_id(
        {**update, "__incident": {key: one[key] for key in ("name", "page_id", "impact")}}
        for one in incidents
        for update in one["incident_updates"]
    )


async def test_several_pages_each_bring_their_own_changes(account: Account) -> None:
    histories = [_history(account, 20) for _ in range(3)]

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(*histories))
        items = await items_of(snapshot, ChangedIncidents(changes, CURSOR, Incidents()))

    assert {item["id"] for item in items} == set.union(*(one.changed for one in histories))


@pytest.mark.parametrize("path", ["unresolved", "scheduled", r"incidents\?", "incidents/inc"])
async def test_a_page_that_cannot_be_read_fails_behind_the_others_and_nothing_of_it_is_gone(
    account: Account, path: str
) -> None:
    sound, broken = _history(account, 5), _history(account, 150)
    # What is taken out of every list is asked for by itself.
    broken.open_in_port.add("inc000000999")
    page_id = broken.page.raw["id"]
    account.fail(f"{page_id}.*{path}", 403)

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(sound, broken))
        items: list[dict[str, Any]] = []
        with pytest.raises(ResyncIncomplete) as caught:
            items = await items_of(snapshot, ChangedIncidents(changes, CURSOR, Incidents()))
        with pytest.raises(Exception, match="403"):
            await changes.of(broken.page.raw, CURSOR)

    assert list(caught.value.failures) == [page_id]
    assert items == []


async def test_a_finished_incident_outside_the_scopes_is_delivered_only_if_port_holds_it_open(
    account: Account,
) -> None:
    history = History(account.add_page())
    ended = account.add_incident(history.page, created_at=before(days=9), updated_at=since(5))
    account.add_incident(history.page, created_at=since(1), updated_at=since(5))
    history.open_in_port.add(ended["id"])

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(history))
        wanted = Incidents(tuple(lists("unresolved")))
        items = await items_of(snapshot, ChangedIncidents(changes, CURSOR, wanted))

    assert items == [ended]


async def test_what_is_too_old_for_the_user_is_left_out(account: Account) -> None:
    history = History(account.add_page())
    account.add_incident(history.page, created_at=before(days=90), updated_at=since(5))

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, open_in_port_of(history))
        wanted = Incidents(created_after=days_ago(30, CURSOR))
        items = await items_of(snapshot, ChangedIncidents(changes, CURSOR, wanted))

    assert items == []


async def test_clocks_that_differ_by_minutes_lose_nothing(account: Account) -> None:
    history = History(account.add_page())
    near = account.add_incident(history.page, created_at=since(-240), updated_at=since(-240))

    async with snapshot_of(account) as snapshot:
        result = await changes_of(snapshot, {}).of(history.page.raw, CURSOR)

    assert contents(result.incidents) == [near]


async def test_an_account_where_nothing_happened_brings_nothing(account: Account) -> None:
    history = History(account.add_page())
    add_old(account, history, 30)

    async with snapshot_of(account) as snapshot:
        changes = changes_of(snapshot, {})
        items = await items_of(snapshot, ChangedIncidents(changes, CURSOR, Incidents()))

    assert items == []
