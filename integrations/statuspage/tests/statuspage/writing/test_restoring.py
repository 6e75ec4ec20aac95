"""Which components get well when an incident is over."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.drafts import COMPONENT_STATUSES
from statuspage.records import is_maintenance
from statuspage.writing.restoring import restored


def told(*entries: tuple[str, str | None, str | None]) -> dict[str, Any]:
    """An update that gave statuses: component, from what, to what."""
    return {
        "affected_components": [
            {"code": code, "name": code.upper(), "old_status": old, "new_status": new}
            for code, old, new in entries
        ]
    }


def incident(*updates: dict[str, Any], id_: str = "one", **now: str) -> dict[str, Any]:
    """An incident with its updates, the newest first, and the components as they are now."""
    rows = [{"id": component_id, "status": status} for component_id, status in now.items()]
    return {
        "id": id_,
        "status": "monitoring",
        "incident_updates": list(updates),
        "components": rows,
    }


OUTAGE = told(("api", "operational", "major_outage"))


def test_what_it_changed_becomes_operational() -> None:
    assert restored(incident(OUTAGE, api="major_outage"), []) == {"api": "operational"}


def test_what_is_well_already_is_left_alone() -> None:
    assert restored(incident(OUTAGE, api="operational"), []) == {}


def test_what_was_only_affected_is_left_alone() -> None:
    """A later update repeats every component that is affected, also those never given a status."""
    repeated = told(("api", "degraded_performance", "degraded_performance"))

    assert restored(incident(repeated, {}, api="degraded_performance"), []) == {}


def test_what_was_given_the_status_that_it_had_belongs_to_the_incident() -> None:
    given_again = told(("api", "major_outage", "major_outage"))

    assert restored(incident(given_again, api="major_outage"), []) == {"api": "operational"}


def test_what_the_incident_itself_had_set_back_is_not_set_back_again() -> None:
    """Whatever is wrong with it now came from elsewhere: also when it is resolved a second time."""
    back = told(("api", "major_outage", "operational"))

    assert restored(incident(back, OUTAGE, api="partial_outage"), []) == {}


def test_a_maintenance_that_is_over_sets_nothing_back_that_it_did_not_tell() -> None:
    one = incident(api="under_maintenance") | {"status": "completed"}

    assert restored(one, []) == {}


def test_what_it_changed_in_several_updates_counts() -> None:
    later = told(("api", "major_outage", "partial_outage"), ("shop", "operational", "major_outage"))
    one = incident(later, OUTAGE, api="partial_outage", shop="major_outage")

    assert restored(one, []) == {"api": "operational", "shop": "operational"}


@pytest.mark.parametrize(
    "other",
    [
        incident(OUTAGE, id_="two", api="major_outage"),
        incident({"affected_components": None}, id_="two", api="major_outage"),
        incident(told(("api", "operational", "under_maintenance")), id_="two"),
    ],
)
def test_what_another_one_needs_stays(other: dict[str, Any]) -> None:
    one = incident(OUTAGE, api="major_outage", shop="operational")

    assert restored(one, [one, other]) == {}


def test_what_another_one_told_to_be_well_is_not_needed_by_it() -> None:
    recovered = told(("api", "major_outage", "operational"))
    other = incident(recovered, OUTAGE, id_="two", api="major_outage")

    assert restored(incident(OUTAGE, api="major_outage"), [other]) == {"api": "operational"}


def test_a_component_that_was_taken_away_is_not_written_to() -> None:
    assert restored(incident(OUTAGE, shop="operational"), []) == {}


def test_where_the_components_are_not_told_what_was_changed_is_set_back() -> None:
    one: dict[str, Any] = {"id": "one", "incident_updates": [OUTAGE]}

    assert restored(one, []) == {"api": "operational"}


def test_a_maintenance_sets_back_what_it_changed_without_a_word() -> None:
    one = incident(api="under_maintenance", shop="major_outage") | {"scheduled_for": "2026"}

    assert restored(one, []) == {"api": "operational"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"status": "investigating", "impact": "maintenance"}, False),
        ({"status": "in_progress"}, True),
        ({"status": "odd", "scheduled_for": "2026-09-14T12:00:00Z"}, True),
        ({"scheduled_for": None}, False),
    ],
)
def test_a_maintenance_is_known_by_its_time_or_status(said: Any, expected: bool) -> None:  # noqa: FBT001
    assert is_maintenance(said) is expected


ODD: st.SearchStrategy[Any] = (
    st.none() | st.integers() | st.text(max_size=3) | st.just([None]) | st.just([{}])
)
STATUSES = st.sampled_from([*COMPONENT_STATUSES, "", "unheard_of"])
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["api", "shop"]) | st.none(),
        "old_status": STATUSES | st.none(),
        "new_status": STATUSES | st.none(),
    },
)
UPDATES = st.fixed_dictionaries({}, optional={"affected_components": ODD | st.lists(ENTRIES)})
ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["api", "shop"])}, optional={"status": STATUSES | st.none()}
    )
)
INCIDENTS = st.fixed_dictionaries(
    {"id": st.sampled_from(["one", "two"])},
    optional={
        "status": st.sampled_from(["monitoring", "in_progress", "odd"]),
        "incident_updates": ODD | st.lists(UPDATES, max_size=3),
        "components": ODD | ROWS,
    },
)


@given(INCIDENTS, st.lists(INCIDENTS, max_size=2))
def test_whatever_the_answers_hold_known_components_become_operational_and_nothing_else(
    one: dict[str, Any], others: list[dict[str, Any]]
) -> None:
    back = restored(one, others)

    assert back.items() <= {"api": "operational", "shop": "operational"}.items()
