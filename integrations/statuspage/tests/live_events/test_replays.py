"""Whatever order, repetition and delay events come in, the catalog ends as things are."""

import asyncio
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage import QUOTA
from tests.virtual_time import run

from .catalog import assert_true
from .live import LONG
from .replaying import Replay, resync

SEEDS = st.integers(0, 2**32)


@given(seed=SEEDS, private=st.booleans())
@settings(max_examples=60)
def test_a_shuffled_repeated_and_delayed_stream_ends_in_the_true_state(
    seed: int, *, private: bool
) -> None:
    async def replay() -> None:
        work = Replay(random.Random(seed), private=private)
        work.resynced()
        await work.play(changes=40)
        await asyncio.sleep(2 * LONG)

        assert_true(work.catalog, work.account, work.told)
        assert work.network.busiest_minute <= QUOTA
        assert len(work.network.arrivals) <= work.delivered
        await work.close()

    run(replay())


@given(seed=SEEDS, private=st.booleans(), elsewhere=st.booleans())
@settings(max_examples=60)
def test_resyncs_that_race_the_stream_end_in_the_true_state(
    seed: int, *, private: bool, elsewhere: bool
) -> None:
    async def race() -> None:
        chance = random.Random(seed)
        work = Replay(chance, private=private, reserve=6)
        work.resynced()
        playing = asyncio.create_task(work.play(changes=30, every=3.0))
        for _ in range(3):
            await asyncio.sleep(chance.uniform(0, 20))
            await resync(work, loading=chance.uniform(0.1, 6), elsewhere=elsewhere)
        await playing
        await asyncio.sleep(2 * LONG)

        assert_true(work.catalog, work.account, work.told)
        await work.close()

    run(race())
