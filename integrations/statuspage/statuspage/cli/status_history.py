"""The changes of a component's status, from what its incidents' updates say. No I/O."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from statuspage.answers import Raw
from statuspage.records import moment, objects
from statuspage.writing.marks import requested_by


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One change: when, from what to what, by whom, and why."""

    changed_at: str
    previous_status: str
    new_status: str
    changed_by: str
    comment: str
    incident_id: str
    incident_name: str

    @property
    def moment(self) -> datetime | None:
        """When it was, None where that is not told."""
        return moment(self.changed_at)

    def raw(self) -> Raw:
        """Return it as the object that is printed as JSON."""
        return asdict(self)


def status_changes(incidents: Iterable[Raw], component_id: str) -> list[StatusChange]:
    """Return a component's changes, the newest first; updates that left it as it was are none."""
    told = [
        _change(incident, update, affected)
        for incident in incidents
        for update in objects(incident.get("incident_updates"))
        for affected in objects(update.get("affected_components"))
        if affected.get("code") == component_id
    ]
    found: list[StatusChange] = []
    for change in sorted(told, key=_time):
        before = change.previous_status
        if before == change.new_status and found:
            # The component is often written just before the update that names it, which then
            # tells the new status twice.
            before = found[-1].new_status
        if before != change.new_status:
            found.append(replace(change, previous_status=before))
    return found[::-1]


def _change(incident: Raw, update: Raw, affected: Raw) -> StatusChange:
    return StatusChange(
        changed_at=_text(update.get("display_at") or update.get("created_at")),
        previous_status=_text(affected.get("old_status")),
        new_status=_text(affected.get("new_status")),
        # The API does not tell which user wrote an update; `report --requested-by` notes it.
        changed_by=requested_by(incident, _text(affected.get("new_status"))) or "",
        comment=_text(update.get("body")),
        incident_id=_text(incident.get("id")),
        incident_name=_text(incident.get("name")),
    )


def _time(change: StatusChange) -> float:
    return change.moment.timestamp() if change.moment else 0.0


def _text(value: object) -> str:
    return "" if value is None else str(value)
