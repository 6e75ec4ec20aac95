"""Events that anybody could have sent take their share of the quota and no more."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live_events.budget import MINUTE, Allowance, Guarded, Unlimited

# One look at a page of a thousand rows: the lists of incidents and three alone, and all rows and
# three components alone.
MOST_OF_A_LOOK = 2 + 3 + 11 + 3

QUOTAS = st.sampled_from([1, 2, 5, 12, 60, 600])
ARRIVALS = st.lists(
    st.tuples(
        st.floats(0, 30),
        st.sampled_from(["flooded", "other", "third"]),
        st.integers(0, MOST_OF_A_LOOK),
    ),
    max_size=120,
)


def most_within_a_minute(spent: list[tuple[float, int]]) -> int:
    """Return the most requests that any 60 seconds hold."""
    return max(
        (
            sum(requests for at, requests in spent if begin <= at < begin + MINUTE)
            for begin, _ in spent
        ),
        default=0,
    )


@given(quota=QUOTAS, arrivals=ARRIVALS)
def test_no_minute_holds_more_than_seven_twelfths_of_the_quota_and_one_look(
    quota: int, arrivals: list[tuple[float, str, int]]
) -> None:
    budget, now = Guarded(quota), 0.0
    spent: list[tuple[float, int]] = []
    for pause, page_id, requests in arrivals:
        now += pause
        wait = budget.wait(page_id, now)
        assert 0 <= wait < float("inf")
        now += wait
        assert budget.wait(page_id, now) == 0
        budget.spend(page_id, requests, now)
        spent.append((now, requests))

    at_once = max(1, quota / 3)
    assert most_within_a_minute(spent) <= at_once + quota / 4 + MOST_OF_A_LOOK


@pytest.mark.parametrize(
    ("cost", "longest"), [(1, 0.0), (5, 0.0), (10, 0.0), (MOST_OF_A_LOOK, 30.0)]
)
def test_a_flood_of_one_page_makes_another_one_wait_for_seconds_at_most(
    cost: int, longest: float
) -> None:
    budget, now = Guarded(60), 0.0
    for _ in range(500):
        now += budget.wait("flooded", now)
        budget.spend("flooded", cost, now)

        assert budget.wait("quiet", now) <= longest


def test_a_flood_of_all_pages_lets_each_in_turn() -> None:
    budget, now = Guarded(60), 0.0
    looks: list[float] = []
    for number in range(300):
        page_id = f"page{number % 20}"
        now += budget.wait(page_id, now)
        budget.spend(page_id, 1, now)
        looks.append(now)

    # Fifteen a minute, once what may be used at once is used.
    assert all(later - earlier <= 4.001 for earlier, later in pairwise(looks))


def test_an_outage_of_ten_events_waits_for_nothing() -> None:
    budget = Guarded(60)
    for second in range(10):
        assert budget.wait("page", second) == 0
        budget.spend("page", 1, second)


def test_what_was_overdrawn_is_waited_for() -> None:
    allowance = Allowance(at_once=10, a_minute=12)
    allowance.spend(15, now=0.0)

    assert allowance.wait(now=0.0) == pytest.approx(30.0)
    assert allowance.wait(now=29.0) == pytest.approx(1.0)
    assert allowance.wait(now=30.0) == 0


def test_a_pause_saves_no_more_than_what_may_be_used_at_once() -> None:
    allowance = Allowance(at_once=10, a_minute=12)
    allowance.spend(0, now=0.0)
    for _ in range(10):
        assert allowance.wait(now=86_400.0) == 0
        allowance.spend(1, now=86_400.0)

    assert allowance.wait(now=86_400.0) > 0


def test_events_that_prove_where_they_come_from_wait_for_nothing() -> None:
    budget = Unlimited()
    budget.spend("page", 1_000, now=0.0)

    assert budget.wait("page", now=0.0) == 0
