"""The log line of a live event tells what it brought and how long it took."""

from kinds import ObjectKind
from live_events.messages import summary_of
from publishing.found import Found

PAGE = {"id": "page1", "name": "Couriers"}


def test_what_was_brought_is_one_sentence() -> None:
    found = Found(
        PAGE,
        {
            (ObjectKind.INCIDENT, "one"): {"id": "one"},
            (ObjectKind.COMPONENT, "two"): {"id": "two"},
            (ObjectKind.COMPONENT, "three"): None,
            (ObjectKind.PAGE, "page1"): PAGE,
        },
        read_at=10.25,
    )
    assert summary_of(found, since=10.0, now=10.5) == (
        "Live event on Couriers (page1): 1 statuspage, 2 components, 1 incident; "
        "read after 0.25 s, in the catalog after 0.50 s"
    )


def test_an_event_that_brings_nothing_says_so() -> None:
    assert "nothing new; read" in summary_of(Found(PAGE, read_at=1.0), since=1.0, now=1.0)
