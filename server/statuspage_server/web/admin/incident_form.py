"""The form for incidents and maintenances: from what was ticked to what the API would be sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from statuspage_server.core.author import Author
from statuspage_server.core.incident_plan import OVER, IncidentRequest
from statuspage_server.core.moments import Moment, as_datetime
from statuspage_server.errors import Unprocessable
from statuspage_server.web.faults import describe_faults
from statuspage_server.web.v1.incident_requests import incident_request
from statuspage_server.web.v1.models import IncidentFields

# What a status usually comes with, so that at night nobody has to find words.
USUAL_TEXTS = {
    "investigating": "We are looking into this.",
    "identified": "We have found the cause and are working on it.",
    "monitoring": "A fix is in place. We are watching whether it holds.",
    "resolved": "This incident is resolved.",
    "in_progress": "The maintenance has begun.",
    "verifying": "The work is done. We are checking that everything is well.",
    "completed": "The maintenance is complete.",
}
CANCELLED = "This maintenance is cancelled."


@dataclass(frozen=True, slots=True)
class IncidentForm:
    """As a browser sends it; everything in it is text."""

    name: str = ""
    status: str = ""
    body: str = ""
    impact: str = ""
    ticked: tuple[str, ...] = ()
    new_status: str = ""
    """For the ticked components."""
    restore: bool = False
    """Set back what the incident affects."""
    tell: bool = True
    start: str = ""
    end: str = ""
    automatic: bool = False

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> "IncidentForm":
        def text(name: str) -> str:
            value = fields.get(name)
            return value.strip() if isinstance(value, str) else ""

        ticked = fields.get("ticked")
        return cls(
            name=text("name"),
            status=text("status"),
            body=text("body"),
            impact=text("impact"),
            ticked=tuple(one for one in ticked if isinstance(one, str))
            if isinstance(ticked, list)
            else (),
            new_status=text("new_status"),
            restore=text("restore") == "on",
            tell=text("tell") == "on",
            start=text("start"),
            end=text("end"),
            automatic=text("automatic") == "on",
        )

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The same once more, for a form that only has a button."""
        for name in ("name", "status", "body", "impact", "new_status", "start", "end"):
            yield name, getattr(self, name)
        for name in ("restore", "tell", "automatic"):
            if getattr(self, name):
                yield name, "on"
        for id_ in self.ticked:
            yield "ticked[]", id_


def request_of(
    form: IncidentForm,
    attached: tuple[str, ...],
    zone: ZoneInfo,
    author: Author,
    *,
    planned: bool,
) -> IncidentRequest:
    """`attached` is what the incident affects already. Raises Unprocessable."""
    ids = list(dict.fromkeys((*attached, *form.ticked)))
    statuses = dict.fromkeys(form.ticked, form.new_status) if form.new_status else {}
    if form.restore and form.status in OVER:
        statuses = dict.fromkeys(ids, "operational") | statuses
    asked: dict[str, Any] = {
        "name": form.name,
        "status": form.status or None,
        "body": form.body,
        "impact_override": form.impact,
        "components": statuses,
        "component_ids": ids,
        "deliver_notifications": form.tell,
    }
    if planned:
        asked |= {
            "scheduled_for": _moment(form.start, zone),
            "scheduled_until": _moment(form.end, zone),
            "auto_transition_deliver_notifications_at_start": form.tell,
            "auto_transition_deliver_notifications_at_end": form.tell,
        }
        asked |= dict.fromkeys(
            (
                "scheduled_auto_in_progress",
                "scheduled_auto_completed",
                "auto_transition_to_maintenance_state",
                "auto_transition_to_operational_state",
            ),
            form.automatic,
        )
    try:
        return incident_request(IncidentFields.model_validate(asked), author)
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]
        raise Unprocessable(*describe_faults(faults, asked)) from error


def _moment(text: str, zone: ZoneInfo) -> str:
    """A browser's field for a time knows no zone: it is the page's."""
    if not text:
        return ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unprocessable("Write a time as 2027-05-01 10:00") from error
    return (at if at.tzinfo else at.replace(tzinfo=zone)).isoformat()


def field_time(moment: Moment | None, zone: ZoneInfo) -> str:
    if moment is None:
        return ""
    return as_datetime(moment).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
