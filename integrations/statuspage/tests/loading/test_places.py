"""Places for which some wait longer than others."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loading.places import Places


async def test_no_more_than_so_many_hold_one() -> None:
    places, held, most = Places(3), 0, 0

    async def hold() -> None:
        nonlocal held, most
        async with places.taken(0):
            held += 1
            most = max(most, held)
            await asyncio.sleep(1)
            held -= 1

    await asyncio.gather(*(hold() for _ in range(10)))

    assert (held, most) == (0, 3)


@given(st.lists(st.integers(-1, 4), max_size=12))
async def test_the_lowest_rank_comes_first_and_among_equals_who_came_first(
    ranks: list[int],
) -> None:
    places = Places(1)
    order: list[tuple[int, int]] = []

    async def first() -> None:
        async with places.taken(9):
            await asyncio.sleep(1)

    async def wait(number: int, rank: int) -> None:
        async with places.taken(rank):
            order.append((rank, number))
            await asyncio.sleep(1)

    await asyncio.gather(first(), *(wait(*numbered) for numbered in enumerate(ranks)))

    assert order == sorted((rank, number) for number, rank in enumerate(ranks))


@pytest.mark.parametrize("is_given_first", [True, False])
async def test_who_is_cancelled_takes_no_place_along(*, is_given_first: bool) -> None:
    places = Places(1)

    async def wait() -> None:
        async with places.taken(0):
            pytest.fail("It was cancelled.")

    async with places.taken(0):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(1)
        if not is_given_first:
            waiting.cancel()
    # It has the place by now, but has not run since.
    waiting.cancel()
    await asyncio.wait([waiting])

    async with asyncio.timeout(1), places.taken(0):
        pass
