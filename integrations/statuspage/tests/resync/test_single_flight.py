"""`Once`: fetched once, the failure included; a waiter that leaves takes nobody with it."""

import asyncio

import pytest

from resync.single_flight import Once
from statuspage import NotFound

from .reading import settled


class Fetch:
    """Something slow that counts how often it is started."""

    def __init__(self, result: object = "value") -> None:
        self.started = 0
        self.result = result

    async def __call__(self) -> object:
        self.started += 1
        await asyncio.sleep(1)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


async def test_nothing_starts_before_it_is_wanted() -> None:
    fetch = Fetch()
    Once(fetch)
    await asyncio.sleep(5)

    assert fetch.started == 0


async def test_many_who_want_it_at_once_share_one_fetch() -> None:
    fetch = Fetch(result=object())
    once = Once(fetch)

    values = await asyncio.gather(*(once.get() for _ in range(10)))

    assert fetch.started == 1
    assert values == [fetch.result] * 10


async def test_who_comes_later_gets_what_is_there() -> None:
    fetch = Fetch()
    once = Once(fetch)
    await once.get()

    assert await once.get() == "value"
    assert fetch.started == 1


async def test_nothing_found_is_a_result_too() -> None:
    fetch = Fetch(result=None)
    once = Once(fetch)

    assert [await once.get(), await once.get()] == [None, None]
    assert fetch.started == 1


async def test_a_failure_is_remembered() -> None:
    fetch = Fetch(result=NotFound("GET /x", 404, ""))
    once = Once(fetch)

    for _ in range(3):
        with pytest.raises(NotFound):
            await once.get()
    assert fetch.started == 1


async def test_a_failure_reaches_everybody_who_waits() -> None:
    once = Once(Fetch(result=NotFound("GET /x", 404, "")))

    results = await asyncio.gather(*(once.get() for _ in range(3)), return_exceptions=True)

    assert [type(result) for result in results] == [NotFound] * 3


async def test_a_cancelled_waiter_leaves_the_value_to_the_others() -> None:
    fetch = Fetch()
    once = Once(fetch)
    leaving, staying = asyncio.create_task(once.get()), asyncio.create_task(once.get())
    await asyncio.sleep(0.5)

    leaving.cancel()

    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert await staying == "value"
    assert fetch.started == 1


async def test_the_only_waiter_may_leave_and_the_value_is_there_for_the_next() -> None:
    fetch = Fetch()
    once = Once(fetch)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(once.get(), 0.5)

    assert await once.get() == "value"
    assert fetch.started == 1


async def test_a_failure_that_nobody_waits_for_is_not_complained_about() -> None:
    once = Once(Fetch(result=NotFound("GET /x", 404, "")))
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: complaints.append(what))

    once.start()
    await asyncio.sleep(5)
    del once

    assert await settled() == set()
    assert complaints == []


async def test_stopping_leaves_no_task() -> None:
    once = Once(Fetch())
    once.start()
    await asyncio.sleep(0)

    once.cancel()

    assert await settled() == set()


async def test_stopping_what_never_started_does_nothing() -> None:
    fetch = Fetch()
    Once(fetch).cancel()

    assert await settled() == set()
    assert fetch.started == 0
