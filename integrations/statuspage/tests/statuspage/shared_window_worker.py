"""One of several processes that share a key: prints when each of its requests went out."""

import asyncio
import sys
import time

from redis.asyncio import Redis

from statuspage.pacing import Clock, Pacer, Urgency
from statuspage.shared_window import SharedWindow
from tests.fake_statuspage import KEY


async def main(url: str, period: float, limit: int, count: int) -> None:
    """Wait for a line, then send `count` requests as fast as the window lets them go."""
    async with Redis.from_url(url) as redis:
        clock = Clock()
        print("ready", flush=True)  # noqa: T201
        await asyncio.to_thread(sys.stdin.readline)
        pacer = Pacer(SharedWindow(redis, KEY, clock, period=period), clock, limit=limit)
        for _ in range(count):
            async with pacer.slot(Urgency.BULK):
                # All processes of a machine read the same monotonic clock.
                print(time.monotonic())  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
