"""Live events where processes start anew, or where resyncs have a process of their own."""

from end_to_end.company import LARGE, incident_id
from end_to_end.listening import listening
from end_to_end.loop import Loop, eventually

COMPARE = "POST /v1/entities/search"


def test_a_resync_in_another_process_does_not_undo_an_event_for_long(loop: Loop) -> None:
    with loop.only_events() as events:
        assert eventually(lambda: events.said("Webhook subscriptions: "))
        held = loop.in_front_of_port.hold(COMPARE)
        with loop.once() as resync:
            held.wait()
            loop.statuspage.change_incident(LARGE, incident_id(LARGE, 71), body="Newest.")
            assert eventually(lambda: events.said("Live event on"))
            held.release()
            assert resync.end().why_it_failed is None
        assert eventually(lambda: events.said("A resync is over"))
        assert eventually(loop.in_step)


def test_two_starts_keep_one_subscription_for_each_page(loop: Loop) -> None:
    with listening(loop):
        before = loop.statuspage.webhooks(LARGE)
    with listening(loop):
        assert loop.statuspage.webhooks(LARGE) == before
        assert len(before) == 1
