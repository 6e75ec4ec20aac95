"""The integration ends in the middle of its work, by force or in order, and is started again."""

import signal

from end_to_end.company import LARGE, SMALL, component_id, incident_id
from end_to_end.loop import PATIENCE, Loop
from launcher.integration import INSTALLATION

UPSERT = "POST /v1/blueprints/statuspageIncident/entities/bulk"
DELETE = "POST /v1/blueprints/.*/bulk/entities/delete"
SECOND_PAGE = rf"GET /v1/pages/{LARGE}/incidents\?page=2&"


def test_killed_during_the_first_resync_the_next_one_brings_everything(first: Loop) -> None:
    with first as loop:
        held = loop.in_front_of_port.hold(UPSERT, after=2)
        with loop.once() as run:
            held.wait()
            run.process.kill()
        before = loop.catalog.identifiers()
        assert len([name for name, _ in before if name == "statuspageComponent"]) > 0
        assert not loop.in_step()
        loop.in_front_of_port.restore()

        assert loop.resync().why_it_failed is None
        loop.assert_in_step()
        assert before <= loop.catalog.identifiers()


def test_killed_while_it_reads_it_has_deleted_nothing(loop: Loop) -> None:
    before = loop.catalog.identifiers()
    loop.statuspage.delete_incident(LARGE, incident_id(LARGE, 30))
    held = loop.in_front_of_server.hold(SECOND_PAGE)
    with loop.once() as run:
        held.wait()
        run.process.kill()

    assert before == loop.catalog.identifiers()
    # The next one starts from the beginning and finishes the work.
    loop.in_front_of_server.restore()
    assert loop.resync().why_it_failed is None
    loop.assert_in_step()


def test_killed_while_it_deletes_the_next_one_deletes_the_rest(loop: Loop) -> None:
    before = loop.catalog.identifiers()
    loop.statuspage.delete_incident(SMALL, incident_id(SMALL, 3))
    loop.statuspage.delete_component(LARGE, component_id(LARGE, 11))
    held = loop.in_front_of_port.hold(DELETE, after=1)
    with loop.once() as run:
        held.wait()
        run.process.kill()

    gone = before - loop.catalog.identifiers()
    loop.in_front_of_port.restore()
    assert loop.resync().why_it_failed is None
    loop.assert_in_step()
    assert gone <= before - loop.catalog.identifiers()
    assert len(before - loop.catalog.identifiers()) == 3


def test_told_to_end_it_ends_in_order_and_has_deleted_nothing(loop: Loop) -> None:
    before = loop.catalog.identifiers()
    loop.statuspage.delete_incident(LARGE, incident_id(LARGE, 31))
    held = loop.in_front_of_server.hold(SECOND_PAGE)
    with loop.once() as run:
        held.wait()
        run.process.request_stop()
        status = run.process.wait(PATIENCE)

        # It was not ended by force, which comes five seconds later.
        assert status != 128 + signal.SIGKILL
        assert "Traceback" not in run.process.output()
    assert before == loop.catalog.identifiers()
    assert loop.catalog.resync_state(INSTALLATION) == "aborted"
