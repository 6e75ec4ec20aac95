"""The bounds: what reading an account takes at the least."""

import pytest

from resync.bounds import Bounds, bounds, latency_bound, least_requests, quota_bound
from resync.workloads import ALL, PageSize, Workload

LEAST = {
    "12/0/50": 1 + 1 + 1 + 1,
    "75/6/300": 1 + 1 + 1 + 4,
    "540/69/1000": 1 + 1 + 7 + 11,
    "five": 1 + 5 * (1 + 3 + 3),
    "1000/100/3000": 1 + 2 + 12 + 31,
    "fleet": 1 + 50 * (1 + 1 + 2),
}


@pytest.mark.parametrize("workload", ALL, ids=lambda one: str(one.name))
def test_each_workload_has_its_least_requests(workload: Workload) -> None:
    assert least_requests(workload.pages) == LEAST[workload.name]


def test_a_full_page_is_followed_by_one_more_request() -> None:
    assert least_requests([PageSize(0, 0, 99)]) + 1 == least_requests([PageSize(0, 0, 100)])


def test_groups_are_listed_among_the_components_too() -> None:
    assert least_requests([PageSize(95, 4, 0)]) + 1 == least_requests([PageSize(95, 5, 0)])


def test_an_account_without_pages_takes_one_request() -> None:
    assert least_requests([]) == 1
    assert latency_bound([], 0.5) == 0.5


def test_lists_are_read_side_by_side_and_the_pages_of_one_in_turn() -> None:
    assert latency_bound([PageSize(10, 0, 250), PageSize(150, 0, 10)], 0.5) == (1 + 3) * 0.5


@pytest.mark.parametrize(
    ("requests", "seconds"), [(1, 0.5), (60, 0.5), (61, 60.5), (120, 60.5), (201, 180.5)]
)
def test_each_sixty_requests_beyond_the_first_cost_a_minute(requests: int, seconds: float) -> None:
    assert quota_bound(requests, 0.5) == seconds


@pytest.mark.parametrize("name", ["latency", "quota", "load"])
def test_the_greatest_bound_counts_and_is_named(name: str) -> None:
    found = Bounds(**{"latency": 1.0, "quota": 1.0, "load": 1.0, name: 2.0})
    assert (found.name, found.seconds) == (name, 2.0)


def test_the_bounds_of_an_account_come_together() -> None:
    assert bounds([PageSize(12, 0, 50)], 0.5, 3.0) == Bounds(1.0, 0.5, 3.0)
