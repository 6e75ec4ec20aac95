"""The window that several processes share, in a real Redis and therefore on real time."""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx
import pytest
from redis.asyncio import Redis

from statuspage import connect
from statuspage.pacing import Clock, Pacer, Urgency
from statuspage.shared_window import SharedWindow
from tests.fake_statuspage import KEY, FakeStatuspage, ok
from tests.redis_server import RedisServer

PERIOD = 0.5

type Open = Callable[..., SharedWindow]


@dataclass
class Hands:
    """A clock that only a test moves."""

    now: float = 1000.0

    def clock(self) -> Clock:
        return Clock(now=lambda: self.now)


@pytest.fixture(scope="session")
def server() -> Iterator[RedisServer]:
    """The server that most tests use."""
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def mortal() -> Iterator[RedisServer]:
    """A server that the test may stop."""
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
async def redis(server: RedisServer) -> AsyncIterator[Redis]:
    async with Redis.from_url(server.url) as redis:
        await redis.flushall()
        yield redis


@pytest.fixture
async def window(server: RedisServer, redis: Redis) -> AsyncIterator[Open]:
    """Open windows, each with a connection of its own as another process would have."""
    async with AsyncExitStack() as stack:

        def open_window(
            at: RedisServer = server, *, key: str = KEY, clock: Clock | None = None
        ) -> SharedWindow:
            connection = Redis.from_url(at.url, socket_timeout=5.0)
            stack.push_async_callback(connection.aclose)
            return SharedWindow(connection, key, clock or Clock(), period=PERIOD)

        yield open_window


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    own = [record for record in caplog.records if record.name == "statuspage.shared_window"]
    return [(record.levelno, record.getMessage()) for record in own]


def most_in_a_period(moments: list[float]) -> int:
    # Redis counts whole milliseconds, and the two clocks may round to different ones.
    length = PERIOD - 0.002
    return max(sum(m <= other < m + length for other in moments) for m in moments)


async def test_two_processes_share_the_slots(window: Open) -> None:
    first, second = window(), window()

    assert isinstance(await first.take(2), str)
    assert isinstance(await second.take(2), str)
    assert isinstance(await first.take(2), float)
    assert isinstance(await second.take(2), float)


async def test_two_keys_have_a_window_each(window: Open) -> None:
    first, second = window(), window(key="another-key")

    assert isinstance(await first.take(1), str)
    assert isinstance(await second.take(1), str)


async def test_no_race_gives_out_a_slot_twice(window: Open) -> None:
    windows = [window() for _ in range(4)]

    answers = await asyncio.gather(*(each.take(7) for each in windows * 5))

    slots = [answer for answer in answers if isinstance(answer, str)]
    assert len(slots) == len(set(slots)) == 7


async def test_a_slot_is_free_a_period_after_the_answer_not_after_the_send(window: Open) -> None:
    first, second = window(), window()
    slot = str(await first.take(1))

    assert await second.take(1) == PERIOD
    await asyncio.sleep(0.1)
    answered = time.monotonic()
    await first.finish(slot)
    async with Pacer(second, Clock(), limit=1).slot(Urgency.BULK):
        assert time.monotonic() - answered > PERIOD - 0.002


async def test_a_pause_holds_back_every_process(window: Open) -> None:
    first, second = window(), window()

    await first.pause(30.0)
    await first.pause(1.0)

    wait = await second.take(5)
    assert isinstance(wait, float)
    assert 29.0 < wait <= 30.0


async def test_a_pause_ends(window: Open) -> None:
    first, second = window(), window()

    await first.pause(0.05)
    await asyncio.sleep(0.055)

    assert isinstance(await second.take(5), str)


async def test_a_resync_in_one_process_leaves_the_reserve_to_another(window: Open) -> None:
    resync, live = window(), window()
    answers = [await resync.take(3) for _ in range(4)] + [await live.take(5) for _ in range(3)]

    assert [type(answer) for answer in answers] == [str, str, str, float, str, str, float]


async def test_several_windows_together_keep_to_the_limit(window: Open) -> None:
    pacers = [Pacer(window(), Clock(), limit=5) for _ in range(3)]
    moments: list[float] = []

    async def send(pacer: Pacer) -> None:
        async with pacer.slot(Urgency.BULK):
            moments.append(time.monotonic())

    await asyncio.gather(*(send(pacer) for pacer in pacers * 5))

    assert len(moments) == 15
    assert most_in_a_period(moments) == 5


