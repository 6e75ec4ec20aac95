"""What one page yields for each kind. Objects stay as they came; what we add begins with `__`.

A stream lets go of a batch before it waits for the next. It also says how an object changes with
what a live event has read meanwhile (publishing/resync_overlap.py), and under which id that is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Protocol, cast

from kinds import ObjectKind
from statuspage import Collection, Raw, Reading

from .merging import Read, Stream
from .scopes import FINISHED, in_scope
from .snapshot import Snapshot

type PageStream = Callable[[Snapshot, Reading[Raw]], Stream]

# Further back than any page, and no further than dates go.
A_CENTURY = 36_500


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages, as old as their status: most live events change nothing else of them."""

    kind: ClassVar = ObjectKind.PAGE
    # Components are only needed for a private page, so no list is sure to be read.
    collections: ClassVar[tuple[Collection, ...]] = ()
    current_status: bool = True

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        """Yield the page, with the status that the manage API does not tell."""
        if self.current_status:
            status = await snapshot.status(page.content)
            with_status = {**page.content, "__status": status.content.raw()}
            yield [Reading(with_status, status.sent)]
        else:
            yield [page]

    def key(self, page: Raw) -> str:
        return str(page["id"])

    def updated(self, page: Raw, newer: Raw | None) -> Raw | None:
        return _with_newer(page, newer, status=self.current_status)


@dataclass(frozen=True, slots=True)
class Groups:
    """Component groups, as old as their status: most live events change nothing else."""

    kind: ClassVar = ObjectKind.COMPONENT_GROUP
    current_status: bool = True

    @property
    def collections(self) -> tuple[Collection, ...]:
        if self.current_status:
            return Collection.COMPONENT_GROUPS, Collection.COMPONENTS
        return (Collection.COMPONENT_GROUPS,)

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        """Yield the groups, each with the status that only its row among the components tells."""
        page_id = page.content["id"]
        statuses: dict[str, Reading[str | None]] = {}
        if self.current_status:
            async for rows in snapshot.list(page_id, Collection.COMPONENTS).batches():
                for row in rows.content:
                    if row.get("group"):
                        statuses[row["id"]] = Reading(row.get("status"), rows.sent)
        async for groups in snapshot.list(page_id, Collection.COMPONENT_GROUPS).batches():
            if not self.current_status:
                yield _each(groups)
                continue
            yield [
                Reading({**group, "__status": status.content}, status.sent)
                for group in groups.content
                for status in [statuses.get(group["id"], Reading(None, groups.sent))]
            ]

    def key(self, group: Raw) -> str:
        return str(group["id"])

    def updated(self, group: Raw, newer: Raw | None) -> Raw | None:
        return None if newer is None else _with_newer(group, newer, status=self.current_status)


@dataclass(frozen=True, slots=True)
class Components:
    """Components, and a row for each group as the API has it."""

    kind: ClassVar = ObjectKind.COMPONENT
    collections: ClassVar = (Collection.COMPONENTS,)

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        async for rows in snapshot.list(page.content["id"], Collection.COMPONENTS).batches():
            yield _each(rows)
            del rows

    def key(self, row: Raw) -> str:
        return str(row["id"])

    def updated(self, row: Raw, newer: Raw | None) -> Raw | None:  # noqa: ARG002
        return newer


