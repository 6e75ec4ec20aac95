"""Which incidents are the bridge's, on objects as odd as they come."""

from typing import Any

import pytest
from making import API, NOW, alert, decided

from statuspage_bridge.core.published import next_mark, opening_mark, ours

MARK = "Automated.\n\N{THUNDER CLOUD AND RAIN}"


def old(updates: Any, **fields: Any) -> dict[str, Any]:
    """Return an incident as Pagerstatus opened it."""
    given = {"id": "i1", "created_at": "2026-03-01T11:50:00Z", "status": "investigating"}
    return given | {"incident_updates": updates} | fields


def update(affected: Any, body: Any = MARK) -> dict[str, Any]:
    return {"body": body, "affected_components": affected, "status": "investigating"}


ONE = {"code": API, "name": "API", "old_status": "operational", "new_status": "partial_outage"}


def test_c2_7_an_incident_with_the_mark_in_its_oldest_update_is_ours() -> None:
    (found,) = ours([old([update([ONE])])])

    assert (found.components, found.is_taken_over) == ({API: "partial_outage"}, False)


def test_w2_g_where_no_update_tells_it_the_component_is_that_of_the_incident() -> None:
    rows = [{"id": API, "status": "partial_outage"}]

    assert [set(one.components) for one in ours([old([update(None)], components=rows)])] == [{API}]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        old(None),
        old([]),
        old([update(None)]),
        old([update([None, {"code": None}])]),
        old([update([ONE, ONE | {"code": "c1cart00000a"}])]),
        old([update([ONE], body=None)]),
        old([update([ONE])], created_at=None),
        old([update([ONE])], id=7),
        old([update([ONE], body=MARK), update([ONE], body="By a person")]),
        old(None, metadata={"statuspage_bridge": "odd"}),
        old(None, metadata={"statuspage_bridge": {"components": 7}}),
        old(None, metadata={"statuspage_bridge": {"components": {}}}),
    ],
)
def test_w2_g_nothing_else_is(odd: dict[str, Any]) -> None:
    assert ours([odd]) == []


def test_w2_h_what_pagerstatus_opened_is_a_persons_once_they_wrote_to_it() -> None:
    said = update([ONE], body="It is the database.")

    assert [one.is_taken_over for one in ours([old([said, update([ONE])])])] == [True]


def opened(**fields: Any) -> dict[str, Any]:
    """Return an incident as the bridge opened it."""
    told = decided(alert())
    mark = opening_mark(told, NOW, name="Errors", status="investigating")
    given = {"name": "Errors", "metadata": mark, "impact_override": told.impact}
    return old([update([ONE])]) | given | fields


def test_what_the_bridge_opened_is_known_with_all_that_it_told() -> None:
    (found,) = ours([opened()])

    assert (found.components, found.impact) == ({API: "partial_outage"}, "minor")
    assert (found.begun_at, found.is_taken_over) == (NOW, False)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Orders fail"},
        {"status": "monitoring"},
        {"impact_override": "critical"},
        {"impact_override": None},
        {"incident_updates": [update([ONE]), update([ONE])]},
    ],
)
def test_what_a_person_changed_is_theirs(change: dict[str, Any]) -> None:
    assert [one.is_taken_over for one in ours([opened(**change)])] == [True]


def test_a_postmortem_takes_nothing_over() -> None:
    begun = opened()
    resolving = decided(incidents=ours([begun]))
    closing = next_mark(begun, resolving, status="resolved")
    updates = [{"status": "postmortem"}, {"status": "resolved"}, update([ONE])]
    over = begun | {"status": "postmortem", "metadata": closing, "incident_updates": updates}

    (found,) = ours([over])

    assert (found.is_over, found.is_taken_over, found.begun_at) == (True, False, NOW)
