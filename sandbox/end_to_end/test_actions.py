"""What is started in the catalog is on the status page, and back in the catalog when it ends."""

from collections.abc import Iterator
from typing import Any

import pytest

from end_to_end.company import LARGE, SMALL, component_id
from end_to_end.listening import listening
from end_to_end.loop import Loop, Run, eventually
from launcher.integration import CONFIG

POST = r"POST /v1/pages/\w+/incidents$"
ENDS = r"PATCH /v1/actions/runs/r_\w+$"


@pytest.fixture(scope="module")
def listener(shared: Loop) -> Iterator[Run]:
    # The server here has no limit, and the tests do more in a minute than a key may.
    with listening(shared, **{f"{CONFIG}REQUESTS_PER_MINUTE": "600"}) as run:
        yield run


@pytest.fixture
def acting(loop: Loop, listener: Run) -> Loop:
    """The loop with an integration that carries actions out."""
    assert listener.process.status is None
    return loop


def ended(loop: Loop, run_id: str) -> dict[str, Any]:
    assert eventually(lambda: loop.catalog.action_run(run_id)["status"] != "IN_PROGRESS")
    return loop.catalog.action_run(run_id)


def done(loop: Loop, action: str, properties: dict[str, Any], entity: str | None = None) -> str:
    """Carry an action out that has to succeed; return what it made or changed."""
    run = ended(loop, loop.catalog.act(action, properties, entity))
    assert run["status"] == "SUCCESS", loop.catalog.log_of(run["id"])
    # The catalog has it by then: nobody has to wait.
    loop.assert_in_step()
    return str(run["externalRunId"])


def open_incident(loop: Loop, **properties: Any) -> str:
    given = {"page": SMALL, "name": "Labels do not print", **properties}
    return done(loop, "statuspage_create_incident", given)


def incident(loop: Loop, incident_id: str) -> dict[str, Any]:
    [found] = [one for one in loop.statuspage.incidents(SMALL) if one["id"] == incident_id]
    return found


def test_an_incident_is_opened_updated_resolved_and_explained(acting: Loop) -> None:
    hit = component_id(SMALL, 1)
    made = open_incident(acting, components=[hit], componentStatus="major_outage")
    assert incident(acting, made)["components"][0]["status"] == "major_outage"

    done(acting, "statuspage_update_incident", {"body": "Better.", "status": "monitoring"}, made)
    assert incident(acting, made)["status"] == "monitoring"
    [update, *_] = incident(acting, made)["incident_updates"]
    done(acting, "statuspage_edit_update", {"body": "Much better."}, update["id"])
    assert incident(acting, made)["incident_updates"][0]["body"] == "Much better."
    done(acting, "statuspage_resolve_incident", {"body": "It is over."}, made)
    found = incident(acting, made)
    assert (found["status"], found["components"][0]["status"]) == ("resolved", "operational")
    done(acting, "statuspage_write_postmortem", {"body": "It was"}, made)
    done(acting, "statuspage_publish_postmortem", {"body": "It was the printer."}, made)
    assert incident(acting, made)["postmortem_body"] == "It was the printer."


def test_a_maintenance_is_announced_begun_ended_and_another_one_cancelled(acting: Loop) -> None:
    planned = {
        "page": SMALL,
        "name": "New printers",
        "scheduledFor": "2027-05-01T22:00:00Z",
        "durationMinutes": 90,
        "components": [component_id(SMALL, 2)],
    }
    made = done(acting, "statuspage_schedule_maintenance", planned)
    done(acting, "statuspage_start_maintenance", {}, made)
    assert incident(acting, made)["components"][0]["status"] == "under_maintenance"
    done(acting, "statuspage_complete_maintenance", {}, made)
    assert incident(acting, made)["status"] == "completed"
    other = done(acting, "statuspage_schedule_maintenance", planned)
    done(acting, "statuspage_cancel_maintenance", {}, other)
    assert other not in {one["id"] for one in acting.statuspage.incidents(SMALL)}


def test_a_component_gets_a_status(acting: Loop) -> None:
    done(
        acting,
        "statuspage_set_component_status",
        {"status": "partial_outage"},
        component_id(SMALL, 3),
    )


def test_what_cannot_be_done_fails_with_a_sentence(acting: Loop) -> None:
    given = {"page": SMALL, "name": "Labels", "components": [component_id(LARGE, 0)]}
    run = acting.catalog.act("statuspage_create_incident", given)

    assert ended(acting, run)["status"] == "FAILURE"
    assert acting.catalog.log_of(run)[-1]


def test_an_end_that_port_does_not_take_is_told_again(acting: Loop) -> None:
    # The first one says that the run is worked on.
    failure = acting.in_front_of_port.fail(ENDS, 503, after=1, times=2)

    open_incident(acting)

    assert len(failure.hits) == 2


def test_a_run_that_another_process_has_is_left_to_it(acting: Loop) -> None:
    acting.in_front_of_server.restore()
    failure = acting.in_front_of_port.fail(r"PATCH /v1/actions/runs/ack", 409)
    run = acting.catalog.act("statuspage_create_incident", {"page": SMALL, "name": "Theirs"})

    assert eventually(lambda: len(failure.hits) == 1)
    assert acting.catalog.action_run(run)["status"] == "IN_PROGRESS"
    assert acting.in_front_of_server.count(POST) == 0


def test_an_answer_that_is_lost_opens_no_second_incident(acting: Loop) -> None:
    before = len(acting.statuspage.incidents(SMALL))
    acting.in_front_of_server.cut(POST)

    open_incident(acting, name="Its answer is lost")

    assert len(acting.statuspage.incidents(SMALL)) == before + 1


def test_many_at_once_are_each_done_once(acting: Loop) -> None:
    names = {f"Number {number}" for number in range(8)}
    runs = [
        acting.catalog.act("statuspage_create_incident", {"page": SMALL, "name": name})
        for name in sorted(names)
    ]

    assert {ended(acting, run)["status"] for run in runs} == {"SUCCESS"}
    made = [one["name"] for one in acting.statuspage.incidents(SMALL) if one["name"] in names]
    assert sorted(made) == sorted(names)
    assert eventually(acting.in_step)
