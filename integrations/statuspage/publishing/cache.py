"""The objects as live events read them last."""

from collections import OrderedDict
from dataclasses import dataclass

from statuspage import Raw

from .found import Key

# More objects than any outage touches, few enough to hold.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Cached:
    """An object, None when it was gone.

    `read_at` is when the answer was there, so that the object may be as new as that. `resyncs` is
    the mark of Port's resyncs when it was published; None when one ran or that is unknown.
    `is_behind` tells that the resyncs that ran then are over, and may have written over it.
    """

    raw: Raw | None
    read_at: float
    resyncs: str | None = None
    is_behind: bool = False


class Cache:
    """What a live event read stays until a resync has written what it read later."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._objects: OrderedDict[Key, Cached] = OrderedDict()

    def put(self, key: Key, cached: Cached) -> None:
        self._objects[key] = cached
        self._objects.move_to_end(key)
        if len(self._objects) > self._most:
            self._objects.popitem(last=False)

    def get(self, key: Key) -> Cached | None:
        return self._objects.get(key)

    def drop(self, key: Key) -> None:
        self._objects.pop(key, None)
