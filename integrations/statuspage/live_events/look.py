"""Reads again what hints name. Each object is as new as the newest of them."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from kinds import ObjectKind
from resync.changes import changed_since
from resync.knowledge import Knowledge
from resync.streams import moment
from statuspage import (
    PAGE_SIZE,
    Collection,
    Raw,
    StatuspageClient,
    StatuspageError,
    Summary,
    page_status,
)

from . import plan
from .groups import groups_of
from .hints import Hint, Subject

logger = logging.getLogger(__name__)

# Whatever a list shows to have changed for so long is brought too: it costs no further request, its
# event may be on the way, and in a flood of events it may have found no room.
LATELY = timedelta(minutes=15)

# So many incidents at once that are neither new nor open are somebody's invention.
MADE_UP = 10

# A public view that still does not show a change after so long is left to the resync.
SHOWS_WITHIN = 2 * page_status.CACHED_FOR

# The manage API may cut the moment of a change to the second.
CUT = timedelta(seconds=1)


@dataclass(slots=True)
class Found:
    """What a look at one page brought; None stands for an object that is gone.

    `left` was not looked at, because it would have taken too much at once; `failed` could not be
    read. `unsettled` tells that the public view, which is cached for some seconds, does not show
    a change yet, and in which groups.
    """

    page: Raw
    incidents: dict[str, Raw | None] = field(default_factory=dict)
    components: dict[str, Raw | None] = field(default_factory=dict)
    groups: list[Raw] = field(default_factory=list)
    page_now: Raw | None = None
    requests: int = 0
    read_at: float = 0.0
    left: list[Hint] = field(default_factory=list)
    failed: dict[Hint, StatuspageError] = field(default_factory=dict)
    unsettled: frozenset[str] | None = None
    is_only_page: bool = False

    def objects(self) -> Iterator[tuple[ObjectKind, str, Raw | None]]:
        """Yield what was read, the page behind what its status follows from."""
        for incident_id, incident in self.incidents.items():
            yield ObjectKind.INCIDENT, incident_id, incident
        for component_id, component in self.components.items():
            yield ObjectKind.COMPONENT, component_id, component
        for group in self.groups:
            yield ObjectKind.COMPONENT_GROUP, group["id"], group
        if self.page_now is not None:
            yield ObjectKind.PAGE, self.page["id"], self.page_now


async def look(
    client: StatuspageClient,
    knowledge: Knowledge,
    found: Found,
    hints: Iterable[Hint],
) -> None:
    """Look at what the hints name, and at what goes with it: groups and the page itself."""
    found.is_only_page = len(knowledge.pages) == 1
    by_subject: dict[Subject, list[Hint]] = {subject: [] for subject in Subject}
    for hint in hints:
        by_subject[hint.subject].append(hint)
    await _incidents(client, found, by_subject[Subject.INCIDENT])
    rows = await _components(client, knowledge, found, by_subject[Subject.COMPONENT])
    found.read_at = client.clock.now()
    wanted = {str(row["group_id"]) for row in _changed(found) if row.get("group_id")}
    wanted = wanted.union(*(hint.groups for hint in by_subject[Subject.PAGE]))
    if rows is not None:
        found.groups = groups_of(rows, wanted)
    if page_status.is_public(found.page):
        # Last, so that it is as new as can be.
        summary = await client.summary(found.page)
        if summary is not None:
            _public_view(knowledge, found, summary, wanted)
        elif rows is None and found.components:
            found.unsettled = frozenset(wanted)
    if found.page_now is None and found.unsettled is None and rows is not None:
        found.page_now = {**found.page, "__status": page_status.derived(rows).raw()}


def as_seen(knowledge: Knowledge, kind: ObjectKind, ids: Iterable[str]) -> Found:
    """Return objects as they were seen last, without another look."""
    seen = {id_: sighting.raw for id_ in ids if (sighting := knowledge.newest.of(kind, id_))}
    if kind is ObjectKind.INCIDENT:
        return Found({}, incidents=seen)
    return Found({}, components=seen)


def one_list_shows_it(knowledge: Knowledge, page: Raw) -> bool:
    """Tell whether only the list of components shows a page's status, and takes one request.

    A list of unknown length is taken for a short one, since only reading it would tell.
    """
    return not page_status.is_public(page) and knowledge.rows.get(page["id"], 0) < PAGE_SIZE


async def _incidents(client: StatuspageClient, found: Found, hints: list[Hint]) -> None:
    page_id = found.page["id"]
    intent = plan.incidents(len(hints))
    listed: dict[str, Raw] = {}
    if intent.lists:
        # New ones are expected on the first page (QUIRKS.md, "Order of incidents"); whatever is
        # still open is in the other list in any case.
        for collection in (Collection.INCIDENTS, Collection.UNRESOLVED):
            found.requests += 1
            async for batch in client.incidents(page_id, collection).batches():
                listed |= {incident["id"]: incident for incident in batch}
                break
    asked = {hint.id for hint in hints}
    since = client.clock.utc() - LATELY
    found.incidents = {
        incident_id: incident
        for incident_id, incident in listed.items()
        if incident_id in asked or changed_since(incident, since)
    }
    alone = [hint for hint in hints if hint.id not in listed]
    if len(alone) > MADE_UP and intent.lists:
        logger.warning(
            "Page %s: %d incidents that no list shows are left to the next resync",
            page_id,
            len(alone),
        )
        alone = []
    found.left += alone[intent.alone :]
    found.incidents |= await _each_alone(
        found, alone[: intent.alone], lambda id_: client.incident(page_id, id_)
    )
    for incident in filter(None, found.incidents.values()):
        found.components |= {row["id"]: row for row in incident.get("components") or []}


async def _components(
    client: StatuspageClient,
    knowledge: Knowledge,
    found: Found,
    hints: list[Hint],
) -> list[Raw] | None:
    """Read the components that the incidents did not bring; return all rows if they were read."""
    page_id = found.page["id"]
    brought = set(found.components)
    shown_by_list = one_list_shows_it(knowledge, found.page)
    wanted = [hint for hint in hints if shown_by_list or hint.id not in brought]
    intent = plan.components(
        len(wanted),
        0 if shown_by_list else knowledge.rows.get(page_id),
        is_public=page_status.is_public(found.page),
    )
    rows: list[Raw] | None = None
    if intent.lists:
        rows = []
        found.requests += 1
        async for reading in client.components(page_id).readings():
            rows += reading.content
            found.requests += len(reading.content) == PAGE_SIZE
        knowledge.rows[page_id] = len(rows)
    listed = {row["id"]: row for row in rows or []}
    asked = {hint.id for hint in wanted}
    since = client.clock.utc() - LATELY
    found.components |= {
        component_id: row
        for component_id, row in listed.items()
        if component_id in asked | brought or changed_since(row, since)
    }
    if rows is not None:
        # What a complete list does not show is not worth another look.
        return rows
    alone = [hint for hint in wanted if hint.id not in brought]
    found.left += alone[intent.alone :]
    found.components |= await _each_alone(
        found, alone[: intent.alone], lambda id_: client.component(page_id, id_)
    )
    return None


async def _each_alone(
    found: Found, hints: list[Hint], read: Callable[[str], Coroutine[Any, Any, Raw | None]]
) -> dict[str, Raw | None]:
    """Read some objects; one that cannot be read costs the others nothing."""
    found.requests += len(hints)
    answers = await asyncio.gather(*(read(hint.id) for hint in hints), return_exceptions=True)
    objects: dict[str, Raw | None] = {}
    for hint, answer in zip(hints, answers, strict=True):
        if isinstance(answer, StatuspageError):
            found.failed[hint] = answer
        elif isinstance(answer, BaseException):
            raise answer
        else:
            objects[hint.id] = answer
    return objects


def _changed(found: Found) -> list[Raw]:
    return [row for row in found.components.values() if row is not None]


def _public_view(knowledge: Knowledge, found: Found, summary: Summary, wanted: set[str]) -> None:
    """Take groups and page from the public view, if it is as new as everything that was read."""
    knowledge.rows.setdefault(found.page["id"], len(summary.rows))
    waiting = [age for row in summary.rows if (age := _behind(knowledge, found, row)) is not None]
    if not waiting:
        found.groups = found.groups or groups_of(summary.rows, wanted)
        found.page_now = {**found.page, "__status": summary.status.raw()}
    elif min(waiting) < SHOWS_WITHIN:
        found.unsettled = frozenset(wanted)


def _behind(knowledge: Knowledge, found: Found, row: Raw) -> float | None:
    """Return since when a row of the public view should show another state; None if it need not."""
    raw, age = found.components.get(row["id"]), 0.0
    if row["id"] not in found.components:
        sighting = knowledge.newest.of(ObjectKind.COMPONENT, row["id"])
        if sighting is None:
            return None
        raw, age = sighting.raw, found.read_at - sighting.read_at
    if raw is None:
        return age if age < SHOWS_WITHIN and not row.get("group") else None
    if raw.get("status") == row.get("status"):
        return None
    told, known = moment(row.get("updated_at")), moment(raw.get("updated_at"))
    # A row that changed later tells of a change whose event is still on its way.
    return age if told is None or known is None or told < known + CUT else None
