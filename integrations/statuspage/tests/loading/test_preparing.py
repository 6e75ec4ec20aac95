"""What is got ready beside a kind's first objects."""

import asyncio

import pytest

from loading.preparing import prepared
from tests.virtual_time import now


async def test_it_is_done_while_the_objects_are_read() -> None:
    began = now()

    async with prepared(asyncio.sleep(5), asyncio.sleep(6)):
        await asyncio.sleep(7)

    assert now() - began == pytest.approx(7)


async def test_what_fails_stops_nothing() -> None:
    async def refused() -> None:
        raise ConnectionError("Port is gone")

    async with prepared(refused()):
        await asyncio.sleep(1)


async def test_it_ends_with_a_kind_that_fails() -> None:
    began = now()

    async def kind() -> None:
        async with prepared(asyncio.sleep(1000)):
            await asyncio.sleep(1)
            raise ValueError("of the kind")

    with pytest.raises(ValueError, match="of the kind"):
        await kind()

    assert now() - began == pytest.approx(1)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_kind_that_fails_at_once_leaves_nothing_behind() -> None:
    async def kind() -> None:
        async with prepared(asyncio.sleep(1000)):
            raise ValueError("of the kind")

    with pytest.raises(ValueError, match="of the kind"):
        await kind()

    assert asyncio.all_tasks() == {asyncio.current_task()}
