"""When the subscriptions are checked."""

import asyncio

import pytest

from live_events.subscribing.watch import REGULAR, Watch, wait_after
from tests.virtual_time import now


class Checks:
    """Notes when a check ran; answers as it is told to."""

    def __init__(self, *, failing: int = 0) -> None:
        self.begin = now()
        self.at: list[float] = []
        self._failing = failing

    async def __call__(self) -> bool:
        self.at.append(now() - self.begin)
        return len(self.at) > self._failing


async def watched(checks: Checks, seconds: float, *wakes: float) -> list[float]:
    """Watch for so long, with a resync at certain moments; return when the checks were."""
    watch = Watch(checks)
    task = asyncio.create_task(watch.run())
    for moment in (*wakes, seconds):
        await asyncio.sleep(moment - (now() - checks.begin))
        watch.wake()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return checks.at


async def test_a_check_is_made_at_once_and_every_half_hour() -> None:
    assert await watched(Checks(), 4000.0) == [0, 1800, 3600]


async def test_a_resync_makes_a_check_at_once() -> None:
    assert await watched(Checks(), 1500.0, 600.0) == [0, 600]


async def test_a_resync_right_after_a_check_makes_none() -> None:
    assert await watched(Checks(), 900.0, 59.0) == [0]


async def test_after_a_failure_the_next_check_comes_soon_and_then_ever_later() -> None:
    assert await watched(Checks(failing=3), 3000.0) == [0, 30, 90, 210, 2010]


@pytest.mark.parametrize("failures", [7, 100, 10_000])
def test_a_lasting_failure_is_tried_as_often_as_everything_else(failures: int) -> None:
    assert wait_after(failures) == REGULAR


async def test_a_resync_during_a_check_needs_no_second_one() -> None:
    begin = now()
    at: list[float] = []

    async def slow() -> bool:
        at.append(now() - begin)
        await asyncio.sleep(20.0)
        return True

    watch = Watch(slow)
    task = asyncio.create_task(watch.run())
    await asyncio.sleep(10.0)
    watch.wake()
    await asyncio.sleep(500.0)
    task.cancel()

    assert at == [0]
