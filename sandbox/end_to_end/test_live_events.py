"""What Statuspage tells by webhook is in the catalog without a resync."""

from collections.abc import Iterator

import httpx
import pytest

from end_to_end.company import LARGE, SMALL, component_id, incident_id
from end_to_end.listening import listening
from end_to_end.loop import Loop, Run, eventually
from launcher.integration import INSTALLATION

COMPARE = "POST /v1/entities/search"
LISTS = r"GET /v1/pages/\w+/(incidents|components|component-groups)\?"
# What Ocean writes when it has taken a webhook.
ANSWERED = "Request to /integration/webhook ended"


@pytest.fixture(scope="module")
def listener(shared: Loop) -> Iterator[Run]:
    with listening(shared) as run:
        yield run


@pytest.fixture
def run(loop: Loop, listener: Run) -> Run:
    """The integration of most tests here, with what was asked so far forgotten."""
    loop.in_front_of_server.restore()
    return listener


def webhook_address(loop: Loop, page_id: str) -> httpx.URL:
    """Return where the page's webhooks go, as the integration has registered it."""
    [subscribed] = loop.statuspage.webhooks(page_id)
    return httpx.URL(subscribed["endpoint"])


def report_problem(loop: Loop, component_id: str, visitor: str) -> None:
    """Send the page's form, as a visitor behind a proxy on the server's machine."""
    answer = httpx.post(
        f"{loop.stack.server.address}/report",
        data={"component": component_id, "message": "I cannot pay."},
        headers={"X-Forwarded-For": visitor},
        trust_env=False,
    )
    assert answer.status_code == 200


@pytest.mark.usefixtures("run")
def test_changes_arrive_and_no_list_is_read_for_them(loop: Loop) -> None:
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


@pytest.mark.usefixtures("run")
def test_problems_that_many_visitors_report_are_an_incident_in_the_catalog(loop: Loop) -> None:
    (page_id,) = {page["id"] for page in loop.statuspage.pages()} - {LARGE, SMALL}
    component = loop.statuspage.add_component(page_id, name="Checkout", status="operational")
    for visitor in range(5):
        assert loop.statuspage.incidents(page_id) == []
        report_problem(loop, component, f"192.0.2.{visitor}")
    assert eventually(loop.in_step)
    entity = loop.catalog.entity("statuspageComponent", component)
    assert entity["properties"]["status"] == "degraded_performance"
    (incident,) = loop.statuspage.incidents(page_id)
    entity = loop.catalog.entity("statuspageIncident", incident["id"])
    assert entity["relations"]["components"] == [component]
    assert loop.in_front_of_server.count(LISTS) == 0


def test_what_comes_while_something_is_read_costs_one_request_together(
    loop: Loop, run: Run
) -> None:
    hit = {component_id(SMALL, number): "degraded_performance" for number in range(8)}
    told = run.times_said(ANSWERED)
    counted = rf"\w+ /v1/pages/{SMALL}/"
    held = loop.in_front_of_server.hold(counted)
    loop.statuspage.open_incident(
        SMALL, name="A burst", status="investigating", body="Much.", components=hit
    )
    assert eventually(lambda: run.times_said(ANSWERED) == told + len(hit) + 1)
    held.release()
    assert eventually(loop.in_step)
    assert loop.in_front_of_server.count(counted) == 2


def test_a_resync_does_not_undo_an_event_that_came_meanwhile(loop: Loop, run: Run) -> None:
    published = run.times_said("Live event on")
    # By then the lists have been read, and of the incidents nothing has been compared.
    held = loop.in_front_of_port.hold(COMPARE)
    loop.catalog.ask_for_resync(INSTALLATION)
    held.wait()
    loop.statuspage.change_incident(LARGE, incident_id(LARGE, 70), body="Newest.")
    assert eventually(lambda: run.times_said("Live event on") > published)
    held.release()
    assert run.next_resync().state == "completed"
    loop.assert_in_step()


def test_forged_events_are_refused_and_cost_nothing(loop: Loop, run: Run) -> None:
    genuine = webhook_address(loop, LARGE)
    others = webhook_address(loop, SMALL).params["token"]
    forgeries = [genuine.copy_remove_param("token")]
    forgeries += [genuine.copy_set_param("token", token) for token in ("", "0" * 64, others)]
    told = run.times_said(ANSWERED)
    body = {"page": {"id": LARGE}, "incident": {"id": incident_id(LARGE, 1)}}
    for address in forgeries:
        answers = [httpx.post(address, json=body, trust_env=False) for _ in range(20)]
        assert {answer.status_code for answer in answers} == {401}
    assert loop.in_front_of_server.count(incident_id(LARGE, 1)) == 0
    assert run.times_said(ANSWERED) == told
    loop.assert_in_step()