@pytest.mark.usefixtures("redis")
def test_two_processes_together_keep_to_the_limit(
    server: RedisServer, pytestconfig: pytest.Config
) -> None:
    command = [sys.executable, "-m", "tests.statuspage.shared_window_worker"]
    workers = [
        subprocess.Popen(
            [*command, server.url, str(PERIOD), "10", "20"],
            cwd=pytestconfig.rootpath,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ready = [worker.stdout.readline() for worker in workers if worker.stdout]
    for worker in workers:
        if worker.stdin:
            worker.stdin.write("go\n")
            worker.stdin.flush()
    each = [[float(line) for line in worker.communicate()[0].split()] for worker in workers]

    assert ready == ["ready\n"] * 2
    assert [len(moments) for moments in each] == [20, 20]
    assert max(moments[0] for moments in each) < min(moments[-1] for moments in each)
    assert most_in_a_period(each[0] + each[1]) <= 10


async def test_the_key_is_not_stored_in_redis(window: Open, redis: Redis) -> None:
    shared = window()
    await shared.take(1)
    await shared.pause(30.0)

    names = await redis.keys()
    stored = [*names, *[await redis.dump(name) for name in names]]

    assert len(names) == 2
    assert KEY not in str(stored)


async def test_nothing_stays_in_redis_for_ever(window: Open, redis: Redis) -> None:
    shared = window()
    slot = await shared.take(1)
    await shared.finish(str(slot))
    await shared.pause(30.0)

    lives = [await redis.pttl(name) for name in await redis.keys()]

    assert all(0 < life <= 300_000 for life in lives)
    assert len(lives) == 2


async def test_without_redis_the_work_goes_on_alone_with_one_warning(
    mortal: RedisServer, window: Open, caplog: pytest.LogCaptureFixture
) -> None:
    mortal.stop()
    shared = window(mortal, clock=Hands().clock())

    slots = [await shared.take(2) for _ in range(2)]
    await shared.finish(str(slots[0]))

    assert all(isinstance(slot, str) for slot in slots)
    assert isinstance(await shared.take(2), float)
    assert [level for level, _ in said(caplog)] == [logging.WARNING]
    assert "requests are counted for this process alone" in said(caplog)[0][1]


async def test_losing_redis_midway_frees_no_burst(mortal: RedisServer, window: Open) -> None:
    hands = Hands()
    shared = window(mortal, clock=hands.clock())
    for _ in range(2):
        await shared.finish(str(await shared.take(3)))
    mortal.stop()

    assert isinstance(await shared.take(3), str)
    assert isinstance(await shared.take(3), float)
    hands.now += PERIOD
    assert isinstance(await shared.take(3), str)


async def test_losing_redis_while_several_ask_frees_no_burst(
    mortal: RedisServer, window: Open
) -> None:
    shared = window(mortal)
    mortal.stop()

    answers = await asyncio.gather(*(shared.take(1) for _ in range(3)))

    assert [type(answer) for answer in answers] == [str, float, float]


async def test_a_pause_outlives_redis(mortal: RedisServer, window: Open) -> None:
    hands = Hands()
    shared = window(mortal, clock=hands.clock())
    await shared.pause(60.0)
    mortal.stop()
    hands.now += 15.0

    assert await shared.take(3) == 45.0


async def test_a_redis_that_did_not_answer_is_left_alone_for_a_while(
    mortal: RedisServer, window: Open, caplog: pytest.LogCaptureFixture
) -> None:
    hands = Hands()
    shared = window(mortal, clock=hands.clock())
    mortal.stop()
    await shared.take(9)
    mortal.start()
    hands.now += 29.9
    await shared.take(9)

    async with Redis.from_url(mortal.url) as redis:
        assert await redis.keys() == []
    assert len(said(caplog)) == 1


async def test_a_redis_that_comes_back_is_used_again_with_one_line(
    mortal: RedisServer, window: Open, caplog: pytest.LogCaptureFixture
) -> None:
    hands = Hands()
    shared, other = window(mortal, clock=hands.clock()), window(mortal)
    mortal.stop()
    await shared.take(9)
    mortal.start()
    hands.now += 30.0

    for _ in range(3):
        assert isinstance(await shared.take(9), str)
    assert isinstance(await other.take(3), float)
    assert [level for level, _ in said(caplog)] == [logging.WARNING, logging.INFO]


async def test_a_redis_that_stays_away_is_complained_of_once(
    mortal: RedisServer, window: Open, caplog: pytest.LogCaptureFixture
) -> None:
    hands = Hands()
    shared = window(mortal, clock=hands.clock())
    mortal.stop()
    for _ in range(3):
        await shared.take(9)
        hands.now += 60.0

    assert len(said(caplog)) == 1


async def test_a_redis_that_refuses_is_done_without(
    window: Open, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    shared = window()
    await shared.take(9)
    for name in await redis.keys():
        await redis.set(name, "something else")

    assert isinstance(await shared.take(9), str)
    assert [level for level, _ in said(caplog)] == [logging.WARNING]


async def test_a_redis_that_forgot_everything_frees_no_burst(window: Open, redis: Redis) -> None:
    shared = window(clock=Hands().clock())
    for _ in range(2):
        await shared.finish(str(await shared.take(2)))
    await redis.flushall()

    assert isinstance(await shared.take(2), float)


async def test_a_slot_that_is_not_used_is_left_to_the_others(window: Open, redis: Redis) -> None:
    shared, other = window(clock=Hands().clock()), window()
    for _ in range(2):
        await shared.finish(str(await shared.take(2)))
    await redis.flushall()
    for _ in range(2):
        assert isinstance(await shared.take(2), float)

    await asyncio.sleep(PERIOD)

    assert isinstance(await other.take(2), str)


async def test_an_answer_that_took_very_long_counts_for_a_whole_period_too(
    window: Open, redis: Redis
) -> None:
    shared = window()
    slot = await shared.take(1)
    (name,) = await redis.keys()
    # As if the request had gone out 299.9 seconds ago.
    await redis.pexpire(name, 100)

    await shared.finish(str(slot))

    # Far more than the 100 ms it had left, however slow the machine is just now.
    assert await redis.pttl(name) > PERIOD * 1000 / 2


async def test_a_client_closes_the_connection_to_redis_that_was_made_for_it(
    server: RedisServer, redis: Redis, fake: FakeStatuspage
) -> None:
    fake.answers("/v1/pages", ok([]))
    before = len(await redis.client_list())

    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(fake)) as http,
        connect(KEY, redis_url=server.url, http=http) as client,
    ):
        await client.pages()
        during = len(await redis.client_list())

    async with asyncio.timeout(5):
        while len(await redis.client_list()) > before:  # noqa: ASYNC110 (Redis tells no event)
            await asyncio.sleep(0.01)
    assert during == before + 1
