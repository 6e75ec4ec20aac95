"""Reads again what hints name. Each object is as new as the newest of them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from kinds import ObjectKind
from resync.changes import changed_since
from resync.knowledge import Knowledge
from statuspage import Collection, Raw, StatuspageClient, Summary, page_status

from . import plan
from .groups import groups_of
from .hints import Hint, Subject

# When lists are read there is a flood of events, and some may have found no room. Whatever a list
# shows to have changed for so long is brought too.
LATELY = timedelta(minutes=15)


@dataclass(slots=True)
class Found:
    """What a look at one page brought; None stands for an object that is gone.

    `left` was not looked at, because it would have taken too much at once. `unsettled` tells that
    the public view, which is cached for some seconds, does not show the change yet.
    """

    page: Raw
    incidents: dict[str, Raw | None] = field(default_factory=dict)
    components: dict[str, Raw | None] = field(default_factory=dict)
    groups: list[Raw] = field(default_factory=list)
    page_now: Raw | None = None
    requests: int = 0
    left: list[Hint] = field(default_factory=list)
    unsettled: frozenset[str] | None = None


async def look(
    client: StatuspageClient, knowledge: Knowledge, page: Raw, hints: Iterable[Hint]
) -> Found:
    """Look at what the hints name, and at what goes with it: groups and the page itself."""
    found = Found(page)
    # It is not counted and needs nothing of the rest, so it is on its way meanwhile.
    summary = asyncio.create_task(client.summary(page))
    try:
        by_subject: dict[Subject, list[Hint]] = {subject: [] for subject in Subject}
        for hint in hints:
            by_subject[hint.subject].append(hint)
        await _incidents(client, found, by_subject[Subject.INCIDENT])
        rows = await _components(client, knowledge, found, by_subject[Subject.COMPONENT])
        _surroundings(knowledge, found, rows, await summary, by_subject[Subject.PAGE])
    finally:
        summary.cancel()
    _note(knowledge, found, client.transport.clock.now())
    return found


def as_seen(knowledge: Knowledge, kind: ObjectKind, ids: Iterable[str]) -> Found:
    """Return objects as they were seen last, without another look."""
    seen = {id_: sighting.raw for id_ in ids if (sighting := knowledge.newest.of(kind, id_))}
    if kind is ObjectKind.INCIDENT:
        return Found({}, incidents=seen)
    return Found({}, components=seen)


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
    since = client.transport.clock.utc() - LATELY
    found.incidents = {
        incident_id: incident
        for incident_id, incident in listed.items()
        if incident_id in asked or changed_since(incident, since)
    }
    alone = [hint for hint in hints if hint.id not in listed]
    found.left += alone[intent.alone :]
    found.incidents |= await _each_alone(
        found, alone[: intent.alone], lambda id_: client.incident(page_id, id_)
    )
    for incident in filter(None, found.incidents.values()):
        found.components |= {row["id"]: row for row in incident.get("components") or []}


async def _components(
    client: StatuspageClient, knowledge: Knowledge, found: Found, hints: list[Hint]
) -> list[Raw] | None:
    """Read the components that the incidents did not bring; return all rows if they were read."""
    page_id = found.page["id"]
    wanted = [hint for hint in hints if not _brought(found, hint)]
    intent = plan.components(
        len(wanted), knowledge.rows.get(page_id), is_public=page_status.is_public(found.page)
    )
    rows: list[Raw] | None = None
    if intent.lists:
        rows = []
        async for batch in client.components(page_id).batches():
            found.requests += 1
            rows += batch
        knowledge.rows[page_id] = len(rows)
    listed = {row["id"]: row for row in rows or []}
    asked = {hint.id for hint in wanted}
    since = client.transport.clock.utc() - LATELY
    found.components |= {
        component_id: row
        for component_id, row in listed.items()
        if component_id in asked or (len(asked) > plan.FEW and changed_since(row, since))
    }
    alone = [hint for hint in wanted if hint.id not in listed]
    # What a complete list does not show is not worth another look.
    found.left += [] if intent.lists else alone[intent.alone :]
    found.components |= await _each_alone(
        found, alone[: intent.alone], lambda id_: client.component(page_id, id_)
    )
    return rows


def _brought(found: Found, hint: Hint) -> bool:
    row = found.components.get(hint.id)
    # It was read after the hint came, so it is new enough whatever the hint says.
    return row is not None


async def _each_alone(
    found: Found, hints: list[Hint], read: Callable[[str], Coroutine[Any, Any, Raw | None]]
) -> dict[str, Raw | None]:
    found.requests += len(hints)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = {hint.id: group.create_task(read(hint.id)) for hint in hints}
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return {object_id: task.result() for object_id, task in tasks.items()}


def _surroundings(
    knowledge: Knowledge,
    found: Found,
    rows: list[Raw] | None,
    summary: Summary | None,
    hints: list[Hint],
) -> None:
    """Work out the groups and the page from rows that show the change already."""
    changed = [row for row in found.components.values() if row is not None]
    wanted = {str(row["group_id"]) for row in changed if row.get("group_id")}
    wanted = wanted.union(*(hint.groups for hint in hints))
    if summary is not None:
        knowledge.rows.setdefault(found.page["id"], len(summary.rows))
        if not _shows(summary, changed):
            found.unsettled = frozenset(wanted)
            summary = None
    if rows is not None:
        found.groups = groups_of(rows, wanted)
    elif summary is not None:
        found.groups = groups_of(summary.rows, wanted)
    status = None
    if summary is not None:
        status = summary.status
    elif rows is not None and found.unsettled is None:
        status = page_status.derived(rows)
    if status is not None:
        found.page_now = {**found.page, "__status": status.raw()}


def _shows(summary: Summary, changed: list[Raw]) -> bool:
    shown = {row["id"]: row.get("status") for row in summary.rows}
    return all(shown.get(row["id"], row.get("status")) == row.get("status") for row in changed)


def _note(knowledge: Knowledge, found: Found, now: float) -> None:
    newest = knowledge.newest
    for incident_id, incident in found.incidents.items():
        newest.note(ObjectKind.INCIDENT, incident_id, incident, now)
    for component_id, component in found.components.items():
        newest.note(ObjectKind.COMPONENT, component_id, component, now)
    for group in found.groups:
        newest.note(ObjectKind.COMPONENT_GROUP, group["id"], group, now)
    if found.page_now is not None:
        newest.note(ObjectKind.PAGE, found.page["id"], found.page_now, now)
