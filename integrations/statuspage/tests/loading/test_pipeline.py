"""Loads of a kind, side by side."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loading.pipeline import AT_ONCE, Pipeline, Work


@dataclass
class Port:
    """Notes when each load begins and ends."""

    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    most: int = 0

    def load(self, name: str, seconds: float = 1.0) -> Work:
        async def work() -> None:
            self.begun.append(name)
            self.most = max(self.most, len(self.begun) - len(self.ended))
            await asyncio.sleep(seconds)
            self.ended.append(name)

        return work


async def refused() -> None:
    raise ConnectionError("Port is gone")


async def test_the_next_one_begins_while_one_is_under_way() -> None:
    port = Port()
    async with Pipeline() as pipeline:
        await pipeline.add(1, {"a"}, port.load("first", 9))
        await pipeline.add(1, {"b"}, port.load("second", 1))

    assert (port.begun, port.ended) == (["first", "second"], ["second", "first"])


@pytest.mark.parametrize(("objects", "most"), [(250, 4), (100, 10), (AT_ONCE + 1, 1)])
async def test_so_many_objects_are_under_way_and_no_more(objects: int, most: int) -> None:
    port = Port()
    async with Pipeline() as pipeline:
        for number in range(20):
            await pipeline.add(objects, {number}, port.load(str(number)))

    assert (port.most, len(port.ended)) == (most, 20)


async def test_what_two_have_in_common_is_loaded_in_their_order() -> None:
    port = Port()
    async with Pipeline() as pipeline:
        await pipeline.add(1, {"a", "b"}, port.load("older", 9))
        await pipeline.add(1, {"b", "c"}, port.load("newer"))
        await pipeline.add(1, {"d"}, port.load("another"))

    assert port.begun == ["older", "another", "newer"]


@given(st.lists(st.tuples(st.sets(st.integers(0, 4), max_size=3), st.integers(0, 9)), max_size=12))
async def test_each_key_ends_with_what_was_added_last(loads: list[tuple[set[int], int]]) -> None:
    held: dict[int, int] = {}

    def load(number: int, keys: Iterable[int], seconds: float) -> Work:
        async def work() -> None:
            await asyncio.sleep(seconds)
            held.update(dict.fromkeys(keys, number))

        return work

    async with Pipeline() as pipeline:
        for number, (keys, seconds) in enumerate(loads):
            await pipeline.add(1, keys, load(number, keys, seconds))

    assert held == {key: number for number, (keys, _) in enumerate(loads) for key in keys}


async def test_what_is_behind_the_last_one_waits_for_its_end() -> None:
    port = Port()
    async with Pipeline() as pipeline:
        await pipeline.add(1, {"a"}, port.load("slow", 9))
        await pipeline.add(1, {"b"}, port.load("last", 5))
        await pipeline.behind_last(port.load("behind"))

        assert port.begun == []

    assert port.ended == ["last", "behind", "slow"]


async def test_what_is_behind_one_that_is_through_is_done_at_once() -> None:
    port = Port()
    async with Pipeline() as pipeline:
        await pipeline.add(1, {"a"}, port.load("slow", 9))
        await pipeline.add(1, {"b"}, port.load("last", 1))
        await asyncio.sleep(2)
        await pipeline.behind_last(port.load("behind"))

        assert port.ended == ["last", "behind"]


async def test_a_failure_is_raised_at_the_end_and_those_beside_it_go_on() -> None:
    port = Port()

    async def loads() -> None:
        async with Pipeline() as pipeline:
            await pipeline.add(1, {"a"}, refused)
            await pipeline.add(1, {"b"}, port.load("beside"))

    with pytest.raises(ConnectionError, match="Port is gone"):
        await loads()

    assert port.ended == ["beside"]


async def test_after_a_failure_none_is_added() -> None:
    port = Port()

    async def loads() -> None:
        async with Pipeline() as pipeline:
            await pipeline.add(1, {"a"}, refused)
            await asyncio.sleep(1)
            await pipeline.add(1, {"b"}, port.load("next"))

    with pytest.raises(ConnectionError):
        await loads()

    assert port.begun == []


async def test_with_the_resync_its_loads_are_ended() -> None:
    port = Port()
    with suppress(ConnectionError):
        async with Pipeline() as pipeline:
            await pipeline.add(1, {"a"}, port.load("under way", 9))
            await asyncio.sleep(1)
            raise ConnectionError

    await asyncio.sleep(20)

    assert (port.begun, port.ended) == (["under way"], [])
