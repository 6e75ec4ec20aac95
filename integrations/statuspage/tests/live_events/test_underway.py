"""Of each object one event at a time goes through Ocean, and takes along what others tell."""

from dataclasses import replace

from live_events.hints import Hint, Subject
from live_events.pending import MOST_OF_A_SUBJECT, MOST_PAGES
from live_events.underway import LOST_AFTER, Underway

ONE = Hint("page", Subject.INCIDENT, "inc1", status="investigating")
NEWER = replace(ONE, status="resolved")


def test_the_first_goes_in_and_those_behind_it_stay_outside() -> None:
    underway = Underway()

    assert [underway.enter(ONE, now=0.0) for _ in range(3)] == [True, False, False]


def test_what_those_outside_told_is_not_lost() -> None:
    underway = Underway()
    underway.enter(ONE, now=0.0)
    underway.enter(NEWER, now=1.0)

    assert underway.leave(ONE) == ONE.and_also(NEWER)
    assert underway.leave(ONE) == ONE


def test_after_the_first_has_arrived_the_next_goes_in() -> None:
    underway = Underway()
    underway.enter(ONE, now=0.0)
    underway.leave(ONE)

    assert underway.enter(NEWER, now=0.0)


def test_what_does_not_arrive_blocks_nobody_for_long() -> None:
    underway = Underway()
    underway.enter(ONE, now=0.0)

    assert not underway.enter(NEWER, now=LOST_AFTER - 1)
    assert underway.enter(NEWER, now=LOST_AFTER)


def test_what_comes_by_another_way_arrives_as_it_is() -> None:
    assert Underway().leave(ONE) == ONE


def test_a_page_has_so_much_on_its_way_and_takes_no_room_from_others() -> None:
    underway = Underway()
    entered = [underway.enter(replace(ONE, id=f"inc{number}"), now=0.0) for number in range(100)]

    assert sum(entered) == MOST_OF_A_SUBJECT
    assert underway.enter(replace(ONE, subject=Subject.COMPONENT), now=0.0)
    assert underway.enter(replace(ONE, page_id="other"), now=0.0)


def test_only_so_many_pages_are_on_their_way() -> None:
    underway = Underway()
    pages = [replace(ONE, page_id=f"page{number}") for number in range(MOST_PAGES + 5)]
    entered = [underway.enter(page, now=0.0) for page in pages]
    underway.leave(pages[0])

    assert sum(entered) == MOST_PAGES
    assert underway.enter(pages[-1], now=0.0)
