"""When the subscriptions are checked."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from subscriptions.endpoint import Installation
from subscriptions.keeper import Keeper
from subscriptions.startup import REGULAR, Subscriptions, wait_after
from tests.virtual_time import now


class Checks:
    """Notes when a check began; each takes a while, and the first ones fail."""

    def __init__(self, *, failing: int = 0, taking: float = 0.0) -> None:
        self.begin = now()
        self.at: list[float] = []
        self._failing = failing
        self._taking = taking

    async def __call__(self) -> bool:
        self.at.append(now() - self.begin)
        await asyncio.sleep(self._taking)
        return len(self.at) > self._failing


async def checked(checks: Callable[[], Awaitable[bool]], seconds: float, *resyncs: float) -> None:
    """Check for so long, while resyncs begin at certain moments."""
    begin = now()
    subscriptions = Subscriptions(_no_keeper)
    task = asyncio.create_task(subscriptions.run(checks))
    for moment in resyncs:
        await asyncio.sleep(begin + moment - now())
        subscriptions.recheck()
    await asyncio.sleep(begin + seconds - now())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def _no_keeper(installation: Installation) -> Keeper:
    raise AssertionError("only a start asks for a keeper")


async def test_a_check_is_made_at_once_and_every_half_hour() -> None:
    checks = Checks()

    await checked(checks, 4000.0)

    assert checks.at == [0, 1800, 3600]


async def test_a_resync_makes_a_check_at_once() -> None:
    checks = Checks()

    await checked(checks, 1500.0, 600.0)

    assert checks.at == [0, 600]


async def test_a_resync_right_after_a_check_makes_none() -> None:
    checks = Checks()

    await checked(checks, 900.0, 59.0)

    assert checks.at == [0]


async def test_a_resync_during_a_check_needs_no_second_one() -> None:
    checks = Checks(taking=20.0)

    await checked(checks, 500.0, 10.0)

    assert checks.at == [0]


async def test_a_resync_before_the_first_check_makes_no_difference() -> None:
    checks = Checks()

    await checked(checks, 900.0, 0.0)

    assert checks.at == [0]


async def test_after_a_failure_the_next_check_comes_soon_and_then_ever_later() -> None:
    checks = Checks(failing=3)

    await checked(checks, 3000.0)

    assert checks.at == [0, 30, 90, 210, 2010]


@pytest.mark.parametrize("failures", [7, 100, 10_000])
def test_a_lasting_failure_is_tried_as_often_as_everything_else(failures: int) -> None:
    assert wait_after(failures) == REGULAR
