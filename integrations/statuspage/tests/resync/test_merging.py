"""`merged` and `sized`: streams as one, in batches that suit Ocean, failures last."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resync.errors import PageNotVisible, ResyncIncomplete
from resync.merging import LEAST, MOST, merged, sized
from statuspage import AccessDenied, Raw
from tests.virtual_time import run

from .reading import settled, until_the_error

DENIED = AccessDenied("GET /v1/pages/a/incidents", 403, "")


def items(count: int, prefix: str = "x") -> list[Raw]:
    """Return so many objects."""
    return [{"id": f"{prefix}{number}"} for number in range(count)]


class Source:
    """A page's stream that notes how far it was read."""

    def __init__(
        self,
        batches: Sequence[list[Raw]],
        *,
        error: Exception | None = None,
        every: float = 0.0,
    ) -> None:
        self.batches = batches
        self.error = error
        self.every = every
        self.taken = 0
        self.ended = False

    async def __aiter__(self) -> AsyncIterator[list[Raw]]:
        try:
            for batch in self.batches:
                await asyncio.sleep(self.every)
                self.taken += 1
                yield batch
            if self.error is not None:
                raise self.error
        finally:
            self.ended = True


async def test_everything_of_all_streams_arrives() -> None:
    sources = {name: aiter(Source([items(2, name), items(3, name + "-")])) for name in "abc"}

    arrived = [item["id"] async for batch in merged(sources, {}) for item in batch]

    expected = [item["id"] for n in "abc" for item in items(2, n) + items(3, n + "-")]
    assert sorted(arrived) == sorted(expected)


async def test_nothing_to_merge_is_nothing() -> None:
    streams: dict[str, AsyncIterator[list[Raw]]] = {}

    assert [batch async for batch in merged(streams, {})] == []


async def test_what_comes_first_is_given_first() -> None:
    sources = {
        "slow": aiter(Source([items(1, "slow")], every=10)),
        "quick": aiter(Source([items(1, "quick")], every=1)),
    }

    arrived = [batch[0]["id"] async for batch in merged(sources, {})]

    assert arrived == ["quick0", "slow0"]


async def test_a_failure_comes_behind_all_the_others_brought() -> None:
    sources = {
        "bad": aiter(Source([items(1, "bad")], error=DENIED)),
        "good": aiter(Source([items(1, "good"), items(1, "more")], every=5)),
    }
    arrived: list[list[Raw]] = []

    with pytest.raises(ResyncIncomplete) as caught:
        await until_the_error(merged(sources, {}), arrived)

    assert [item["id"] for batch in arrived for item in batch] == ["bad0", "good0", "more0"]
    assert caught.value.failures == {"bad": DENIED}


async def test_earlier_failures_are_told_together_with_the_new_ones() -> None:
    earlier = PageNotVisible("gone")
    before: dict[str, Exception] = {"gone": earlier}
    sources = {"bad": aiter(Source([], error=DENIED))}

    with pytest.raises(ResyncIncomplete) as caught:
        await anext(merged(sources, before))

    assert caught.value.failures == {"gone": earlier, "bad": DENIED}
    assert before == {"gone": earlier}


async def test_a_slow_reader_holds_the_streams_back() -> None:
    sources = [Source([items(1) for _ in range(50)]) for _ in range(3)]
    merging = merged({str(n): aiter(source) for n, source in enumerate(sources)}, {})

    await anext(merging)
    await asyncio.sleep(100)

    # One was given, one waits, and each stream holds the one that it could not hand over.
    assert sum(source.taken for source in sources) == 1 + 1 + len(sources)
    await merging.aclose()  # type: ignore[attr-defined]


async def test_a_reader_that_stops_leaves_no_task_and_ends_the_streams() -> None:
    sources = [Source([items(1)] * 50, every=1) for _ in range(3)]
    merging = merged({str(n): aiter(source) for n, source in enumerate(sources)}, {})
    await anext(merging)

    await merging.aclose()  # type: ignore[attr-defined]

    assert await settled() == set()
    assert all(source.ended for source in sources)


async def test_a_cancelled_reader_leaves_no_task_and_ends_the_streams() -> None:
    sources = [Source([items(1)], every=1000) for _ in range(3)]

    async def reader() -> None:
        async for _ in merged({str(n): aiter(source) for n, source in enumerate(sources)}, {}):
            pass

    reading = asyncio.create_task(reader())
    await asyncio.sleep(1)
    reading.cancel()

    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await settled() == set()
    assert all(source.ended for source in sources)


@given(sizes=st.lists(st.integers(0, 2 * MOST + 10), max_size=12), fails=st.booleans())
def test_batches_keep_the_items_their_order_and_the_limits(
    sizes: list[int],
    fails: bool,  # noqa: FBT001
) -> None:
    batches = [items(size, f"{number}-") for number, size in enumerate(sizes)]
    error = ResyncIncomplete({"a": DENIED}) if fails else None
    result: list[list[Raw]] = []

    async def collect() -> None:
        await until_the_error(sized(aiter(Source(batches, error=error))), result)

    if fails:
        with pytest.raises(ResyncIncomplete) as caught:
            run(collect())
        assert caught.value is error
    else:
        run(collect())

    assert [item for batch in result for item in batch] == [i for b in batches for i in b]
    assert all(LEAST <= len(batch) <= MOST for batch in result[:-1])
    assert all(1 <= len(batch) <= MOST for batch in result[-1:])


async def test_a_batch_is_given_as_soon_as_it_is_large_enough() -> None:
    source = Source([items(60, "a"), items(60, "b"), items(60, "c")])
    batches = sized(aiter(source))

    assert len(await anext(batches)) == 120
    assert source.taken == 2
