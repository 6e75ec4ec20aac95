"""Reading exports of other pages: answers of the manage API or of the public API, as they came."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from statuspage_server.core.moments import Moment, parse_moment
from statuspage_server.core.uptime import read_day
from statuspage_server.errors import ServerError


def _moment(value: object) -> object:
    return parse_moment(value) if isinstance(value, str) else value


def _text(value: object) -> object:
    return value.replace("\x00", "") if isinstance(value, str) else value


def _day(value: object) -> str | None:
    found = read_day(value) if isinstance(value, str) else None
    return found.isoformat() if found else None


type At = Annotated[Moment, BeforeValidator(_moment)]
type DayText = Annotated[str | None, BeforeValidator(_day)]
type Clean = Annotated[str, BeforeValidator(_text)]


class Exported(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str


class ExportedPage(Exported):
    name: Clean
    created_at: At | None = None


class ExportedComponent(Exported):
    name: Clean
    group: bool = False
    group_id: str | None = None
    description: Clean | None = None
    position: int = 1
    status: str = "operational"
    showcase: bool | None = None
    only_show_if_degraded: bool | None = None
    automation_email: Clean | None = None
    start_date: DayText = None
    created_at: At | None = None
    updated_at: At | None = None
    components: list[str] = []


class ExportedUpdate(Exported):
    status: str
    body: Clean | None = ""
    affected_components: list[dict[str, Any]] | None = None
    deliver_notifications: bool | None = None
    wants_twitter_update: bool | None = None
    custom_tweet: Clean | None = None
    tweet_id: int | Clean | None = None
    display_at: At | None = None
    created_at: At
    updated_at: At | None = None


class ExportedIncident(Exported):
    name: Clean
    status: str
    impact: str = "none"
    impact_override: str | None = None
    metadata: dict[str, Any] = {}
    reminder_intervals: str | None = None
    started_at: At | None = None
    created_at: At
    updated_at: At | None = None
    monitoring_at: At | None = None
    resolved_at: At | None = None
    scheduled_for: At | None = None
    scheduled_until: At | None = None
    scheduled_remind_prior: bool | None = None
    scheduled_auto_in_progress: bool | None = None
    scheduled_auto_completed: bool | None = None
    postmortem_body: Clean | None = None
    postmortem_published_at: At | None = None
    components: list[ExportedComponent] = []
    incident_updates: list[ExportedUpdate] = []


class Export(BaseModel):
    model_config = ConfigDict(extra="ignore")

    page: ExportedPage | None = None
    components: list[ExportedComponent] = []
    component_groups: list[ExportedComponent] = Field(default=[])
    incidents: list[ExportedIncident] = []
    scheduled_maintenances: list[ExportedIncident] = []


def read_export(path: Path) -> Export:
    try:
        value = json.loads(path.read_bytes())
        return Export.model_validate(_with_names(value))
    except OSError as error:
        raise ServerError(f"{path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ServerError(
            f"{path} does not look like an export: {where}: {first['msg']}."
        ) from error
    except ValueError as error:
        raise ServerError(f"{path} is not valid JSON.") from error


def _with_names(value: Any) -> Any:
    """A bare answer of the manage API is recognised by what its objects hold."""
    if isinstance(value, dict):
        bare_page = "name" in value and "components" not in value
        return {"page": value} if bare_page else value
    if not isinstance(value, list) or not value:
        return {}
    first = value[0] if isinstance(value[0], dict) else {}
    if "incident_updates" in first:
        return {"incidents": value}
    if "status" in first:
        return {"components": value}
    if "components" in first:
        return {"component_groups": value}
    return {"page": first}


def joined(exports: list[Export]) -> Export:
    """Several files of one page as one export. Raises ServerError when nothing is in them."""
    page = next((export.page for export in exports if export.page is not None), None)
    found = Export(
        page=page,
        components=[row for export in exports for row in export.components],
        component_groups=[row for export in exports for row in export.component_groups],
        incidents=[row for export in exports for row in export.incidents],
        scheduled_maintenances=[r for export in exports for r in export.scheduled_maintenances],
    )
    if found == Export():
        raise ServerError(
            "There is nothing to fill a page with: no page, component, group or incident."
        )
    return found
