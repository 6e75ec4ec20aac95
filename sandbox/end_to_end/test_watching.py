"""Without webhooks, what changes on a page is in the catalog by watching its public view."""

import time
from collections.abc import Callable, Iterator

import pytest

from end_to_end.company import LARGE, NEWEST, SMALL, component_id, incident_id
from end_to_end.loop import Loop, Run, eventually
from launcher.integration import CONFIG

INTERVAL = 5
# Besides the look: reading, mapping and loading, on a machine that does other work as well.
MORE = 10.0
COUNTED = "GET /v1/"
LOOKS = rf"GET /pages/{LARGE}/api/v2/summary"

type Change = Callable[[Loop], object]


@pytest.fixture(scope="module")
def watch(shared: Loop) -> Iterator[Run]:
    with shared.watch(**{f"{CONFIG}WATCH_INTERVAL": str(INTERVAL)}) as run:
        assert run.next_resync().state == "completed"
        assert eventually(
            lambda: all(run.said(f"The page {page} is live") for page in (LARGE, SMALL))
        )
        yield run


@pytest.fixture
def run(loop: Loop, watch: Run) -> Run:
    loop.in_front_of_server.restore()
    return watch


def rename_page(loop: Loop) -> None:
    loop.statuspage.change_page(LARGE, name="Renamed")


FREE: dict[str, Change] = {
    "a status": lambda loop: loop.statuspage.change_component(
        LARGE, component_id(LARGE, 1), status="major_outage"
    ),
    "a name": lambda loop: loop.statuspage.change_component(
        LARGE, component_id(LARGE, 2), name="Renamed"
    ),
    "a new component": lambda loop: loop.statuspage.add_component(
        LARGE, name="New", status="operational"
    ),
}
ONE_REQUEST: dict[str, Change] = {
    "a page": rename_page,
    "an incident": lambda loop: loop.statuspage.open_incident(
        LARGE, name="Seen", status="investigating", body="We look into it."
    ),
    "an end": lambda loop: loop.statuspage.change_incident(
        LARGE, incident_id(LARGE, NEWEST), status="resolved", body="It is over."
    ),
    "a deleted component": lambda loop: loop.statuspage.delete_component(
        LARGE, component_id(LARGE, 11)
    ),
    "a deleted incident": lambda loop: loop.statuspage.delete_incident(
        LARGE, incident_id(LARGE, NEWEST - 1)
    ),
}


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("what", [*FREE, *ONE_REQUEST])
def test_a_change_arrives_within_an_interval_and_counts_at_most_one_request(
    loop: Loop, what: str
) -> None:
    {**FREE, **ONE_REQUEST}[what](loop)
    assert eventually(loop.in_step, INTERVAL + MORE)
    assert loop.in_front_of_server.count(COUNTED) == (what in ONE_REQUEST)


def test_a_view_that_fails_changes_nothing_and_is_told_once(loop: Loop, run: Run) -> None:
    said = run.times_said("cannot be used")
    failing = loop.in_front_of_server.fail(LOOKS, 503, times=3)
    assert eventually(lambda: len(failing.hits) == 3)
    loop.statuspage.change_component(LARGE, component_id(LARGE, 5), status="partial_outage")
    assert eventually(loop.in_step)
    assert run.times_said("cannot be used") == said + 1


@pytest.mark.usefixtures("run")
def test_a_page_at_rest_is_looked_at_and_counts_nothing(loop: Loop) -> None:
    began = time.monotonic()
    assert eventually(lambda: loop.in_front_of_server.count(LOOKS) >= 4)
    assert time.monotonic() - began > 2 * INTERVAL
    assert loop.in_front_of_server.count(COUNTED) == 0
    assert loop.in_step()
