"""What waits, waits once, in order, and within bounds."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live_events import pending
from live_events.hints import Hint, Subject
from live_events.pending import MOST_OF_A_SUBJECT, MOST_PAGES, Entry, Pending


def hint(number: int = 1, page_id: str = "page", status: str | None = "identified") -> Hint:
    return Hint(page_id, Subject.INCIDENT, f"inc{number}", status=status)


def entry(number: int = 1, page_id: str = "page", **changes: float) -> Entry:
    return Entry(hint(number, page_id), since=1.0, **changes)  # type: ignore[arg-type]


def full() -> Pending:
    """Return what waits when a stranger has told of as many incidents as there is room for."""
    waiting = Pending()
    for number in range(MOST_OF_A_SUBJECT):
        assert waiting.add(entry(number))
    return waiting


def test_an_object_waits_once_however_often_it_is_told_of() -> None:
    waiting = Pending()
    for status in ("investigating", "identified", "investigating"):
        assert waiting.add(Entry(hint(status=status), since=1.0))

    [one] = waiting.take("page", now=1.0)

    assert one.hint == hint(status=None)


def test_the_same_again_adds_nothing() -> None:
    waiting = Pending()
    waiting.add(entry())

    assert waiting.holds(hint())
    assert not waiting.holds(hint(status="resolved"))
    assert not waiting.holds(hint(number=2))
    assert not waiting.holds(hint(page_id="other"))


def test_what_is_read_anyway_is_held_whatever_it_tells() -> None:
    waiting = Pending()
    waiting.add(Entry(hint(status=None), since=1.0))

    assert waiting.holds(hint(status="resolved"))


def test_a_full_page_takes_no_more_and_holds_it_for_told() -> None:
    waiting = full()

    assert waiting.holds(hint(number=-1))
    assert not waiting.add(entry(-1))
    assert len(waiting.take("page", now=1.0)) == MOST_OF_A_SUBJECT


def test_made_up_incidents_take_no_room_from_components_or_other_pages() -> None:
    waiting = full()
    component = Hint("page", Subject.COMPONENT, "comp1")

    assert not waiting.holds(component)
    assert waiting.add(Entry(component, since=1.0))
    assert waiting.add(entry(page_id="other"))


def test_what_waits_already_can_be_told_of_even_if_the_page_is_full() -> None:
    assert full().add(Entry(hint(0, status="resolved"), since=1.0))


def test_only_so_many_pages_wait() -> None:
    waiting = Pending()
    taken = [waiting.add(entry(page_id=f"page{number}")) for number in range(MOST_PAGES + 10)]

    assert sum(taken) == len(waiting.due()) == MOST_PAGES
    assert waiting.holds(hint(page_id="one-more"))


def test_what_is_put_off_is_not_taken_before_its_time() -> None:
    waiting = Pending()
    waiting.add(entry(1, not_before=9.0))
    waiting.add(entry(2))

    assert waiting.due() == {"page": 0.0}
    assert [one.hint for one in waiting.take("page", now=1.0)] == [hint(2)]
    assert waiting.due() == {"page": 9.0}
    assert waiting.take("page", now=8.0) == []
    assert [one.hint for one in waiting.take("page", now=9.0)] == [hint(1)]
    assert waiting.due() == {}


@pytest.mark.parametrize("put_off_first", [True, False])
def test_whoever_repeats_an_event_hastens_nothing_that_was_put_off(*, put_off_first: bool) -> None:
    waiting = Pending()
    both = [entry(not_before=9.0, attempts=2), entry()]
    for one in both if put_off_first else reversed(both):
        waiting.add(one)

    [one] = waiting.take("page", now=9.0)

    assert (one.not_before, one.attempts) == (9.0, 2)


def test_of_two_that_were_put_off_the_earlier_time_counts() -> None:
    waiting = Pending()
    waiting.add(entry(not_before=9.0))
    waiting.add(entry(not_before=5.0))

    assert waiting.due() == {"page": 5.0}


def test_pages_stand_in_the_order_in_which_they_were_told_of() -> None:
    waiting = Pending()
    for page_id in ("b", "a", "b", "c"):
        waiting.add(entry(page_id=page_id))
    waiting.take("b", now=1.0)
    waiting.add(entry(page_id="b"))

    assert list(waiting.due()) == ["a", "c", "b"]


async def test_all_who_wait_for_an_object_are_told() -> None:
    waiting = Pending()
    futures = [asyncio.get_running_loop().create_future() for _ in range(3)]
    for future in futures:
        waiting.add(Entry(hint(), since=1.0, waiting=[future]))
    futures[0].cancel()

    [one] = waiting.take("page", now=1.0)
    one.done()

    assert [future.done() for future in futures] == [True] * 3


TOLD = st.builds(
    Hint,
    page_id=st.sampled_from(["a", "b"]),
    subject=st.sampled_from([Subject.INCIDENT, Subject.COMPONENT]),
    id=st.integers(0, 99).map("id{}".format),
    status=st.sampled_from(["investigating", "resolved"]),
)


@given(told=st.lists(TOLD, max_size=300))
def test_whatever_is_told_is_taken_out_once_or_was_refused(told: list[Hint]) -> None:
    waiting = Pending()
    taken_in = {(one.page_id, one.key) for one in told if waiting.add(Entry(one, since=1.0))}

    out = [one.hint for page in ("a", "b") for one in waiting.take(page, now=1.0)]

    assert sorted((one.page_id, one.id, one.subject.value) for one in out) == sorted(
        (page_id, id_, subject.value) for page_id, (subject, id_) in taken_in
    )
    assert len(out) <= 4 * pending.MOST_OF_A_SUBJECT


@given(now=st.floats(0, 1e7), ahead=st.floats(0, 0.002), within=st.floats(0, 0.001))
def test_what_counts_as_due_is_taken_however_the_last_digit_falls(
    now: float, ahead: float, within: float
) -> None:
    waiting = Pending()
    waiting.add(entry(not_before=now + ahead))

    is_due = waiting.due()["page"] - now <= within

    assert bool(waiting.take("page", now, within)) is is_due
