"""Reads objects one by one; what is not found is only gone when the page's list agrees."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Container, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from resync.change_rules import changed_since
from statuspage import Clock, Raw, Reading, StatuspageError

# The events of one change come within half a minute. What a list shows to have changed so lately is
# taken along, so that they need no request of their own.
LATELY = timedelta(minutes=2)


@dataclass(slots=True)
class Objects:
    """What was read of some objects, None where one is gone; and why others could not be read."""

    read: dict[str, Raw | None] = field(default_factory=dict)
    failed: dict[str, StatuspageError] = field(default_factory=dict)

    @property
    def not_found(self) -> set[str]:
        return {object_id for object_id, raw in self.read.items() if raw is None}


def changed_lately(listed: Iterable[Raw], clock: Clock) -> dict[str, Raw]:
    """Return what of a list changed lately, by id."""
    since = clock.utc() - LATELY
    return {raw["id"]: raw for raw in listed if changed_since(raw, since)}


async def each_alone(
    object_ids: Iterable[str], read: Callable[[str], Awaitable[Raw | None]]
) -> Objects:
    """Read some objects; one that cannot be read costs the others nothing."""
    wanted = list(object_ids)
    answers = await asyncio.gather(*map(read, wanted), return_exceptions=True)
    objects = Objects()
    for object_id, answer in zip(wanted, answers, strict=True):
        if isinstance(answer, StatuspageError):
            objects.failed[object_id] = answer
        elif isinstance(answer, BaseException):
            raise answer
        else:
            objects.read[object_id] = answer
    return objects


async def confirm(
    objects: Objects, batches: AsyncIterator[Reading[list[Raw]]], unseen: Container[str] = ()
) -> None:
    """Look for what was not found in the page's list.

    For a while the API may answer 404 to everything. Then the list fails as well, and nothing
    is known of the objects. What the public view does not show either is gone.
    """
    missing = {object_id for object_id in objects.not_found if object_id not in unseen}
    if not missing:
        return
    try:
        async for batch in batches:
            for raw in batch.content:
                if raw["id"] in missing:
                    objects.read[raw["id"]] = raw
                    missing.discard(raw["id"])
            if not missing:
                break
    except StatuspageError as error:
        objects.read = {id_: raw for id_, raw in objects.read.items() if id_ not in missing}
        objects.failed |= dict.fromkeys(missing, error)
