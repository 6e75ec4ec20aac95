"""The log line of a look tells what it brought, what it took and how long."""

from live_events.look import Found
from live_events.telling import told

PAGE = {"id": "page1", "name": "Couriers"}


def test_a_look_is_one_sentence() -> None:
    found = Found(
        PAGE,
        incidents={"one": {"id": "one"}},
        components={"two": {"id": "two"}, "three": None},
        page_now=PAGE,
        requests=1,
        read_at=10.25,
    )
    assert told(found, since=10.0, now=10.5) == (
        "Live event on Couriers (page1): 1 incident, 2 components, the page; "
        "1 request, read after 0.25 s, in the catalog after 0.50 s"
    )


def test_a_look_that_brings_nothing_says_so() -> None:
    assert "nothing new; no request" in told(Found(PAGE, read_at=1.0), since=1.0, now=1.0)
