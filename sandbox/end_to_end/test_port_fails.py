"""Port fails in the middle of a resync: what it repeats, what it tells, and that it heals."""

from itertools import cycle
from pathlib import Path

from end_to_end.company import LARGE, SMALL, component_id, incident_id
from end_to_end.loop import Loop
from launcher.integration import INSTALLATION

SIGN_IN = "POST /v1/auth/access_token"
UPSERT = "POST /v1/blueprints/statuspageIncident/entities/bulk"
SEARCH = "POST /v1/entities/search"
OWNED = "POST /v1/blueprints/entities/datasource-entities"
DELETE = "POST /v1/blueprints/statuspageIncident/bulk/entities/delete"
EVERYWHERE = (
    SIGN_IN,
    f"GET /v1/integration/{INSTALLATION}",
    f"PATCH /v1/integration/{INSTALLATION}/resync-state",
    "GET /v1/blueprints/statuspageIncident$",
    SEARCH,
    UPSERT,
    OWNED,
    DELETE,
)


def test_a_port_that_is_busy_for_a_moment_everywhere_fails_nothing(loop: Loop) -> None:
    deleted = incident_id(LARGE, 77)
    loop.statuspage.change_component(LARGE, component_id(LARGE, 1), name="Renamed meanwhile")
    loop.statuspage.open_incident(SMALL, name="Meanwhile", body="We look into it.")
    loop.statuspage.delete_incident(LARGE, deleted)
    busy = [
        loop.in_front_of_port.fail(path, status, retry_after="1")
        for path, status in zip(EVERYWHERE, cycle((429, 503)), strict=False)
    ]

    outcome = loop.resync()

    assert outcome.why_it_failed is None
    assert [len(one.hits) for one in busy] == [1] * len(EVERYWHERE)
    loop.assert_in_step()
    assert deleted not in loop.catalog.entities()["statuspageIncident"]


def test_a_port_that_breaks_at_the_sign_in_is_told_and_nothing_changes(loop: Loop) -> None:
    before = loop.catalog.entities()
    loop.in_front_of_port.fail(SIGN_IN, 500)

    with loop.once() as run:
        outcome = run.end()
        assert run.process.status != 0

    assert outcome.resync.kinds == []
    assert loop.catalog.entities() == before
    loop.in_front_of_port.restore()
    assert loop.resync().why_it_failed is None


def test_a_comparison_that_breaks_is_made_up_for_by_writing(loop: Loop) -> None:
    loop.statuspage.change_incident(LARGE, incident_id(LARGE, 70), name="Renamed")
    loop.in_front_of_port.fail(SEARCH, 500, times=None)

    outcome = loop.resync()

    assert outcome.why_it_failed is None
    loop.assert_in_step()


def test_entities_that_port_could_not_take_are_told_kept_and_taken_by_the_next_resync(
    loop: Loop,
) -> None:
    before = loop.catalog.identifiers()
    for number in range(71, 74):
        loop.statuspage.change_incident(LARGE, incident_id(LARGE, number), name=f"New {number}")
    loop.in_front_of_port.fail(UPSERT, 500, times=None)

    outcome = loop.resync()

    assert outcome.why_it_failed == "Port refused 3 entities: 3 incident."
    assert loop.catalog.identifiers() == before
    assert not loop.in_step()
    loop.in_front_of_port.restore()
    assert loop.resync().why_it_failed is None
    loop.assert_in_step()


def test_what_port_refuses_is_counted_and_what_is_sent_beside_it_arrives(
    in_step: Path, tmp_path: Path
) -> None:
    refused, taken = component_id(LARGE, 2), component_id(LARGE, 3)
    with Loop(tmp_path / "loop", in_step) as loop:
        loop.catalog.allow_only("statuspageComponent", "status", ["operational"])
        loop.statuspage.change_component(LARGE, refused, status="major_outage")
        loop.statuspage.change_component(LARGE, taken, name="Renamed beside it")

        outcome = loop.resync()

        components = loop.catalog.entities()["statuspageComponent"]
        assert components[refused]["properties"]["status"] == "operational"
        assert components[taken]["title"] == "Renamed beside it"
        assert outcome.why_it_failed == "Port refused 1 entity: 1 component."


def test_without_a_list_of_what_it_owns_nothing_is_deleted(loop: Loop) -> None:
    before = loop.catalog.identifiers()
    loop.statuspage.delete_incident(LARGE, incident_id(LARGE, 75))
    loop.in_front_of_port.fail(OWNED, 500, times=None)

    outcome = loop.resync()

    assert outcome.resync.state == "failed"
    assert loop.catalog.identifiers() == before


def test_what_could_not_be_deleted_is_deleted_by_the_next_resync(loop: Loop) -> None:
    deleted = incident_id(LARGE, 76)
    loop.statuspage.delete_incident(LARGE, deleted)
    loop.in_front_of_port.fail(DELETE, 500, times=None)

    loop.resync()

    assert deleted in loop.catalog.entities()["statuspageIncident"]
    loop.in_front_of_port.restore()
    assert loop.resync().why_it_failed is None
    loop.assert_in_step()
