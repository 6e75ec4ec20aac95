"""Who may send next: proven for any pattern of requests, on virtual time."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.errors import UnusableArgument
from statuspage.pacing import LocalWindow, Pacer, Urgency
from tests.virtual_time import clock, now, run

LIMIT = 5
RESERVE = 2
MINUTE = 60.0


@dataclass(frozen=True)
class Call:
    """One request as a test plans it; all times are seconds."""

    at: float = 0.0
    urgency: Urgency = Urgency.BULK
    out: float = 0.0
    back: float = 0.0
    cancelled_after: float | None = None


@dataclass
class Log:
    """What became of the calls, by their numbers, in the order in which it happened."""

    asked: list[int] = field(default_factory=list)
    sent: dict[int, float] = field(default_factory=dict)
    arrived: dict[int, float] = field(default_factory=dict)
    cancelled: set[int] = field(default_factory=set)


def simulated(
    calls: Sequence[Call],
    *,
    limit: int = LIMIT,
    reserve: int = RESERVE,
    pauses: Sequence[tuple[float, float]] = (),
) -> Log:
    return run(_simulate(calls, limit, reserve, pauses))


async def _simulate(
    calls: Sequence[Call], limit: int, reserve: int, pauses: Sequence[tuple[float, float]]
) -> Log:
    log, start = Log(), now()
    pacer = Pacer(LocalWindow(clock()), clock(), limit=limit, reserve=reserve)

    async def send(number: int, call: Call) -> None:
        log.asked.append(number)
        async with pacer.slot(call.urgency):
            log.sent[number] = now() - start
            await asyncio.sleep(call.out)
            log.arrived[number] = now() - start
            await asyncio.sleep(call.back)

    async def live(number: int, call: Call) -> None:
        await asyncio.sleep(call.at)
        try:
            async with asyncio.timeout(call.cancelled_after):
                await send(number, call)
        except TimeoutError:
            log.cancelled.add(number)

    async def pause(at: float, seconds: float) -> None:
        await asyncio.sleep(at)
        await pacer.pause(seconds)

    async with asyncio.TaskGroup() as group:
        for at, length in pauses:
            group.create_task(pause(at, length))
        for number, call in enumerate(calls):
            group.create_task(live(number, call))
    assert pacer.sent == len(log.sent)
    return log


def most_in_a_minute(moments: Sequence[float]) -> int:
    return max((sum(m <= other < m + MINUTE for other in moments) for m in moments), default=0)


def flood(count: int, **changes: object) -> list[Call]:
    return [replace(Call(), **changes) for _ in range(count)]  # type: ignore[arg-type]


# Eighths of a second are exact in binary, so the properties need no tolerance.
def eighths(longest: float) -> st.SearchStrategy[float]:
    return st.integers(0, int(longest * 8)).map(lambda count: count / 8)


calls = st.lists(
    st.builds(
        Call,
        at=eighths(200) | st.sampled_from([0.0, 60.0, 61.0]),
        urgency=st.sampled_from(Urgency),
        out=eighths(10),
        back=eighths(20),
        cancelled_after=st.none() | eighths(100),
    ),
    max_size=30,
)
pauses = st.lists(st.tuples(eighths(200), eighths(90)), max_size=3)
limits = st.integers(1, 7).flatmap(
    lambda limit: st.tuples(st.just(limit), st.integers(0, limit - 1))
)


@given(calls, limits, pauses)
def test_the_server_never_sees_more_than_the_limit_in_any_minute(
    calls: list[Call], limits: tuple[int, int], pauses: list[tuple[float, float]]
) -> None:
    log = simulated(calls, limit=limits[0], reserve=limits[1], pauses=pauses)

    assert most_in_a_minute([*log.arrived.values()]) <= limits[0]
    assert most_in_a_minute([*log.sent.values()]) <= limits[0]


@given(calls, limits, pauses)
def test_a_resync_never_uses_the_reserve(
    calls: list[Call], limits: tuple[int, int], pauses: list[tuple[float, float]]
) -> None:
    log = simulated(calls, limit=limits[0], reserve=limits[1], pauses=pauses)
    bulk = [log.arrived[n] for n in log.arrived if calls[n].urgency is Urgency.BULK]

    assert most_in_a_minute(bulk) <= limits[0] - limits[1]


@given(calls, limits, pauses)
def test_waiting_requests_are_served_in_the_order_in_which_they_asked(
    calls: list[Call], limits: tuple[int, int], pauses: list[tuple[float, float]]
) -> None:
    log = simulated(calls, limit=limits[0], reserve=limits[1], pauses=pauses)

    for urgency in Urgency:
        sent = [number for number in log.sent if calls[number].urgency is urgency]
        assert sent == [number for number in log.asked if number in sent]


@given(calls, limits, pauses)
def test_whoever_is_not_cancelled_is_served(
    calls: list[Call], limits: tuple[int, int], pauses: list[tuple[float, float]]
) -> None:
    log = simulated(calls, limit=limits[0], reserve=limits[1], pauses=pauses)

    assert log.sent.keys() | log.cancelled == set(range(len(calls)))


@given(calls, st.lists(st.tuples(eighths(200), eighths(90)), min_size=1, max_size=3))
def test_nobody_sends_while_the_key_is_paused(
    calls: list[Call], pauses: list[tuple[float, float]]
) -> None:
    log = simulated(calls, pauses=pauses)

    for begin, length in pauses:
        assert not [moment for moment in log.sent.values() if begin < moment < begin + length]


@given(st.integers(1, 60), st.integers(0, 60))
def test_a_burst_goes_out_at_once_when_the_window_is_empty(limit: int, count: int) -> None:
    log = simulated(flood(count), limit=limit, reserve=0)

    assert sum(moment == 0 for moment in log.sent.values()) == min(limit, count)


@given(st.integers(0, 40), st.integers(1, 6))
def test_a_full_window_opens_again_after_exactly_a_minute(count: int, limit: int) -> None:
    log = simulated(flood(count), limit=limit, reserve=0)

    assert [*log.sent.values()] == [number // limit * MINUTE for number in range(count)]


@given(st.integers(0, 30), eighths(300), st.integers(1, RESERVE))
def test_interactive_work_does_not_wait_for_a_resync(count: int, at: float, clicks: int) -> None:
    click = Call(at=at, urgency=Urgency.INTERACTIVE)

    log = simulated([*flood(count), *[click] * clicks])

    assert [log.sent[count + number] for number in range(clicks)] == [at] * clicks


@given(st.lists(st.booleans(), min_size=1, max_size=20), eighths(50), eighths(59))
def test_whoever_is_cancelled_while_waiting_leaves_no_trace(
    stays: list[bool], back: float, patience: float
) -> None:
    first = flood(LIMIT - RESERVE, back=back)
    stayers = flood(sum(stays))
    mixed = [Call(cancelled_after=None if stay else patience) for stay in stays]

    undisturbed = simulated([*first, *stayers])
    disturbed = simulated([*first, *mixed])

    assert [*disturbed.sent.values()] == [*undisturbed.sent.values()]
    assert len(disturbed.cancelled) == stays.count(False)


def test_a_request_that_is_cancelled_on_its_way_still_counts() -> None:
    on_its_way = Call(out=30.0, cancelled_after=10.0)

    log = simulated([on_its_way, Call(at=1.0)], limit=1, reserve=0)

    assert log.sent == {0: 0.0, 1: 70.0}


def test_a_slow_answer_holds_its_slot() -> None:
    log = simulated([Call(out=5.0, back=20.0), Call()], limit=1, reserve=0)

    assert log.sent == {0: 0.0, 1: 85.0}


def test_a_pause_holds_back_interactive_work_too() -> None:
    log = simulated([Call(at=1.0, urgency=Urgency.INTERACTIVE)], pauses=[(0.0, 45.0)])

    assert log.sent == {0: 45.0}


def test_a_pause_that_comes_while_somebody_waits_is_kept() -> None:
    log = simulated(flood(2), limit=1, reserve=0, pauses=[(50.0, 40.0)])

    assert log.sent == {0: 0.0, 1: 90.0}


@pytest.mark.parametrize(("limit", "reserve"), [(5, 5), (5, 6), (5, -1)])
def test_the_reserve_must_leave_a_slot(limit: int, reserve: int) -> None:
    with pytest.raises(UnusableArgument, match="at least one of"):
        Pacer(LocalWindow(clock()), clock(), limit=limit, reserve=reserve)


def test_a_quota_of_nothing_is_refused_by_the_name_of_its_argument() -> None:
    with pytest.raises(UnusableArgument, match="requests_per_minute is 0"):
        Pacer(LocalWindow(clock()), clock(), limit=0)


@pytest.mark.parametrize(("seconds", "lines"), [(1.875, 0), (2.0, 1), (60.0, 1)])
async def test_a_long_wait_leaves_a_line_in_the_log(
    seconds: float, lines: int, caplog: pytest.LogCaptureFixture
) -> None:
    pacer = Pacer(LocalWindow(clock()), clock(), limit=1)
    await pacer.pause(seconds)

    async with pacer.slot(Urgency.INTERACTIVE):
        pass

    said = [r.getMessage() for r in caplog.records if r.name == "statuspage.pacing"]
    assert said == [f"Waiting {seconds:.0f} s for the request window (interactive)"] * lines
    assert all(r.levelno == logging.INFO for r in caplog.records if r.name == "statuspage.pacing")


async def test_a_failed_request_still_counts() -> None:
    pacer, begin = Pacer(LocalWindow(clock()), clock(), limit=1), now()
    with contextlib.suppress(ConnectionError):
        async with pacer.slot(Urgency.BULK):
            raise ConnectionError
    async with pacer.slot(Urgency.BULK):
        pass

    assert now() - begin == MINUTE
    assert pacer.sent == 2
