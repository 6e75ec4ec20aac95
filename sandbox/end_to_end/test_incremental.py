"""An incremental sync reads little, brings what changed and leaves the rest alone."""

from datetime import UTC, datetime, timedelta

from end_to_end.company import LARGE, NEWEST, SMALL, component_id, incident_id
from end_to_end.loop import Loop
from launcher.integration import INSTALLATION

COUNTED = "GET /v1/"
KINDS = ("statuspage", "component_group", "component", "incident", "incident_update")


def test_what_changed_arrives_with_few_requests_and_history_is_left_alone(loop: Loop) -> None:
    server, before = loop.statuspage, loop.catalog.entities()
    server.change_component(SMALL, component_id(SMALL, 1), status="degraded_performance")
    # Both were open: one is over now, the other is gone.
    server.change_incident(LARGE, incident_id(LARGE, NEWEST), status="resolved", body="It is over.")
    server.delete_incident(SMALL, incident_id(SMALL, 10))
    opened = server.open_incident(SMALL, name="Out of ink", status="identified", body="Soon.")

    with loop.incremental() as run:
        run.end()

    loop.assert_in_step()
    after = loop.catalog.entities()
    assert (
        after["statuspageIncident"][incident_id(LARGE, NEWEST)]["properties"]["status"]
        == "resolved"
    )
    written = {
        identifier
        for identifier, one in after["statuspageIncident"].items()
        if one != before["statuspageIncident"].get(identifier)
    }
    assert written == {incident_id(LARGE, NEWEST), opened}
    # One for the pages, and one for each incident: components are taken from the public view.
    assert loop.in_front_of_server.count(COUNTED) == 1 + 3


def test_where_nothing_has_happened_nothing_is_asked_that_counts(loop: Loop) -> None:
    before = loop.catalog.entities()
    # As if the last sync had been long behind the last change.
    later = datetime.now(UTC) + timedelta(hours=1)
    loop.catalog.say_last_synced(INSTALLATION, KINDS, later)
    loop.in_front_of_server.restore()

    with loop.incremental() as run:
        run.end()

    assert loop.in_front_of_server.count(COUNTED) == 0
    pages = len(loop.statuspage.pages())
    assert loop.in_front_of_server.count("/api/v2/summary") == pages
    assert loop.catalog.entities() == before
    assert run.said(f"Nothing has happened on {pages} pages")


def test_one_that_fails_deletes_nothing_and_the_next_one_makes_up_for_it(loop: Loop) -> None:
    loop.catalog.say_last_synced(INSTALLATION, KINDS, datetime.now(UTC))
    before = loop.catalog.identifiers()
    opened = loop.statuspage.open_incident(SMALL, name="Slow", body="We look into it.")
    loop.in_front_of_server.fail(f"GET /v1/pages/{SMALL}/incidents", 403, times=None)
    with loop.incremental() as run:
        run.end()
    assert loop.catalog.identifiers() == before
    loop.in_front_of_server.restore()

    with loop.incremental() as run:
        run.end()

    assert opened in loop.catalog.entities()["statuspageIncident"]
    loop.assert_in_step()
