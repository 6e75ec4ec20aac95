"""Incidents are read the cheapest way that is known to cost no more than a full resync."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resync.costs import Known, Wanted, Way, alone, requests_for, rest_may_be_left, way_of
from statuspage import PAGE_SIZE


def ids(count: int, prefix: str) -> frozenset[str]:
    return frozenset(f"{prefix}{number}" for number in range(count))


def wanted(unresolved: int = 0, scheduled: int = 0, others: int = 0, recent: int = 0) -> Wanted:
    """Return so many incidents; of the others, so many are recent."""
    return Wanted(
        ids(unresolved, "u"), ids(scheduled, "s"), ids(others, "o"), recent=ids(recent, "o")
    )


@pytest.mark.parametrize(
    ("rows", "requests"), [(0, 1), (1, 1), (99, 1), (100, 2), (101, 2), (3000, 31)]
)
def test_a_list_ends_with_a_page_that_is_not_full(rows: int, requests: int) -> None:
    assert requests_for(rows) == requests


def test_one_incident_is_asked_for_by_itself() -> None:
    assert way_of(wanted(others=1, recent=1), Known(0, 0, 1), 0) is Way.ALONE


def test_several_open_ones_take_one_request_for_their_list() -> None:
    open_ones = wanted(unresolved=5)
    assert alone(open_ones, Known(5, 0, 50)) == 1
    assert way_of(open_ones, Known(5, 0, 50), 0) is Way.ALONE


def test_several_recent_ones_that_are_over_take_one_page_of_the_list_of_all() -> None:
    assert way_of(wanted(others=5, recent=5), Known(0, 0, 50, spared=14), 0) is Way.NEXT_PAGE


def test_old_ones_are_asked_for_one_by_one_where_the_rest_of_a_full_resync_is_dearer() -> None:
    assert way_of(wanted(others=3), Known(0, 0, 50, spared=2), 0) is Way.ALONE


def test_old_ones_that_might_cost_more_than_the_whole_list_are_looked_for_in_it() -> None:
    assert way_of(wanted(others=3), Known(0, 0, 50, spared=1), 0) is Way.NEXT_PAGE


def test_what_the_first_page_should_have_shown_and_did_not_is_weighed_anew() -> None:
    left = wanted(others=2, recent=2)
    assert way_of(left, Known(0, 0, 50, spared=0), 1) is Way.NEXT_PAGE
    assert way_of(left, Known(0, 0, 50, spared=1), 1) is Way.ALONE


COUNTS = st.integers(0, 30)


@given(
    data=st.data(),
    total=st.integers(0, 450),
    spared=st.integers(0, 4),
    counts=st.tuples(COUNTS, COUNTS, COUNTS, COUNTS),
)
def test_it_never_takes_more_than_a_full_resync_and_ends_with_everything(
    data: st.DataObject, total: int, spared: int, counts: tuple[int, int, int, int]
) -> None:
    """Wherever they stand in a list of any length, of which only a part was known to be there."""
    unresolved, scheduled, others, recent = counts
    left = wanted(unresolved, scheduled, others, min(others, recent))
    every = sorted(left.unresolved | left.scheduled | left.others)
    total = max(total, len(every))
    places = data.draw(
        st.lists(
            st.integers(0, max(total - 1, 0)), unique=True, min_size=len(every), max_size=len(every)
        )
    )
    listed = dict(zip(every, places, strict=True))
    known = Known(unresolved, scheduled, data.draw(st.integers(len(every), total)), spared)
    sent = 0
    for page in itertools.count():
        if not left:
            break
        if way_of(left, known, page) is Way.ALONE:
            sent += alone(left, known)
            break
        sent += 1
        end = (page + 1) * PAGE_SIZE
        left = left.without(frozenset(id_ for id_, place in listed.items() if place < end))
        assert left or end <= requests_for(total) * PAGE_SIZE
    assert sent <= requests_for(total) + spared


@given(total=st.integers(0, 900), unseen=st.integers(0, 5), proven=st.integers(1, 9))
def test_lists_of_what_is_open_are_read_only_where_the_history_is_dearer(
    total: int, unseen: int, proven: int
) -> None:
    sent = 0
    for page in range(1, requests_for(total) + 1):
        sent += 1
        full = total >= page * PAGE_SIZE
        if full and page >= proven and rest_may_be_left(page, unseen, total):
            sent += 2 + unseen
            break
    assert sent <= requests_for(total)


def test_where_nobody_tells_how_long_the_history_is_it_is_taken_for_long() -> None:
    assert rest_may_be_left(1, unseen=3, held=None)
