"""What a full resync does not wait for."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from loguru import logger

from aside import aside, catch_up, done_aside


@pytest.fixture
def done() -> list[str]:
    """What was done, in its order."""
    return []


def taking(turns: int, name: str, done: list[str]) -> Callable[[], Awaitable[None]]:
    """Return what takes so many turns of the event loop."""

    async def work() -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        done.append(name)

    return work


async def test_nobody_waits_inside_and_all_is_done_at_the_end(done: list[str]) -> None:
    async with done_aside():
        await aside("reports", taking(5, "report", done))
        assert done == []
    assert done == ["report"]


async def test_what_has_the_same_name_keeps_its_order(done: list[str]) -> None:
    async with done_aside():
        for number, turns in enumerate((9, 5, 1)):
            await aside("reports", taking(turns, str(number), done))
    assert done == ["0", "1", "2"]


async def test_what_has_another_name_does_not_wait_for_it(done: list[str]) -> None:
    async with done_aside():
        await aside("reports", taking(9, "slow", done))
        await aside("examples", taking(1, "fast", done))
    assert done == ["fast", "slow"]


async def test_outside_it_is_waited_for(done: list[str]) -> None:
    await aside("reports", taking(5, "report", done))
    assert done == ["report"]


async def test_behind_the_point_of_catching_up_it_is_waited_for_again(done: list[str]) -> None:
    async with done_aside():
        await aside("reports", taking(5, "first", done))
        await catch_up()
        assert done == ["first"]
        await aside("reports", taking(5, "second", done))
        assert done == ["first", "second"]


async def test_a_failure_is_told_and_stops_nothing(done: list[str]) -> None:
    lines: list[str] = []
    logger.add(lambda message: lines.append(str(message)), format="{level} {message}")

    async def refused() -> None:
        raise ValueError("503")

    async with done_aside():
        await aside("reports", refused)
        await aside("reports", taking(1, "next", done))
    assert done == ["next"]
    assert lines == ["WARNING Port does not take reports: 503\n"]


async def test_outside_a_failure_is_the_callers() -> None:
    async def refused() -> None:
        raise ValueError("503")

    with pytest.raises(ValueError, match="503"):
        await aside("reports", refused)


async def test_what_begins_others_is_waited_for_with_them(done: list[str]) -> None:
    async with done_aside() as opened:

        async def first() -> None:
            opened.add("examples", taking(3, "second", done))
            done.append("first")

        await aside("reports", first)
    assert done == ["first", "second"]


async def test_what_has_just_been_done_is_not_waited_for() -> None:
    just = asyncio.Event()

    async def work() -> None:
        just.set()

    async with done_aside():
        await aside("reports", work)
        await just.wait()
        # It has ended, and nobody has been told yet.
        await catch_up()


async def test_a_resync_that_is_cancelled_still_ends_its_reports(done: list[str]) -> None:
    async def resync() -> None:
        async with done_aside():
            await aside("reports", taking(2, "report", done))
            await asyncio.Event().wait()

    task = asyncio.create_task(resync())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["report"]
