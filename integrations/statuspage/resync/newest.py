"""Who read an object last, so that a resync never writes an older state over a live event's.

A resync reads a list, and loads it seconds or minutes later. What a live event read between the
two is newer: the resync takes it instead. What a live event reads while a batch is on its way to
Port may be overwritten by that batch: the resync brings it once more, right behind.
"""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from kinds import ObjectKind
from statuspage import Raw

from .merging import Stream

logger = logging.getLogger(__name__)

# More objects than any outage touches, few enough to hold.
MOST = 2_000

# So often in a row an object may change while it is being loaded.
MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Sighting:
    """An object as a live event read it, None when it was gone; `number` tells the order.

    Gone it is from its page: whoever asks another page for it is told the same.
    """

    raw: Raw | None
    read_at: float
    number: int
    page_id: str | None = None

    def is_of(self, page_id: object) -> bool:
        """Tell whether it was seen on a page, as far as is known."""
        seen_on = self.page_id if self.raw is None else self.raw.get("page_id")
        return seen_on is None or seen_on == page_id


class Newest:
    """The objects whose latest reading was a live event's."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._sightings: OrderedDict[tuple[ObjectKind, str], Sighting] = OrderedDict()
        self.count = 0

    def note(
        self,
        kind: ObjectKind,
        object_id: str,
        raw: Raw | None,
        read_at: float,
        page_id: str | None = None,
    ) -> None:
        """Remember what was read of a page; `read_at` is when the answer was there."""
        known = self.of(kind, object_id)
        if raw is None and known is not None and known.raw is not None and not known.is_of(page_id):
            return
        self.count += 1
        self._sightings[kind, object_id] = Sighting(raw, read_at, self.count, page_id)
        self._sightings.move_to_end((kind, object_id))
        if len(self._sightings) > self._most:
            self._sightings.popitem(last=False)

    def of(self, kind: ObjectKind, object_id: str) -> Sighting | None:
        """Return how a live event read an object, unless a resync has read it since."""
        return self._sightings.get((kind, object_id))

    def forget(self, kind: ObjectKind, object_id: str) -> None:
        """Forget how an object was read, because it did not get into Port."""
        self._sightings.pop((kind, object_id), None)

    def overtaken(self, kind: ObjectKind, object_ids: Iterable[str], sent: float) -> None:
        """Forget objects that a resync has read, with a request sent when they were known."""
        if not self._sightings:
            return
        for object_id in object_ids:
            sighting = self._sightings.get((kind, object_id))
            if sighting is not None and sighting.read_at <= sent:
                del self._sightings[kind, object_id]


class Replaceable(Protocol):
    """A kind's stream that knows how a sighting changes one of its objects."""

    @property
    def kind(self) -> ObjectKind:
        """What sightings change it."""
        ...

    def sighted(self, item: Raw) -> str:
        """Return the id under which the sighting is kept."""
        ...

    def replace(self, item: Raw, sighting: Raw | None) -> Raw | None:
        """Return the object as it is now; None when it does not belong into Port any more."""
        ...


async def kept_newest(
    batches: Stream,
    stream: Replaceable,
    newest: Newest,
    forget: Callable[[ObjectKind, list[str]], Awaitable[None]],
) -> Stream:
    """Yield the batches with what live events have read since; `forget` what went meanwhile."""
    async for batch in batches:
        seen = newest.count
        current, _ = _apply(stream, batch, newest, after=None)
        for _ in range(MOST_ROUNDS):
            if not current:
                break
            yield current
            # Ocean has loaded it. What was sighted on the way may have been overwritten.
            before, seen = seen, newest.count
            current, gone = _apply(stream, current, newest, after=before)
            if gone:
                await forget(stream.kind, gone)
        if current:
            logger.warning(
                "%d objects change faster than Port takes them in: the next resync brings them",
                len(current),
            )


def _apply(
    stream: Replaceable, items: list[Raw], newest: Newest, after: int | None
) -> tuple[list[Raw], list[str]]:
    """Return what of the items is to be yielded, and the ids of what went.

    At first that is all of them, each in its newest state; later only what changed since.
    """
    current: list[Raw] = []
    gone: dict[str, None] = {}
    for item in items:
        sighting = newest.of(stream.kind, stream.sighted(item))
        if sighting is not None and not sighting.is_of(_page_of(item)):
            sighting = None
        if sighting is None or (after is not None and sighting.number <= after):
            if after is None:
                current.append(item)
        elif (replaced := stream.replace(item, sighting.raw)) is None:
            gone[stream.sighted(item)] = None
        elif after is None or replaced != item:
            current.append(replaced)
    return current, list(gone)


def _page_of(item: Raw) -> object:
    """Return the page of an object; an update names its incident's."""
    return item.get("page_id", item.get("__incident", {}).get("page_id"))
