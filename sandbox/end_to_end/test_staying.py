"""An integration that stays while what it talks to goes down and comes back."""

from end_to_end.company import LARGE, component_id, incident_id
from end_to_end.loop import Loop, eventually
from launcher.integration import INSTALLATION

UPSERT = "POST /v1/blueprints/statuspageIncident/entities/bulk"
RESYNC_REQUESTS = f"GET /v1/integration/{INSTALLATION}/resync-request"


def test_a_sandbox_and_a_server_that_restart_are_found_again(loop: Loop) -> None:
    with loop.stay() as run:
        assert run.next_resync().state == "completed"
        loop.stack.sandbox.kill()
        loop.stack.server.kill()
        asked = loop.in_front_of_port.count(RESYNC_REQUESTS)
        # It has noticed.
        assert eventually(lambda: loop.in_front_of_port.count(RESYNC_REQUESTS) > asked + 1)
        loop.stack.sandbox.restart()
        loop.stack.server.restart()
        loop.statuspage.change_component(LARGE, component_id(LARGE, 6), name="After the break")
        loop.statuspage.delete_incident(LARGE, incident_id(LARGE, 40))
        loop.catalog.ask_for_resync(INSTALLATION)

        assert run.next_resync().state == "completed"
        loop.assert_in_step()


def test_a_sandbox_that_restarts_in_the_middle_loses_nothing(loop: Loop) -> None:
    before = loop.catalog.identifiers()
    for number in range(50, 75):
        loop.statuspage.change_incident(LARGE, incident_id(LARGE, number), name=f"New {number}")
    loop.statuspage.delete_incident(LARGE, incident_id(LARGE, 41))
    held = loop.in_front_of_port.hold(UPSERT)
    with loop.stay() as run:
        held.wait()
        loop.stack.sandbox.kill()
        held.release()
        loop.stack.sandbox.restart()

        result = run.next_resync()
        # Whether Ocean's patience lasts until the sandbox is back depends on the machine.
        if result.state != "completed":
            assert before == loop.catalog.identifiers()
            loop.catalog.ask_for_resync(INSTALLATION)
            assert run.next_resync().state == "completed"
        loop.assert_in_step()


def test_killed_and_started_again_it_takes_up_its_work(loop: Loop) -> None:
    with loop.stay() as run:
        run.next_resync()
        run.process.kill()
    loop.statuspage.change_incident(LARGE, incident_id(LARGE, 45), name="Meanwhile")
    with loop.stay() as run:
        assert run.next_resync().state == "completed"
        loop.assert_in_step()
