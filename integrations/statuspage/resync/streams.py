"""What one page yields for each kind. Objects stay as they came; what we add begins with `__`."""

import logging
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from kinds import ObjectKind
from statuspage import Collection, Raw

from .errors import PageNotVisible
from .merging import Stream, merged, sized
from .scopes import FINISHED, in_scope
from .snapshot import Snapshot

logger = logging.getLogger(__name__)

type PageStream = Callable[[Snapshot, Raw], Stream]

# Further back than any page, and no further than dates go.
A_CENTURY = 36_500


async def everywhere(snapshot: Snapshot, stream: PageStream) -> Stream:
    """Yield a kind's objects of all pages; tell at the end what that took, also of a failure."""
    objects = pages = 0
    try:
        chosen = await snapshot.chosen()
        pages = len(chosen.pages)
        unseen = {page_id: PageNotVisible(page_id) for page_id in chosen.unseen}
        streams = {page["id"]: stream(snapshot, page) for page in chosen.pages}
        async for batch in sized(merged(streams, unseen)):
            objects += len(batch)
            yield batch
    finally:
        logger.info(
            "%s: %d read from %d pages (%d requests since the start)",
            type(stream).__name__,
            objects,
            pages,
            snapshot.client.requests_sent,
        )


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages themselves."""

    kind: ClassVar = ObjectKind.PAGE
    current_status: bool = True

    @property
    def collections(self) -> list[Collection]:
        """The lists that are sure to be read: components are only needed for a private page."""
        return []

    def sighted(self, page: Raw) -> str:
        """Return the page's id."""
        return str(page["id"])

    def replace(self, page: Raw, sighting: Raw | None) -> Raw | None:
        """Return the page with a newer status."""
        return _with_status(page, sighting) if self.current_status else page

    async def __call__(self, snapshot: Snapshot, page: Raw) -> AsyncIterator[list[Raw]]:
        """Yield the page, with the status that the manage API does not tell."""
        if self.current_status:
            status = await snapshot.status(page)
            yield [{**page, "__status": status.raw()}]
        else:
            yield [page]


@dataclass(frozen=True, slots=True)
class Groups:
    """Component groups."""

    kind: ClassVar = ObjectKind.COMPONENT_GROUP
    current_status: bool = True

    def sighted(self, group: Raw) -> str:
        """Return the group's id."""
        return str(group["id"])

    def replace(self, group: Raw, sighting: Raw | None) -> Raw | None:
        """Return the group with a newer status."""
        return _with_status(group, sighting) if self.current_status else group

    @property
    def collections(self) -> list[Collection]:
        """The lists that are read."""
        rows = [Collection.COMPONENTS] if self.current_status else []
        return [Collection.COMPONENT_GROUPS, *rows]

    async def __call__(self, snapshot: Snapshot, page: Raw) -> AsyncIterator[list[Raw]]:
        """Yield the groups, each with the status that only its row among the components tells."""
        statuses: dict[str, str | None] = {}
        if self.current_status:
            async for batch in snapshot.list(page["id"], Collection.COMPONENTS).batches():
                statuses |= {row["id"]: row.get("status") for row in batch if row.get("group")}
        async for batch in snapshot.list(page["id"], Collection.COMPONENT_GROUPS).batches():
            if self.current_status:
                yield [{**group, "__status": statuses.get(group["id"])} for group in batch]
            else:
                yield batch


@dataclass(frozen=True, slots=True)
class Components:
    """Components, and a row for each group as the API has it."""

    kind: ClassVar = ObjectKind.COMPONENT

    def sighted(self, row: Raw) -> str:
        """Return the component's id."""
        return str(row["id"])

    def replace(self, row: Raw, sighting: Raw | None) -> Raw | None:  # noqa: ARG002
        """Return the component as it was seen."""
        return sighting

    @property
    def collections(self) -> list[Collection]:
        """The lists that are read."""
        return [Collection.COMPONENTS]

    async def __call__(self, snapshot: Snapshot, page: Raw) -> AsyncIterator[list[Raw]]:
        """Yield the rows."""
        async for batch in snapshot.list(page["id"], Collection.COMPONENTS).batches():
            yield batch


@dataclass(frozen=True, slots=True)
class Incidents:
    """Incidents and maintenances, of some scopes and of some age."""

    kind: ClassVar = ObjectKind.INCIDENT
    scopes: tuple[Collection, ...] = (Collection.INCIDENTS,)
    created_after: datetime | None = None

    @property
    def collections(self) -> list[Collection]:
        """The lists that are read: the list of all holds those of every other scope."""
        whole = Collection.INCIDENTS
        return [whole] if whole in self.scopes else list(dict.fromkeys(self.scopes))

    async def __call__(self, snapshot: Snapshot, page: Raw) -> AsyncIterator[list[Raw]]:
        """Yield the incidents, each once."""
        seen: set[str] = set()
        for collection in self.collections:
            async for batch in snapshot.list(page["id"], collection).batches():
                fresh = [item for item in batch if item["id"] not in seen and self.wants(item)]
                seen.update(item["id"] for item in fresh)
                yield fresh

    def sighted(self, incident: Raw) -> str:
        """Return the incident's id."""
        return str(incident["id"])

    def replace(self, incident: Raw, sighting: Raw | None) -> Raw | None:  # noqa: ARG002
        """Return the incident as it was seen."""
        return sighting if sighting and self.chooses(sighting) else None

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

    kind: ClassVar = ObjectKind.INCIDENT
    incidents: Incidents

    def sighted(self, update: Raw) -> str:
        """Return the id of the update's incident."""
        return str(update.get("incident_id"))

    def replace(self, update: Raw, sighting: Raw | None) -> Raw | None:
        """Return the update as its incident was seen."""
        if sighting is None or not self.incidents.chooses(sighting):
            return None
        return next((one for one in updates_of([sighting]) if one["id"] == update["id"]), None)

    @property
    def collections(self) -> list[Collection]:
        """The lists that are read."""
        return self.incidents.collections

    async def __call__(self, snapshot: Snapshot, page: Raw) -> AsyncIterator[list[Raw]]:
        """Yield the updates of the incidents."""
        async for batch in self.incidents(snapshot, page):
            yield updates_of(batch)


def _with_status(item: Raw, sighting: Raw | None) -> Raw:
    return item if sighting is None else {**item, "__status": sighting["__status"]}


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
