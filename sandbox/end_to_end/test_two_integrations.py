"""Two integrations with one Port: each deletes only what is its own."""

import json

from end_to_end.company import LARGE, SMALL, component_id, incident_id
from end_to_end.loop import PAGES, Loop


def only(page_id: str) -> dict[str, str]:
    return {PAGES: json.dumps([page_id])}


def test_each_brings_its_own_page_and_deletes_nothing_of_the_other(first: Loop) -> None:
    with first as loop:
        one = loop.another_integration("one", **only(LARGE))
        two = loop.another_integration("two", **only(SMALL))
        assert loop.resync(one).why_it_failed is None
        assert loop.resync(two).why_it_failed is None
        loop.assert_in_step([LARGE, SMALL])

        loop.statuspage.delete_component(LARGE, component_id(LARGE, 11))
        loop.statuspage.delete_component(SMALL, component_id(SMALL, 10))
        before = loop.catalog.identifiers()
        assert loop.resync(two).why_it_failed is None

        gone = before - loop.catalog.identifiers()
        assert gone == {("statuspageComponent", component_id(SMALL, 10))}
        assert loop.resync(one).why_it_failed is None
        loop.assert_in_step([LARGE, SMALL])
        owned = loop.catalog.written_by("one"), loop.catalog.written_by("two")
        assert owned[0] | owned[1] == loop.catalog.identifiers()
        assert owned[0] & owned[1] == set()


def test_two_that_bring_the_same_page_lose_nothing_of_it(loop: Loop) -> None:
    other = loop.another_integration("other", **only(SMALL))
    assert loop.resync(other).why_it_failed is None
    loop.assert_in_step()

    loop.statuspage.delete_incident(SMALL, incident_id(SMALL, 2))
    loop.statuspage.change_incident(SMALL, incident_id(SMALL, 4), name="Renamed")
    with loop.once() as run, loop.once(other) as another:
        assert run.end().why_it_failed is None
        assert another.end().why_it_failed is None

    # They take what they share from each other, so that Ocean's guard against deleting nearly all
    # that one owns can keep what is gone. Nothing that is there is missing or out of date.
    left = {
        f"statuspageIncident {incident_id(SMALL, 2)}",
        f"statuspageIncidentUpdate {SMALL[:5]}upda002",
    }
    assert {one.partition(":")[0] for one in loop.differences()} <= left
