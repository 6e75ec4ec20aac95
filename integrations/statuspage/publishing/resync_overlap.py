"""Keeps a resync from undoing what a live event brought.

A resync reads an object, and writes it seconds or minutes later. The rule: what an event brings in
between is brought again as soon as the resync cannot overwrite it any more. In this process that
is when a batch has been loaded; of any other resync Port tells when it is over, and then the
objects are read once more.
"""

import asyncio
import contextvars
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from functools import partial

from resync.merging import Read, Stream
from resync.streams import KindStream, page_of
from statuspage import Clock, Raw

from .cache import Cache, Cached
from .found import Found, Key

logger = logging.getLogger(__name__)

ASK_EVERY = 5.0

# A resync that runs longer has died without telling Port.
LONGEST_RESYNC = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Resyncs:
    """What Port says of this installation's resyncs, in whatever process.

    `mark` is another one whenever a resync has begun or ended.
    """

    running: bool
    mark: str


class ResyncOverlap:
    """Publishes what live events bring, and hands resyncs what is newest."""

    def __init__(
        self,
        cache: Cache,
        write: Callable[[Found], Awaitable[None]],
        ask_port: Callable[[], Awaitable[Resyncs]],
        read_again: Callable[[str, Collection[Key]], None],
        clock: Clock,
        behind_last_batch: Callable[[Callable[[], Awaitable[None]]], Awaitable[None]],
    ) -> None:
        self._cache = cache
        self._write = write
        self._ask_port = ask_port
        self._read_again = read_again
        self._clock = clock
        self._behind_last_batch = behind_last_batch
        # What is written later is never older.
        self._turn = asyncio.Lock()
        self._overlapped: dict[str, set[Key]] = defaultdict(set)
        self._waiting: asyncio.Task[None] | None = None

    async def publish(self, found: Found) -> Found:
        """Write what an event brought, unless Port has it already; return what was written."""
        found = self._without_waiting(found)
        if not found.objects:
            return found
        # What was published as it is stays so, unless a resync has written since.
        known = {
            key: mark
            for key, raw in found.objects.items()
            if (mark := self._published(key, raw)) is not None
        }
        new = found.without(known)
        # One that runs by now has begun later than these were read first: it shows nothing older.
        behind = {key for key, raw in found.objects.items() if self._is_behind(key, raw)}
        # A resync that loads them meanwhile must know of them already.
        ours = {
            key: Cached(raw, found.read_at, known.get(key)) for key, raw in found.objects.items()
        }
        for key, cached in ours.items():
            self._cache.put(key, cached)
        try:
            # Port is asked before the writing ends: a resync that ends later may have written last.
            resyncs, _ = await asyncio.gather(self._resyncs(), self._write_in_turn(new))
            if resyncs is not None and not resyncs.running:
                found = found.without({key for key in known if known[key] == resyncs.mark})
            await self._write_in_turn(found.without(new.objects))
        except BaseException:
            # What is not in Port is no answer to any event.
            for key in self._still(ours):
                if key in new.objects:
                    self._cache.drop(key)
            raise
        if resyncs is None or resyncs.running:
            self._read_behind_resync(found.page["id"], ours.keys() - behind)
        else:
            for key in self._still(ours):
                self._cache.put(key, replace(ours[key], resyncs=resyncs.mark))
        return found

    def _is_behind(self, key: Key, raw: Raw | None) -> bool:
        cached = self._cache.get(key)
        return cached is not None and cached.is_behind and cached.raw == raw

    def _still(self, ours: dict[Key, Cached]) -> list[Key]:
        """Return which of these nobody has read since."""
        return [key for key, cached in ours.items() if self._cache.get(key) is cached]

    async def load(self, batches: Stream, stream: KindStream) -> AsyncIterator[list[Raw]]:
        """Yield what a resync read, each object in its newest state, for Ocean to load.

        What an event reads while Ocean loads a batch may be overwritten by it, so it is written
        once more right behind.
        """
        async for batch in batches:
            loaded = [self._newest_state(item, stream) for item in batch]
            if known := [raw for raw in loaded if raw is not None]:
                yield known
            await self._behind_last_batch(partial(self._restore, batch, loaded, stream))
            # While the next one is waited for.
            del batch, loaded, known

    def _newer(self, item: Read, stream: KindStream) -> Cached | None:
        """Return what an event read of an object later than the resync did, if anything.

        The resync's is as old as its request: the answer may have been made right then.
        """
        cached = self._cache.get((stream.kind, stream.key(item.content)))
        return cached if cached is not None and cached.read_at > item.sent else None

    def _newest_state(self, item: Read, stream: KindStream) -> Raw | None:
        newer = self._newer(item, stream)
        return item.content if newer is None else stream.updated(item.content, newer.raw)

    async def _restore(
        self, batch: list[Read], loaded: list[Raw | None], stream: KindStream
    ) -> None:
        """Write again what an event has read since a batch was handed to Ocean."""
        pages: dict[str, dict[Key, Raw | None]] = defaultdict(dict)
        for item, before in zip(batch, loaded, strict=True):
            newer = self._newer(item, stream)
            if newer is not None and stream.updated(item.content, newer.raw) != before:
                key = (stream.kind, stream.key(item.content))
                pages[page_of(item.content)][key] = newer.raw
        for page_id, objects in pages.items():
            try:
                await self._write_in_turn(Found({"id": page_id}, objects))
            except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
                logger.warning("Port does not take what changed while it was loaded (%s)", error)
                self._read_again(page_id, objects)

    async def _write_in_turn(self, found: Found) -> None:
        if not found.objects:
            return
        async with self._turn:
            # As it was read last: it may have waited for its turn.
            newest = {
                key: raw if (cached := self._cache.get(key)) is None else cached.raw
                for key, raw in found.objects.items()
            }
            await self._write(replace(found, objects=newest))

    def _without_waiting(self, found: Found) -> Found:
        """Leave out what is read once more behind a resync, and is as it was published."""
        waiting = self._overlapped.get(found.page["id"], set())
        unchanged: set[Key] = set()
        for key in found.objects.keys() & waiting:
            cached = self._cache.get(key)
            if cached is not None and cached.raw == found.objects[key]:
                self._cache.put(key, replace(cached, read_at=found.read_at))
                unchanged.add(key)
        return found.without(unchanged)

    def _published(self, key: Key, raw: Raw | None) -> str | None:
        """Return the mark of Port's resyncs when an object was published as it is, if it was."""
        cached = self._cache.get(key)
        return cached.resyncs if cached is not None and cached.raw == raw else None

    def _read_behind_resync(self, page_id: str, keys: Collection[Key]) -> None:
        if not keys:
            return
        self._overlapped[page_id].update(keys)
        if self._waiting is None or self._waiting.done():
            self._waiting = asyncio.create_task(self._wait(), context=contextvars.Context())

    async def _wait(self) -> None:
        begun = self._clock.now()
        while self._clock.now() - begun < LONGEST_RESYNC:
            await self._clock.sleep(ASK_EVERY)
            resyncs = await self._resyncs()
            if resyncs is not None and not resyncs.running:
                break
        overlapped, self._overlapped = self._overlapped, defaultdict(set)
        logger.info("A resync is over: what changed meanwhile is read once more")
        for page_id, keys in overlapped.items():
            for key in keys:
                if (cached := self._cache.get(key)) is not None:
                    self._cache.put(key, replace(cached, is_behind=True))
            self._read_again(page_id, keys)

    async def _resyncs(self) -> Resyncs | None:
        try:
            return await self._ask_port()
        except Exception as error:  # noqa: BLE001 (what Port's client raises has no common name)
            # To read once more costs a request, not to do so may leave an old state.
            logger.warning("Port does not tell whether a resync runs (%s)", error)
            return None

    def close(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