@dataclass(frozen=True, slots=True)
class Incidents:
    """Incidents and maintenances, of some scopes and of some age."""

    kind: ClassVar = ObjectKind.INCIDENT
    scopes: tuple[Collection, ...] = (Collection.INCIDENTS,)
    created_after: datetime | None = None

    @property
    def collections(self) -> tuple[Collection, ...]:
        """The lists that are read: the list of all holds those of every other scope."""
        if Collection.INCIDENTS in self.scopes:
            return (Collection.INCIDENTS,)
        return tuple(dict.fromkeys(self.scopes))

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        """Yield the incidents, each once, as the first of its lists shows it."""
        seen: set[str] = set()
        for collection in self.collections:
            async for batch in snapshot.list(page.content["id"], collection).batches():
                fresh = [
                    item for item in batch.content if item["id"] not in seen and self.wants(item)
                ]
                seen.update(item["id"] for item in fresh)
                yield _each(Reading(fresh, batch.sent))
                del batch, fresh

    def key(self, incident: Raw) -> str:
        return str(incident["id"])

    def updated(self, incident: Raw, newer: Raw | None) -> Raw | None:  # noqa: ARG002
        return newer if newer and self.chooses(newer) else None

    def chooses(self, incident: Raw) -> bool:
        """Tell whether an incident belongs into Port, of whatever list it comes."""
        return self.wants(incident) and in_scope(incident, self.scopes)

    def wants(self, incident: Raw) -> bool:
        """Tell whether an incident is young enough, or still open at any age."""
        if self.created_after is None or incident.get("status") not in FINISHED:
            return True
        created = moment(incident.get("created_at"))
        return created is None or created >= self.created_after


@dataclass(frozen=True, slots=True)
class IncidentUpdates:
    """The updates that incidents hold; there is no list of them."""

    # What a live event reads is the incident.
    kind: ClassVar = ObjectKind.INCIDENT
    incidents: Incidents

    @property
    def collections(self) -> tuple[Collection, ...]:
        return self.incidents.collections

    async def __call__(self, snapshot: Snapshot, page: Reading[Raw]) -> Stream:
        async for batch in self.incidents(snapshot, page):
            yield updates_read(batch)
            del batch

    def key(self, update: Raw) -> str:
        return str(update.get("incident_id"))

    def updated(self, update: Raw, newer: Raw | None) -> Raw | None:
        if newer is None or not self.incidents.chooses(newer):
            return None
        return next((one for one in updates_of([newer]) if one["id"] == update["id"]), None)


type KindStream = Pages | Groups | Components | Incidents | IncidentUpdates


class HasStream(Protocol):
    @property
    def stream(self) -> KindStream: ...


def stream_of(block: object) -> KindStream:
    """Return what a block of the mapping reads; integration.py gives each its stream."""
    return cast("HasStream", block).stream


def _each(batch: Reading[list[Raw]]) -> list[Read]:
    return [Reading(item, batch.sent) for item in batch.content]


def _with_newer(item: Raw, newer: Raw | None, *, status: bool) -> Raw:
    """Return an item with the newer status; the rest is only newer if it changed later."""
    if newer is None:
        return item
    ours, theirs = moment(newer.get("updated_at")), moment(item.get("updated_at"))
    changed_later = ours is not None and theirs is not None and ours > theirs
    rest = newer if changed_later else item
    return {**rest, "__status": newer["__status"]} if status else without_status(rest)


def without_status(item: Raw) -> Raw:
    """Return an item without what was added, as a selector that leaves the status out wants it."""
    return {key: value for key, value in item.items() if key != "__status"}


def updates_read(incidents: Iterable[Read]) -> list[Read]:
    """Return the updates of incidents, as old as their incidents."""
    return [
        Reading(update, incident.sent)
        for incident in incidents
        for update in updates_of([incident.content])
    ]


def updates_of(incidents: Iterable[Raw]) -> list[Raw]:
    """Return the incidents' updates, each with what it needs to know of its incident."""
    return [
        {
            **update,
            "__incident": {key: incident.get(key) for key in ("name", "page_id", "impact")},
        }
        for incident in incidents
        if isinstance(updates := incident.get("incident_updates"), list)
        for update in updates
        if isinstance(update, dict)
    ]


def page_of(item: Raw) -> str:
    """Return the page of an object of any kind; an update names its incident's."""
    return str(item.get("page_id") or item.get("__incident", {}).get("page_id") or item["id"])


def days_ago(days: int | None, now: datetime) -> datetime | None:
    """Return the moment so many days before `now`."""
    return None if days is None else now - timedelta(days=min(days, A_CENTURY))


def moment(value: object) -> datetime | None:
    """Read a timestamp of the API, None where there is none."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read and read.tzinfo is None else read
