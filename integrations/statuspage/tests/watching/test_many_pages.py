"""Hundreds of pages in one process: never many requests at once, and evenly spread."""

import asyncio
import json

import httpx

from live_events.notification import Notification
from publishing.cache import Cache
from resync.known_pages import KnownPages
from resync.served_pages import ServedPages
from statuspage import connect
from tests.account import KEY
from tests.virtual_time import clock, now
from watching.coverage import Coverage
from watching.pace import AT_ONCE, MOST_A_SECOND
from watching.page_watch import Watching
from watching.watcher import Watcher

PAGES = 300


class Quiet:
    """Public views on which nothing happens."""

    def __init__(self) -> None:
        self.at: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.at.append(now())
        if "if-none-match" in request.headers:
            return httpx.Response(304)
        page = {"id": request.url.host.partition(".")[0], "updated_at": "2026-09-01T00:00:00Z"}
        lists: dict[str, list[str]] = {
            "incidents": [],
            "scheduled_maintenances": [],
            "components": [],
        }
        return httpx.Response(
            200, text=json.dumps({"page": page, **lists}), headers={"etag": 'W/"1"'}
        )

    def most_within(self, seconds: float) -> int:
        return max(sum(start <= at < start + seconds for at in self.at) for start in self.at)


async def watch(pages: int, seconds: float) -> Quiet:
    quiet = Quiet()
    http = httpx.AsyncClient(transport=httpx.MockTransport(quiet))
    client, known = connect(KEY, http=http, clock=clock()), KnownPages()
    known.learn([{"id": f"page{number}"} for number in range(pages)], now())

    def put(_: Notification) -> None:
        raise AssertionError("nothing has changed")

    async def suffice() -> bool:
        return True

    coverage = Coverage(lambda _: False, lambda: None, Cache())
    shared = Watching(
        client.clock, known, coverage, put, suffice, asyncio.Semaphore(AT_ONCE), interval=30.0
    )
    task = asyncio.create_task(Watcher(client, ServedPages(client, known), shared).run())
    await asyncio.sleep(seconds)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return quiet


async def test_the_process_sends_no_more_than_ten_requests_a_second_from_the_start_on() -> None:
    quiet = await watch(PAGES, 240.0)

    assert quiet.most_within(1.0) <= MOST_A_SECOND + 1
    assert len(quiet.at) >= PAGES * 240 / 60


async def test_the_looks_at_some_pages_are_spread_over_the_interval() -> None:
    quiet = await watch(20, 300.0)

    quiet.at = [at for at in quiet.at if at > quiet.at[0] + 60]
    # Two begin within 3 seconds, and a third is under way; each may ask for the two lists as well.
    assert quiet.most_within(3.0) <= 3 * 3
