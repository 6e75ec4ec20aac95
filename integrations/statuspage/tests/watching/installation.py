"""A page, the watch of it, and the catalog that it ends in, on virtual time."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from kinds import ObjectKind
from live_events.queue import Queue
from live_events.worker import Worker
from loading.pipeline import behind_last_batch
from publishing.cache import Cache
from publishing.resync_overlap import ResyncOverlap
from resync.known_pages import KnownPages
from resync.served_pages import ServedPages
from statuspage import QUOTA, connect
from tests.account import KEY
from tests.live_events.catalog import Catalog
from tests.virtual_time import clock, now
from watching.coverage import Coverage
from watching.pace import AT_ONCE
from watching.page_watch import Watching
from watching.watcher import Watcher

from .page import PAGE, ChangingPage, Publication, Raw

API = "api.statuspage.io"


class ManageApi:
    """The manage API of a page, as much of it as live events ask for; it counts."""

    def __init__(self, page: ChangingPage) -> None:
        self.page = page
        self.counted: list[str] = []
        self.raw: Raw = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.method == "GET"
        self.counted.append(request.url.path)
        path = request.url.path.removeprefix("/v1/pages").removeprefix(f"/{PAGE}")
        found = self._found(path)
        return httpx.Response(404) if found is None else httpx.Response(200, json=found)

    def _found(self, path: str) -> object:
        page, rows = {**self.page.raw, **self.raw}, self.page.rows
        events = {
            id_: {**one, "components": [rows[part] for part in one["components"]]}
            for id_, one in self.page.events.items()
        }
        if path == "":
            return [page] if self.counted[-1].endswith("pages") else page
        lists = {
            "/components": list(rows.values()),
            "/incidents": list(reversed(events.values())),
            "/incidents/unresolved": [one for one in events.values() if "inv" in one["status"]],
        }
        if path in lists:
            return lists[path]
        one = re.fullmatch(r"/(components|component-groups|incidents)/(\w+)", path)
        assert one, f"no such endpoint: {path}"
        return (events if one[1] == "incidents" else rows).get(one[2])


class Installation:
    """Everything between a page's public view and the catalog."""

    def __init__(self, page: ChangingPage, interval: float = 30.0) -> None:
        self.page, self.public, self.manage = page, Publication(page), ManageApi(page)
        self.catalog, self.cache, self.known = Catalog(), Cache(), KnownPages()
        self.subscribed: set[str] = set()
        self.rechecks = 0
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        self.client = connect(KEY, http=http, clock=clock(), requests_per_minute=QUOTA)
        self.queue = Queue(self.client.clock)
        self.overlap = ResyncOverlap(
            self.cache,
            self.catalog.publish,
            self.catalog.resyncs,
            self.queue.read_again,
            self.client.clock,
            behind_last_batch,
        )
        self.pages = ServedPages(self.client, self.known)
        self.worker = Worker(self.client, self.pages, self.queue, self.cache, self.overlap)
        self.coverage = Coverage(self.subscribed.__contains__, self._recheck, self.cache)
        self.rows_suffice = True
        shared = Watching(
            self.client.clock,
            self.known,
            self.coverage,
            self.queue.put,
            self._rows_suffice,
            asyncio.Semaphore(AT_ONCE),
            interval,
        )
        self.watcher = Watcher(self.client, self.pages, shared)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.05)
        return self.manage(request) if request.url.host == API else self.public(request)

    async def _rows_suffice(self) -> bool:
        return self.rows_suffice

    def _recheck(self) -> None:
        self.rechecks += 1

    def resync(self) -> None:
        """Load everything, as the resync at the start does, whose list of pages is remembered."""
        self.known.learn([{**self.page.raw, **self.manage.raw}], now())
        self.catalog.write(ObjectKind.PAGE, [self.page.raw])
        rows = self.page.rows.values()
        self.catalog.write(ObjectKind.COMPONENT, [row for row in rows if not row["group"]])
        self.catalog.write(ObjectKind.COMPONENT_GROUP, [row for row in rows if row["group"]])
        self.catalog.write(ObjectKind.INCIDENT, list(self.page.events.values()))

    def differences(self) -> list[str]:
        """Return what of the catalog is not as the page is."""
        keys = ("name", "status", "group_id", "position")
        groups = {id_ for id_, row in self.page.rows.items() if row["group"]}
        truth: dict[tuple[ObjectKind, str], object] = {}
        for id_, row in self.page.rows.items():
            kind = ObjectKind.COMPONENT_GROUP if id_ in groups else ObjectKind.COMPONENT
            truth[kind, id_] = [row[key] for key in keys[: 1 if id_ in groups else 4]]
        for id_, event in self.page.events.items():
            truth[ObjectKind.INCIDENT, id_] = [event["name"], event["status"], event["updated_at"]]
        truth[ObjectKind.PAGE, PAGE] = self.page.raw["name"]
        held: dict[tuple[ObjectKind, str], object] = {}
        for (kind, id_), raw in self.catalog.objects.items():
            if kind is ObjectKind.PAGE:
                held[kind, id_] = raw["name"]
            elif kind is ObjectKind.COMPONENT_GROUP:
                held[kind, id_] = [raw["name"]]
            elif kind is ObjectKind.COMPONENT:
                held[kind, id_] = [raw[key] for key in keys]
            elif kind is ObjectKind.INCIDENT:
                held[kind, id_] = [raw["name"], raw["status"], raw["updated_at"]]
        return [
            f"{key}: {held.get(key)}, not {truth.get(key)}"
            for key in {*held, *truth}
            if held.get(key) != truth.get(key)
        ]


@asynccontextmanager
async def watched(page: ChangingPage, interval: float = 30.0) -> AsyncIterator[Installation]:
    """Watch a page whose catalog is in step; its first look is over, nothing was counted."""
    work = Installation(page, interval)
    work.resync()
    work.worker.start()
    watch = asyncio.create_task(work.watcher.run())
    try:
        await asyncio.sleep(20)
        work.public.asked.clear()
        yield work
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        await work.worker.close()
        work.overlap.close()
