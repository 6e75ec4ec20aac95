"""What changes while a resync runs elsewhere is looked at once more behind it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from live_events.behind_resync import ASK_EVERY, BehindResync, touched
from live_events.hints import Hint, Subject
from live_events.look import Found
from tests.virtual_time import clock, now, run

INCIDENT = Hint("page1", Subject.INCIDENT, "inc1")
COMPONENT = Hint("page1", Subject.COMPONENT, "comp1")
FOUND = Found({"id": "page1"}, incidents={"inc1": {"id": "inc1"}}, components={"comp1": None})


class Port:
    """A Port whose resync runs until a moment, and that fails where it is told to."""

    def __init__(self, running_for: float = 0.0, *, fails: bool = False) -> None:
        self.ends = now() + running_for
        self.fails = fails
        self.published: list[float] = []
        self.noted: list[tuple[float, Hint]] = []

    async def runs(self) -> bool:
        if self.fails:
            self.fails = False
            raise ConnectionError("no connection")
        return now() < self.ends

    async def publish(self, _: Found) -> None:
        self.published.append(now())

    def publisher(self) -> BehindResync:
        return BehindResync(
            self.publish, lambda hint: self.noted.append((now(), hint)), self.runs, clock()
        )


def on_virtual_time(work: Coroutine[Any, Any, None]) -> None:
    run(work)


def test_without_a_resync_nothing_is_looked_at_again() -> None:
    async def story() -> None:
        port = Port()
        await port.publisher()(FOUND)
        await asyncio.sleep(3600)
        assert port.published
        assert port.noted == []

    on_virtual_time(story())


def test_what_was_published_during_a_resync_is_looked_at_again_behind_it() -> None:
    async def story() -> None:
        port = Port(running_for=100)
        await port.publisher()(FOUND)
        await asyncio.sleep(3600)
        assert {hint for _, hint in port.noted} == {INCIDENT, COMPONENT}
        assert all(port.ends <= at <= port.ends + ASK_EVERY for at, _ in port.noted)

    on_virtual_time(story())


def test_an_object_that_changed_often_is_looked_at_again_once() -> None:
    async def story() -> None:
        port = Port(running_for=100)
        publish = port.publisher()
        for _ in range(5):
            await publish(FOUND)
            await asyncio.sleep(10)
        await asyncio.sleep(3600)
        assert len(port.noted) == 2

    on_virtual_time(story())


def test_where_port_does_not_tell_there_is_a_second_look_too() -> None:
    async def story() -> None:
        port = Port(fails=True)
        await port.publisher()(FOUND)
        await asyncio.sleep(3600)
        assert len(port.noted) == 2

    on_virtual_time(story())


def test_a_resync_that_never_ends_is_not_waited_for_forever() -> None:
    async def story() -> None:
        port = Port(running_for=10**9)
        await port.publisher()(FOUND)
        await asyncio.sleep(7 * 3600)
        assert len(port.noted) == 2

    on_virtual_time(story())


def test_a_second_look_reads_whatever_is_said_of_the_state() -> None:
    assert all(hint.status is None for hint in touched(FOUND))
