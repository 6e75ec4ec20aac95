"""What the updates of incidents tell about the changes of a component."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from statuspage.cli.status_history import status_changes

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("code"), inner),
    max_leaves=4,
)
UP, SLOW, DOWN = "operational", "degraded_performance", "major_outage"


def incident(*told: tuple[str, str, str], **others: Any) -> dict[str, Any]:
    updates = [
        {
            "created_at": f"2026-09-14T{at}:00Z",
            "affected_components": [{"code": "c", "old_status": old, "new_status": new}],
        }
        for at, old, new in reversed(told)
    ]
    return {"id": "i", "incident_updates": updates, **others}


def changes(*incidents: dict[str, Any]) -> list[str]:
    found = status_changes(incidents, "c")
    return [f"{one.changed_at[11:16]} {one.previous_status} {one.new_status}" for one in found]


def test_changes_of_several_incidents_stand_in_the_order_of_their_times() -> None:
    first = incident(("07:00", UP, SLOW), ("09:00", DOWN, UP))
    second = incident(("08:00", SLOW, DOWN))

    assert changes(first, second) == [
        f"09:00 {DOWN} {UP}",
        f"08:00 {SLOW} {DOWN}",
        f"07:00 {UP} {SLOW}",
    ]


def test_an_update_that_leaves_a_component_as_it_is_is_no_change() -> None:
    assert changes(incident(("07:00", UP, DOWN), ("08:00", DOWN, DOWN))) == [f"07:00 {UP} {DOWN}"]


def test_a_change_that_was_made_just_before_its_update_is_seen_by_what_was_before() -> None:
    first = incident(("07:00", UP, DOWN), ("08:00", UP, UP))

    assert changes(first) == [f"08:00 {DOWN} {UP}", f"07:00 {UP} {DOWN}"]


def test_the_time_that_is_shown_counts_before_that_of_writing() -> None:
    backdated = incident(("09:00", UP, DOWN))
    backdated["incident_updates"][0]["display_at"] = "2026-09-14T06:00:00+02:00"

    (change,) = status_changes([backdated], "c")

    assert change.changed_at == "2026-09-14T06:00:00+02:00"


@given(ODD, ODD, ODD, ODD)
def test_no_odd_object_makes_it_fail(metadata: Any, updates: Any, affected: Any, at: Any) -> None:
    odd = {"metadata": metadata, "incident_updates": updates}
    half_odd = {
        "metadata": {"statuspage_client": metadata},
        "incident_updates": [
            {"created_at": at, "body": at, "affected_components": affected},
            {
                "created_at": at,
                "affected_components": [{"code": "c", "old_status": at, "new_status": affected}],
            },
        ],
    }

    for change in status_changes([odd, half_odd], "c"):
        assert all(isinstance(value, str) for value in change.raw().values())
