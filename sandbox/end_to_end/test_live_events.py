"""What Statuspage tells by webhook is in the catalog without a resync."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from end_to_end.company import LARGE, SMALL, component_id, incident_id
from end_to_end.loop import Loop, Run, eventually

COMPARE = "POST /v1/entities/search"
COUNTED = r"\w+ /v1/"
LISTS = r"GET /v1/pages/\w+/(incidents|components|component-groups)\?"
PAGES = (LARGE, SMALL)


@contextmanager
def listening(loop: Loop) -> Iterator[Run]:
    """An integration that has done its first resync and is told of changes."""
    with loop.stay() as run:
        assert run.next_resync().state == "completed"
        assert eventually(
            lambda: all(len(loop.statuspage.webhooks(page_id)) == 1 for page_id in PAGES)
        )
        # What the first look at the subscriptions asks for is over.
        assert eventually(lambda: run.said("Webhook subscriptions: "))
        loop.in_front_of_server.restore()
        yield run


def webhook_address(loop: Loop, page_id: str) -> httpx.URL:
    """Return where the page's webhooks go, as the integration has registered it."""
    [subscribed] = loop.statuspage.webhooks(page_id)
    return httpx.URL(subscribed["endpoint"])


def test_changes_arrive_and_no_list_is_read_for_them(loop: Loop) -> None:
    with listening(loop):
        loop.statuspage.change_component(LARGE, component_id(LARGE, 3), status="major_outage")
        assert eventually(loop.in_step)
        incident = loop.statuspage.open_incident(
            LARGE,
            name="Told by webhook",
            status="investigating",
            body="We look into it.",
            components={component_id(LARGE, 4): "partial_outage"},
        )
        assert eventually(loop.in_step)
        loop.statuspage.change_incident(LARGE, incident, status="resolved", body="It is over.")
        assert eventually(loop.in_step)
        assert loop.in_front_of_server.count(LISTS) == 0


def test_a_change_costs_about_one_request(loop: Loop) -> None:
    with listening(loop):
        hit = {component_id(SMALL, number): "degraded_performance" for number in range(8)}
        loop.statuspage.open_incident(
            SMALL, name="A burst", status="investigating", body="Much.", components=hit
        )
        assert eventually(loop.in_step)
        assert 1 <= loop.in_front_of_server.count(COUNTED) <= 2


def test_a_resync_does_not_undo_an_event_that_came_meanwhile(loop: Loop) -> None:
    with listening(loop) as run:
        # By then the lists have been read, and of the incidents nothing has been compared.
        held = loop.in_front_of_port.hold(COMPARE)
        loop.catalog.ask_for_resync("statuspage")
        held.wait()
        loop.statuspage.change_incident(LARGE, incident_id(LARGE, 70), body="Newest.")
        assert eventually(lambda: run.said("Live event on"))
        held.release()
        assert run.next_resync().state == "completed"
        loop.assert_in_step()


def test_nor_does_one_in_another_process(loop: Loop) -> None:
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


@pytest.mark.parametrize("carried", ["no token", "an empty one", "a wrong one", "another page's"])
def test_a_forged_event_is_refused_and_costs_nothing(loop: Loop, carried: str) -> None:
    with listening(loop):
        address = webhook_address(loop, LARGE).copy_remove_param("token")
        others = webhook_address(loop, SMALL).params["token"]
        tokens = {"an empty one": "", "a wrong one": "0" * 64, "another page's": others}
        if carried in tokens:
            address = address.copy_set_param("token", tokens[carried])
        forged = {"page": {"id": LARGE}, "incident": {"id": incident_id(LARGE, 1)}}
        refusals = [httpx.post(address, json=forged, trust_env=False) for _ in range(20)]
        assert {answer.status_code for answer in refusals} == {401}
        assert loop.in_front_of_server.count(COUNTED) == 0
        loop.assert_in_step()
