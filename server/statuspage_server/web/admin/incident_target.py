"""What the incident form is about, and what stands in it at first."""

from dataclasses import dataclass

from statuspage_server.core.incident_plan import PLANNED, REALTIME
from statuspage_server.site.states import PHASES
from statuspage_server.storage.incidents import FullIncident
from statuspage_server.web.admin.desk import Desk
from statuspage_server.web.admin.incident_form import (
    CANCELLED,
    USUAL_TEXTS,
    IncidentForm,
    field_time,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What the form is about: an incident that is there, or a new one."""

    planned: bool
    incident: FullIncident | None = None

    @property
    def incident_id(self) -> str | None:
        return str(self.incident.row.id) if self.incident else None

    @property
    def attached(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.incident.components) if self.incident else ()

    @property
    def status(self) -> str:
        return str(self.incident.row.status) if self.incident else self.statuses[0][0]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        names = PLANNED if self.planned else REALTIME
        return [(status, PHASES[status]) for status in names]


def prefilled(target: Target, desk: Desk, status: str, *, cancel: bool) -> IncidentForm:
    if target.incident is None:
        status = "scheduled" if target.planned else "investigating"
        body = "" if target.planned else desk.page_language.text(USUAL_TEXTS[status])
        return IncidentForm(status=status, body=body, automatic=target.planned)
    row = target.incident.row
    if status not in dict(target.statuses):
        status = ""
    zone = desk.context.zone
    return IncidentForm(
        name=row.name,
        status=status or row.status,
        body=desk.page_language.text(CANCELLED if cancel else USUAL_TEXTS.get(status, "")),
        impact=row.impact_override or "",
        ticked=target.attached if status == "in_progress" else (),
        new_status="under_maintenance" if status == "in_progress" else "",
        restore=True,
        start=field_time(row.scheduled_for, zone),
        end=field_time(row.scheduled_until, zone),
        automatic=bool(row.scheduled_auto_in_progress),
    )
