"""What a resync brings, and what it leaves alone."""

from collections.abc import Mapping
from math import floor
from typing import Any

from end_to_end.catalog import BLUEPRINTS, Entity
from end_to_end.company import LARGE, SMALL, component_id, incident_id
from end_to_end.loop import Loop

# Fewer than eleven of these are there, and those Ocean writes every time.
FEW = {"statuspage", "statuspageComponentGroup"}


def least_requests(loop: Loop) -> int:
    """Return how many counted requests bring everything, as docs/quota.md beside it says."""
    return 1 + sum(
        floor(len(groups) / 100 + 1)
        + floor((len(components) + len(groups)) / 100 + 1)
        + floor(len(incidents) / 100 + 1)
        for page in loop.statuspage.pages()
        for groups, components, incidents in [
            (
                loop.statuspage.groups(page["id"]),
                loop.statuspage.components(page["id"]),
                loop.statuspage.incidents(page["id"]),
            )
        ]
    )


def without_moments(entities: Mapping[str, Mapping[str, Entity]]) -> dict[str, Any]:
    """Return what entities say, without when and by whom they were written."""
    left_out = {"updatedAt", "updatedBy"}
    return {
        blueprint: {
            identifier: {name: value for name, value in one.items() if name not in left_out}
            for identifier, one in found.items()
        }
        for blueprint, found in entities.items()
    }


def touched(
    before: Mapping[str, Mapping[str, Entity]], after: Mapping[str, Mapping[str, Entity]]
) -> set[str]:
    """Return what was written between two looks, of the kinds with more than ten entities."""
    return {
        identifier
        for blueprint, found in after.items()
        if blueprint not in FEW
        for identifier, one in found.items()
        if before[blueprint].get(identifier, {}).get("updatedAt") != one["updatedAt"]
    }


def test_the_first_resync_brings_everything_with_the_least_requests(first: Loop) -> None:
    with first as loop:
        outcome = loop.resync()

        assert outcome.why_it_failed is None
        loop.assert_in_step()
        assert len(loop.catalog.entities()["statuspageIncident"]) == 131 + 11
        assert loop.in_front_of_server.count("GET /v1/") == least_requests(loop) == 11


def test_a_resync_without_changes_writes_nothing(loop: Loop) -> None:
    before = loop.catalog.entities()

    outcome = loop.resync()

    assert outcome.why_it_failed is None
    after = loop.catalog.entities()
    assert without_moments(after) == without_moments(before)
    assert touched(before, after) == set()
    for blueprint in BLUEPRINTS:
        written = loop.in_front_of_port.count(f"POST /v1/blueprints/{blueprint}/entities/bulk")
        assert (written > 0) == (blueprint in FEW), blueprint


def test_what_changed_arrives_and_the_rest_is_left_alone(loop: Loop) -> None:
    before = loop.catalog.entities()
    server = loop.statuspage
    server.change_component(LARGE, component_id(LARGE, 3), status="major_outage", name="Renamed")
    server.change_component(SMALL, component_id(SMALL, 2), group_id="null")
    server.change_incident(SMALL, incident_id(SMALL, 10), status="resolved", body="It is over.")
    added = server.add_component(SMALL, name="New here", status="operational")
    opened = server.open_incident(
        LARGE,
        name="Out of paper",
        status="identified",
        component_ids=[component_id(LARGE, 1)],
        components={component_id(LARGE, 1): "partial_outage"},
        body="More is on its way.",
    )

    outcome = loop.resync()

    assert outcome.why_it_failed is None
    loop.assert_in_step()
    after = loop.catalog.entities()
    assert after["statuspageIncident"][opened]["relations"] == {
        "components": [component_id(LARGE, 1)],
        "statuspage": LARGE,
    }
    updates = after["statuspageIncidentUpdate"].keys() - before["statuspageIncidentUpdate"].keys()
    assert len(updates) == 2
    assert touched(before, after) == {
        component_id(LARGE, 1),
        component_id(LARGE, 3),
        component_id(SMALL, 2),
        incident_id(SMALL, 10),
        added,
        opened,
        *updates,
    }


def test_what_was_removed_is_deleted_and_nothing_else(loop: Loop) -> None:
    last = component_id(LARGE, 11)
    before = set(loop.catalog.identifiers())
    loop.statuspage.delete_component(LARGE, last)
    loop.statuspage.delete_incident(LARGE, incident_id(LARGE, 50))

    outcome = loop.resync()

    assert outcome.why_it_failed is None
    loop.assert_in_step()
    assert before - set(loop.catalog.identifiers()) == {
        ("statuspageComponent", last),
        ("statuspageIncident", incident_id(LARGE, 50)),
        ("statuspageIncidentUpdate", f"{LARGE[:5]}upda050"),
    }
    assert outcome.resync.deleted == 3
