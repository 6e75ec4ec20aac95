"""Opens an incident or maintenance once for each key, across processes and lost answers."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from statuspage import endpoints
from statuspage.answers import Raw, as_object
from statuspage.client import StatuspageClient
from statuspage.errors import NotFound
from statuspage.paging import Collection
from statuspage.records import is_over

from .attempts import once
from .marks import Draft, is_untouched, key_of, marked, oldest_first

logger = logging.getLogger(__name__)

OPEN_INCIDENTS = (Collection.UNRESOLVED,)
# Whether the list of the scheduled holds those that have begun is not documented.
OPEN_MAINTENANCES = (Collection.SCHEDULED, Collection.ACTIVE_MAINTENANCE)


@dataclass(frozen=True, slots=True)
class Creation:
    """The incident for a key, and whether it was there before."""

    incident: Raw
    was_there: bool


async def create(client: StatuspageClient, page_id: str, draft: Draft) -> Raw:
    """Create what is drafted, with one request; when the answer is lost, nobody knows of it."""
    path = endpoints.collection(page_id, Collection.INCIDENTS)
    return as_object(f"POST {path}", await client.transport.post(path, draft.request()))


@dataclass(frozen=True, slots=True)
class Keyed:
    """What is open on a page under one key, or with `forever` was open lately."""

    client: StatuspageClient
    page_id: str
    key: str
    scopes: Sequence[Collection]
    forever: bool = False

    async def create_once(self, draft: Draft, *, contested: bool) -> Creation:
        """Return what is there under the key, or create it."""
        draft = marked(draft, self.key)
        if (found := await self.settled()) is not None:
            return Creation(found, was_there=True)
        sent = 0

        async def send() -> Raw:
            nonlocal sent
            sent += 1
            return await create(self.client, self.page_id, draft)

        created = await once(self.client.transport, send, self.settled)
        if sent > 1 or contested:
            created = await self.settled() or created
        return Creation(created, was_there=False)

    async def find(self) -> list[Raw]:
        """Return what has the key, the oldest first."""
        found = {one["id"]: one async for one in self._rows() if key_of(one) == self.key}
        return oldest_first(found.values())

    async def settled(self) -> Raw | None:
        """Return what has the key; of several that are open, the oldest stays.

        There are several where processes created at the same moment, or where a request was
        carried out long after its answer had been given up.
        """
        found = await self.find()
        if not found:
            return None
        kept, *younger = found
        for twin in younger:
            if is_over(kept) or is_over(twin) or not is_untouched(twin):
                logger.warning("The incidents %s and %s have one key.", kept["id"], twin["id"])
                continue
            # Another process that created at the same moment may delete it as well.
            with suppress(NotFound):
                path = endpoints.incident(self.page_id, twin["id"])
                await self.client.transport.delete(path)
        return kept

    async def _rows(self) -> AsyncIterator[Raw]:
        scopes = (Collection.INCIDENTS,) if self.forever else self.scopes
        for scope in scopes:
            async for batch in self.client.incidents(self.page_id, scope).batches():
                for incident in batch:
                    yield incident
                if self.forever:
                    # The newest hundred: what a key is given for once does not come back later.
                    return
