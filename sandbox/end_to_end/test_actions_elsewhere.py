"""Actions in a process that does nothing else, and in one that is stopped in the middle."""

from end_to_end.company import SMALL
from end_to_end.loop import Loop, eventually

POST = r"POST /v1/pages/\w+/incidents$"
OUTAGE = {"page": SMALL, "name": "Labels do not print"}


def test_a_process_for_actions_alone_brings_what_it_does_into_the_catalog(loop: Loop) -> None:
    with loop.only_actions():
        run = loop.catalog.act("statuspage_create_incident", OUTAGE)
        assert eventually(lambda: loop.catalog.action_run(run)["status"] == "SUCCESS")
        loop.assert_in_step()


def test_one_that_is_told_to_stop_leaves_no_run_in_progress(loop: Loop) -> None:
    held = loop.in_front_of_server.hold(POST)
    with loop.only_actions() as actions:
        run = loop.catalog.act("statuspage_create_incident", OUTAGE)
        held.wait()
        actions.process.request_stop()
        assert eventually(lambda: loop.catalog.action_run(run)["status"] == "FAILURE")
        held.release()
    assert "look at the page whether it was done" in loop.catalog.log_of(run)[-1]


def test_one_that_is_killed_opens_no_second_incident_when_it_starts_again(loop: Loop) -> None:
    with loop.only_actions() as actions:
        held = loop.in_front_of_server.hold(POST)
        killed = loop.catalog.act("statuspage_create_incident", {**OUTAGE, "name": "Once"})
        held.wait()
        actions.process.request_kill()
        held.release()
    with loop.only_actions():
        run = loop.catalog.act("statuspage_create_incident", {**OUTAGE, "name": "The next one"})
        assert eventually(lambda: loop.catalog.action_run(run)["status"] == "SUCCESS")
    assert [one["name"] for one in loop.statuspage.incidents(SMALL)].count("Once") == 1
    # Nobody can be sure yet that no other process works on it.
    assert loop.catalog.action_run(killed)["status"] == "IN_PROGRESS"
