"""How a list is walked."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage import PAGE_SIZE, Collection, RepeatedPage
from statuspage.paging import Walk
from tests.fake_statuspage import objects

GET = "GET /v1/pages/abc/incidents"


def _pages_of(items: list[Any]) -> Callable[[int], list[Any]]:
    return lambda page: items[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def _walked(serve: Callable[[int], list[Any]]) -> tuple[list[Any], int]:
    walk, delivered, requests = Walk(Collection.INCIDENTS), [], 0
    while not walk.finished:
        page = int(walk.parameters()["page"])
        delivered += walk.receive(GET, serve(page))
        requests += 1
    return delivered, requests


@given(st.integers(0, 550))
def test_every_item_comes_once_and_no_request_is_wasted(length: int) -> None:
    items = objects(length)

    assert _walked(_pages_of(items)) == (items, length // 100 + 1)


@pytest.mark.parametrize("length", [0, 1, 99, 100, 101, 200])
def test_the_edges_of_a_page_are_walked_right(length: int) -> None:
    items = objects(length)

    assert _walked(_pages_of(items)) == (items, length // 100 + 1)


@given(st.integers(0, 350), st.lists(st.integers(0, 99), max_size=10))
def test_items_that_move_to_a_later_page_come_once(length: int, arrivals: list[int]) -> None:
    items, newer = objects(length), iter(arrivals)

    def serve(page: int) -> list[Any]:
        answer = _pages_of(items)(page)
        items[:0] = objects(next(newer, 0), f"new{page}-")
        return answer

    delivered = [item["id"] for item in _walked(serve)[0]]

    assert len(delivered) == len(set(delivered))
    assert [name for name in delivered if name.startswith("item")] == [
        item["id"] for item in objects(length)
    ]


def test_an_item_that_comes_twice_in_a_page_is_delivered_once() -> None:
    assert Walk(Collection.COMPONENTS).receive(GET, [*objects(3), *objects(3)]) == objects(3)


@given(st.integers(100, 300))
def test_a_server_that_ignores_the_page_number_is_an_error(length: int) -> None:
    items = objects(length)

    with pytest.raises(RepeatedPage) as caught:
        _walked(lambda page: items)

    assert caught.value.request == GET


def test_a_list_that_goes_round_in_circles_is_an_error() -> None:
    circle = [objects(100, "a"), objects(100, "b")]

    with pytest.raises(RepeatedPage):
        _walked(lambda page: circle[page % 2])


def test_two_walks_know_nothing_of_each_other() -> None:
    first, second = Walk(Collection.COMPONENTS), Walk(Collection.COMPONENTS)
    first.receive(GET, objects(100))

    assert second.receive(GET, objects(100)) == objects(100)
