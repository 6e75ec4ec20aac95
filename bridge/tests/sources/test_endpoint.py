"""How a source is asked, and how its quota is respected."""

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import pytest
from making import HUGOPS

from statuspage_bridge.errors import SourceUnread
from statuspage_bridge.sources.endpoint import Endpoint


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def endpoint(clock: Clock, answer: Callable[[httpx.Request], httpx.Response]) -> Endpoint:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    address = "https://source.test"
    return Endpoint(HUGOPS, http, address, httpx.Headers(), clock.sleep, lambda: clock.now)


def answering(*answers: httpx.Response | Exception) -> Callable[[httpx.Request], httpx.Response]:
    rest = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        given = rest.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    return answer


FINE = httpx.Response(200, json={"fine": True})
SPENT = httpx.Response(429, headers={"ratelimit-reset": "7"}, json={"error": {"code": 2020}})


async def test_a_spent_quota_is_waited_for() -> None:
    clock = Clock()

    assert await endpoint(clock, answering(SPENT, httpx.Response(429), FINE)).get("/", {})
    assert clock.slept == [7.0, 4.0]


async def test_after_the_last_request_of_a_quota_the_next_waits() -> None:
    clock = Clock()
    quota = {"ratelimit-remaining": "0", "ratelimit-reset": "6"}
    asked = endpoint(clock, answering(httpx.Response(200, headers=quota, json={}), FINE))

    await asked.get("/", {})
    assert clock.slept == []
    await asked.get("/", {})
    assert clock.slept == [6.0]


async def test_a_quota_that_is_spent_for_long_is_not_waited_for() -> None:
    quota = {"ratelimit-remaining": "0", "ratelimit-reset": "55"}
    asked = endpoint(Clock(), answering(httpx.Response(200, headers=quota, json={})))
    await asked.get("/", {})

    with pytest.raises(SourceUnread, match="allows no more requests for 55 s"):
        await asked.get("/", {})


@pytest.mark.parametrize("reset", ["", "soon", "-1", "\xb2", "9" * 400])
async def test_a_quota_that_makes_no_sense_is_none(reset: str) -> None:
    quota = {b"ratelimit-remaining": b"0", b"ratelimit-reset": reset.encode("latin-1")}
    asked = endpoint(Clock(), answering(httpx.Response(200, headers=quota, json={}), FINE))

    await asked.get("/", {})
    assert await asked.get("/", {})


@pytest.mark.parametrize(
    "failure", [httpx.Response(503), httpx.ReadTimeout("late"), httpx.ConnectError("refused")]
)
async def test_a_question_is_asked_again(failure: httpx.Response | Exception) -> None:
    assert await endpoint(Clock(), answering(failure, FINE)).get("/", {})


@pytest.mark.parametrize("failure", [SPENT, httpx.ConnectError("refused")])
async def test_a_write_that_had_no_effect_is_sent_again(
    failure: httpx.Response | Exception,
) -> None:
    assert await endpoint(Clock(), answering(failure, FINE)).write("POST", "/", {})


@pytest.mark.parametrize("failure", [httpx.Response(503), httpx.ReadTimeout("late")])
async def test_a_write_that_may_have_had_an_effect_is_not_sent_again(
    failure: httpx.Response | Exception,
) -> None:
    with pytest.raises(SourceUnread):
        await endpoint(Clock(), answering(failure, FINE)).write("POST", "/", {})


async def test_an_answer_that_is_nested_without_end_is_no_answer() -> None:
    deep = httpx.Response(200, content=b"[" * 100_000)

    with pytest.raises(SourceUnread, match="something else than JSON"):
        await endpoint(Clock(), answering(deep)).get("/", {})
