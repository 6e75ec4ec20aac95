"""Statuspage fails in the middle of a resync: nothing is lost, nothing is deleted."""

import pytest

from end_to_end.company import LARGE, NEWEST, component_id, incident_id
from end_to_end.loop import Loop

SECOND_PAGE = rf"GET /v1/pages/{LARGE}/incidents\?page=2&"


@pytest.mark.parametrize(
    ("number", "status", "retry_after"),
    [
        pytest.param(20, 403, None, id="refused"),
        # More than the integration waits for.
        pytest.param(21, 503, "86400", id="down-for-a-day"),
    ],
)
def test_a_page_of_results_that_cannot_be_read_deletes_nothing(
    loop: Loop, number: int, status: int, retry_after: str | None
) -> None:
    before = loop.catalog.identifiers()
    loop.statuspage.change_component(LARGE, component_id(LARGE, 4), name=f"New name {number}")
    loop.statuspage.delete_incident(LARGE, incident_id(LARGE, number))
    loop.in_front_of_server.fail(SECOND_PAGE, status, retry_after=retry_after, times=None)

    outcome = loop.resync()

    assert outcome.resync.state == "failed"
    states = {kind.name: kind.state for kind in outcome.resync.kinds}
    assert states.pop("incident") == states.pop("incident_update") == "failed"
    assert set(states.values()) == {"completed"}
    assert str(outcome.why_it_failed).startswith(
        "incident, incident_update could not be read as a whole: "
        f"1 page could not be read, nothing is deleted: [{LARGE}] "
    )
    # What could be read has arrived, and all that was there still is.
    entities = loop.catalog.entities()
    assert loop.catalog.identifiers() == before
    renamed = entities["statuspageComponent"][component_id(LARGE, 4)]
    assert renamed["title"] == f"New name {number}"

    loop.in_front_of_server.restore()
    assert loop.resync().why_it_failed is None
    loop.assert_in_step()
    assert len(before - loop.catalog.identifiers()) == 2


def test_a_key_that_is_refused_deletes_nothing_and_is_told(loop: Loop) -> None:
    before = loop.catalog.entities()
    loop.in_front_of_server.fail("GET /v1/pages$", 401, times=None)

    outcome = loop.resync()

    assert outcome.resync.state == "failed"
    assert "check statuspageApiKey" in str(outcome.why_it_failed)
    assert loop.catalog.entities() == before
    assert loop.in_front_of_server.count("GET /v1/pages$") == 1


def test_after_a_420_nothing_is_asked_until_its_time_is_over_and_nothing_is_lost(
    loop: Loop,
) -> None:
    loop.statuspage.change_incident(LARGE, incident_id(LARGE, NEWEST), body="Still looking.")
    refused = loop.in_front_of_server.fail(SECOND_PAGE, 420, retry_after="2")

    outcome = loop.resync()

    assert outcome.why_it_failed is None
    loop.assert_in_step()
    assert len(refused.hits) == 1
    after = [
        one.at - refused.hits[0]
        for one in loop.in_front_of_server.requests
        if one.at > refused.hits[0] and one.name.startswith("GET /v1/")
    ]
    assert loop.in_front_of_server.count(SECOND_PAGE) == 2
    # What was under way when the answer came cannot be taken back.
    assert [late for late in after if 0.5 < late < 1.9] == []


def test_errors_that_pass_are_over_within_the_resync(loop: Loop) -> None:
    loop.statuspage.change_incident(
        LARGE, incident_id(LARGE, NEWEST - 1), body="Looking at it again."
    )
    failed = loop.in_front_of_server.fail(SECOND_PAGE, 500)
    cut = loop.in_front_of_server.cut(rf"GET /v1/pages/{LARGE}/components\?page=1&", times=2)
    busy = loop.in_front_of_server.fail("component-groups", 429, retry_after="1", times=2)

    outcome = loop.resync()

    assert [len(one.hits) for one in (failed, cut, busy)] == [1, 2, 2]
    assert outcome.why_it_failed is None
    loop.assert_in_step()


def test_a_server_that_restarts_in_the_middle_fails_nothing(loop: Loop) -> None:
    loop.statuspage.change_component(LARGE, component_id(LARGE, 5), status="partial_outage")
    held = loop.in_front_of_server.hold(SECOND_PAGE)
    with loop.once() as run:
        held.wait()
        loop.stack.server.kill()
        held.release()
        loop.stack.server.start()
        outcome = run.end()
        loop.stack.server.wait_until_ready()

    assert loop.in_front_of_server.count(SECOND_PAGE) > 1
    assert outcome.why_it_failed is None
    loop.assert_in_step()
