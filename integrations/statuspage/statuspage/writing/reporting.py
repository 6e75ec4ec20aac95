"""What monitors report: one open incident for a component, however often it is called."""

from dataclasses import dataclass
from enum import StrEnum

from statuspage.answers import Raw
from statuspage.client import StatuspageClient
from statuspage.drafts import COMPONENT_STATUSES, Change, NewIncident
from statuspage.drafts.words import known_word
from statuspage.records import objects

from .incidents import Incidents
from .marks import requested
from .restoring import WELL, last_told


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """That a component is in some status; `name` is the title of the incident, if it opens one."""

    component_id: str
    status: str
    name: str
    comment: str | None = None
    requested_by: str | None = None
    deliver_notifications: bool = False

    def __post_init__(self) -> None:
        """Take the API's word for what people write."""
        status = known_word("status", self.status, COMPONENT_STATUSES)
        object.__setattr__(self, "status", status)

    @property
    def key(self) -> str:
        """The key of the component's incident."""
        return f"component {self.component_id}"

    def change(self, incident: Raw) -> Change:
        """Return what the report adds to the incident that is open."""
        by = self.requested_by
        return Change(
            body=self.comment,
            components={self.component_id: self.status},
            deliver_notifications=self.deliver_notifications,
            metadata=None if by is None else requested(by, self.status, incident),
        )

    def draft(self) -> NewIncident:
        """Return the incident that the report opens."""
        by = self.requested_by
        return NewIncident(
            name=self.name,
            body=self.comment,
            components={self.component_id: self.status},
            deliver_notifications=self.deliver_notifications,
            metadata=None if by is None else requested(by, self.status),
        )


class Outcome(StrEnum):
    """What came of a report."""

    OPENED = "opened"
    WORSE = "worse"
    RESOLVED = "resolved"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Reported:
    """What came of a report, and the component's incident if there is one."""

    outcome: Outcome
    incident: Raw | None


async def report(client: StatuspageClient, page_id: str, said: Report) -> Reported:
    """Open the component's incident, tell that it is worse, or resolve it.

    A status that is better, but not well, changes nothing: another monitor may see the worse one.
    """
    incidents = Incidents(client, page_id)
    if said.status == WELL:
        found = await incidents.settle(said.key)
        if found is None:
            return Reported(Outcome.UNCHANGED, None)
        return Reported(Outcome.RESOLVED, await incidents.resolve(found["id"], said.change(found)))
    creation = await incidents.create_once(said.draft(), said.key, contested=True)
    incident = creation.incident
    if not creation.was_there:
        return Reported(Outcome.OPENED, incident)
    if not _is_worse(said.status, _status_in(incident, said.component_id)):
        return Reported(Outcome.UNCHANGED, incident)
    return Reported(Outcome.WORSE, await incidents.update(incident["id"], said.change(incident)))


def _is_worse(status: str, than: str) -> bool:
    known = COMPONENT_STATUSES
    return than not in known or known.index(status) > known.index(than)


def _status_in(incident: Raw, component_id: str) -> str:
    """What the incident told of the component last, else how the component is."""
    told = last_told(incident).get(component_id)
    rows = objects(incident.get("components"))
    return told or next((str(r.get("status")) for r in rows if r.get("id") == component_id), "")
