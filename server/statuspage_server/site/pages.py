"""The page as a whole: what is wrong now, first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from statuspage_server.core.status import TopLevel
from statuspage_server.site.components import ComponentsView, Recorded, components_view
from statuspage_server.site.context import Context, TimeView
from statuspage_server.site.history import Past, PastDay, past_days
from statuspage_server.site.incidents import IncidentView, incident_view
from statuspage_server.site.metrics import MetricView, Point, metric_views
from statuspage_server.site.states import OF_INDICATOR, OPEN_INCIDENT
from statuspage_server.storage.incidents import FullIncident


@dataclass(frozen=True, slots=True)
class StatusView:
    indicator: str
    shape: str
    headline: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One page as the database has it at one moment."""

    page: Row[Any]
    status: TopLevel
    components: Sequence[Row[Any]]
    recorded: Recorded
    open: Sequence[FullIncident]
    planned: Sequence[FullIncident]
    past: Past
    metrics: Sequence[Row[Any]] = ()
    points: Mapping[str, Sequence[Point]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageView:
    status: StatusView
    checked: TimeView
    issued: int
    """When it was made, in seconds: the vendor's pages say so too."""
    open: tuple[IncidentView, ...]
    running: tuple[IncidentView, ...]
    planned: tuple[IncidentView, ...]
    components: ComponentsView
    metrics: tuple[MetricView, ...]
    past: tuple[PastDay, ...]
    about: Markup | None


def page_view(
    snapshot: Snapshot, details: Mapping[str, str], about: Markup | None, context: Context
) -> PageView:
    planned = [incident_view(incident, context) for incident in snapshot.planned]
    began = [context.date(incident.row.started_at) for incident in snapshot.open]
    return PageView(
        status=status_view(snapshot.status, bool(snapshot.open), context),
        checked=context.time(context.now),
        issued=context.now // 1000,
        open=_views(snapshot.open, context),
        running=tuple(one for one in planned if one.status != "scheduled"),
        planned=tuple(one for one in reversed(planned) if one.status == "scheduled"),
        components=components_view(snapshot.components, details, snapshot.recorded, context),
        metrics=metric_views(snapshot.metrics, snapshot.points, context),
        past=past_days(snapshot.past, began, context),
        about=about,
    )


def status_view(status: TopLevel, has_open: bool, context: Context) -> StatusView:  # noqa: FBT001
    """While an incident is open nobody is told that all is well, whatever the components say."""
    quiet = status.indicator == "none"
    headline = OPEN_INCIDENT if quiet and has_open else status.description
    shape = "unknown" if quiet and has_open else OF_INDICATOR[status.indicator]
    return StatusView(status.indicator, shape, context.language.text(headline))


def _views(incidents: Iterable[FullIncident], context: Context) -> tuple[IncidentView, ...]:
    return tuple(incident_view(incident, context) for incident in incidents)
