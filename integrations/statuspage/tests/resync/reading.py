"""An account behind a network, and a resync that reads it kind by kind, as Ocean does."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from resync.everywhere import everywhere
from resync.merging import Read
from resync.snapshot import Snapshot
from resync.streams import Components, Groups, Incidents, IncidentUpdates, Pages, PageStream
from statuspage import Collection
from tests.account import Account, Page, Raw
from tests.network import Network

type Result = dict[str, list[list[Raw]]]

STREAMS: dict[str, Any] = {
    "statuspage": Pages(),
    "component_group": Groups(),
    "component": Components(),
    "incident": Incidents(),
    "incident_update": IncidentUpdates(Incidents()),
}


@asynccontextmanager
async def snapshot_of(
    source: Account | Network, page_ids: Sequence[str] = ()
) -> AsyncIterator[Snapshot]:
    """Open a snapshot of an account, and close it."""
    network = source if isinstance(source, Network) else Network(source)
    snapshot = Snapshot(network.client(), page_ids)
    try:
        yield snapshot
    finally:
        snapshot.close()


async def batches_of(snapshot: Snapshot, stream: PageStream) -> list[list[Raw]]:
    """Read a kind."""
    return [contents(batch) async for batch in everywhere(snapshot, stream)]


def contents(batch: list[Read]) -> list[Raw]:
    return [item.content for item in batch]


async def kind_of(snapshot: Snapshot, stream: PageStream) -> AsyncIterator[list[Raw]]:
    """Read a kind, batch after batch."""
    async for batch in everywhere(snapshot, stream):
        yield contents(batch)


async def items_of(snapshot: Snapshot, stream: PageStream) -> list[Raw]:
    """Read a kind's objects."""
    return [item for batch in await batches_of(snapshot, stream) for item in batch]


async def read(snapshot: Snapshot, streams: Mapping[str, Any], *, loading: float = 0.0) -> Result:
    """Read kinds one after the other, each batch taking so long to load into Port."""
    snapshot.fetch_ahead(
        collection for stream in streams.values() for collection in stream.collections
    )
    result: Result = {}
    for kind, stream in streams.items():
        result[kind] = []
        async for batch in everywhere(snapshot, stream):
            result[kind].append(contents(batch))
            await asyncio.sleep(loading)
    return result


def kinds(*names: str) -> dict[str, Any]:
    """Return the streams of some kinds, in this order."""
    return {name: STREAMS[name] for name in names or STREAMS}


def least_requests(account: Account, names: Iterable[str]) -> int:
    """Return the requests that reading these kinds takes at least."""
    return 1 + sum(
        len(page.collection(path) or []) // 100 + 1
        for page in account.pages.values()
        for path in _lists(page, set(names))
    )


def _lists(page: Page, names: set[str]) -> set[str]:
    lists: set[str] = set()
    if "statuspage" in names and page.raw.get("viewers_must_be_team_members"):
        lists.add("components")
    if "component_group" in names:
        lists |= {"component-groups", "components"}
    if "component" in names:
        lists.add("components")
    if names & {"incident", "incident_update"}:
        lists.add("incidents")
    return lists


def held(account: Account, kind: str) -> list[Raw]:
    """Return the raw objects of a kind that the account holds."""
    pages = account.pages.values()
    match kind:
        case "statuspage":
            return [page.raw for page in pages]
        case "component_group":
            return [group for page in pages for group in page.groups]
        case "component":
            return [row for page in pages for row in page.components]
        case "incident":
            return [incident for page in pages for incident in page.incidents]
        case _:
            return [
                update
                for page in pages
                for incident in page.incidents
                for update in incident["incident_updates"]
            ]


def raw(item: Raw) -> Raw:
    """Return an object without what the integration adds."""
    return {key: value for key, value in item.items() if not key.startswith("__")}


def by_id(items: Iterable[Raw]) -> list[Raw]:
    """Return objects in an order of their own, so that two lists can be compared."""
    return sorted(items, key=lambda item: str(item["id"]))


def arrived(result: Result, kind: str) -> list[Raw]:
    """Return the objects of a kind as they arrived, without what we add, ordered."""
    return by_id(raw(item) for batch in result[kind] for item in batch)


async def until_the_error(batches: AsyncIterator[list[Raw]], into: list[list[Raw]]) -> None:
    """Collect what comes before an error."""
    async for batch in batches:
        into.append(batch)  # noqa: PERF401 (what came before an error counts)


async def settled() -> set[asyncio.Task[Any]]:
    """Let everything come to rest; return the tasks that go on nevertheless."""
    gc.collect()
    for _ in range(20):
        await asyncio.sleep(0)
    return asyncio.all_tasks() - {asyncio.current_task()}


def lists(*names: str) -> list[Collection]:
    """Return lists by name."""
    return [Collection[name.upper()] for name in names]
