"""What monitors report: one open incident for a component."""

from collections import deque
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage import Incidents, StatuspageClient
from statuspage.drafts import COMPONENT_STATUSES
from statuspage.writing.marks import marked, requested_by
from statuspage.writing.reporting import Outcome, Report, report
from tests.fake_statuspage import client_of
from tests.statuspage.writing.store import Store, Trouble
from tests.virtual_time import run


def said(status: str, component: str = "api", **more: Any) -> Report:
    return Report(component_id=component, status=status, name=f"{component} is disrupted", **more)


async def outcome(page: StatuspageClient, *reports: Report) -> list[str]:
    return [(await report(page, "abc", one)).outcome for one in reports]


async def test_the_same_report_twice_opens_one_incident(
    store: Store, page: StatuspageClient
) -> None:
    outcomes = await outcome(page, said("partial_outage"), said("partial_outage"))

    assert outcomes == ["opened", "unchanged"]
    assert len(store.incidents) == 1
    assert store.statuses["api"] == "partial_outage"


async def test_a_worse_status_is_an_update(store: Store, page: StatuspageClient) -> None:
    outcomes = await outcome(
        page, said("degraded_performance"), said("Major Outage", comment="It is down.")
    )

    assert outcomes == ["opened", "worse"]
    [incident] = store.incidents.values()
    assert [update["body"] for update in incident["incident_updates"]] == ["It is down.", ""]
    assert store.statuses["api"] == "major_outage"


async def test_a_better_status_changes_nothing_until_all_is_well(
    store: Store, page: StatuspageClient
) -> None:
    outcomes = await outcome(
        page, said("major_outage"), said("degraded_performance"), said("operational")
    )

    assert outcomes == ["opened", "unchanged", "resolved"]
    assert store.statuses["api"] == "operational"


async def test_a_component_that_is_well_needs_no_incident(
    store: Store, page: StatuspageClient
) -> None:
    assert await outcome(page, said("operational")) == [Outcome.UNCHANGED]
    assert store.incidents == {}


async def test_after_it_was_resolved_the_next_report_opens_another(
    store: Store, page: StatuspageClient
) -> None:
    outcomes = await outcome(page, said("major_outage"), said("operational"), said("major_outage"))

    assert outcomes == ["opened", "resolved", "opened"]


async def test_each_component_has_an_incident_of_its_own(
    store: Store, page: StatuspageClient
) -> None:
    await outcome(page, said("major_outage", "api"), said("major_outage", "shop"))

    assert len(store.incidents) == 2


async def test_who_asked_for_each_status_is_kept(store: Store, page: StatuspageClient) -> None:
    await outcome(
        page,
        said("degraded_performance", requested_by="datadog"),
        said("major_outage", requested_by="pingdom"),
        said("operational"),
    )

    [incident] = store.incidents.values()
    told = {status: requested_by(incident, status) for status in COMPONENT_STATUSES}
    assert {status: by for status, by in told.items() if by} == {
        "degraded_performance": "datadog",
        "major_outage": "pingdom",
    }


async def test_twins_are_one_before_they_are_resolved(store: Store, page: StatuspageClient) -> None:
    for _ in range(2):
        await Incidents(page, "abc").create(marked(said("major_outage").draft(), "component api"))

    assert await outcome(page, said("operational")) == ["resolved"]
    assert [one["status"] for one in store.incidents.values()] == ["resolved"]


@pytest.mark.parametrize("updates", [None, [], [{"affected_components": None}]])
async def test_where_no_update_tells_the_status_the_component_does(
    store: Store, page: StatuspageClient, updates: Any
) -> None:
    await outcome(page, said("partial_outage"))
    [incident] = store.incidents.values()
    incident["incident_updates"] = updates

    assert await outcome(page, said("partial_outage")) == ["unchanged"]


@given(
    st.lists(st.sampled_from(COMPONENT_STATUSES), max_size=6),
    st.lists(st.sampled_from(Trouble), max_size=8),
)
@settings(max_examples=40)
def test_however_often_it_is_called_at_most_one_is_open(
    statuses: list[str], troubles: list[Trouble]
) -> None:
    store = Store("api")
    store.troubles = deque(troubles)

    for status in statuses:
        run(report(client_of(store), "abc", said(status)))
        is_open = [one for one in store.incidents.values() if one["status"] != "resolved"]
        assert len(is_open) == (status != "operational")
