"""Incidents and maintenances as visitors read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from statuspage_server.core.incident_plan import OVER
from statuspage_server.site.context import Context, TimeView
from statuspage_server.site.markdown import as_html
from statuspage_server.site.states import impact_shape, phase, state_view
from statuspage_server.storage.incidents import FullIncident


@dataclass(frozen=True, slots=True)
class UpdateView:
    status: str
    word: str
    html: Markup
    at: TimeView
    changes: tuple[str, ...]
    """What it did to components, one sentence for each."""


@dataclass(frozen=True, slots=True)
class IncidentView:
    id: str
    href: str
    name: str
    impact: str
    shape: str
    status: str
    word: str
    planned: bool
    over: bool
    start: TimeView
    end: TimeView | None
    lasted: str | None
    components: tuple[str, ...]
    updates: tuple[UpdateView, ...]
    postmortem: Markup | None
    postmortem_at: TimeView | None


def incident_view(incident: FullIncident, context: Context) -> IncidentView:
    row = incident.row
    begin = (row.scheduled_for if row.scheduled else None) or row.started_at
    end = row.resolved_at or (row.scheduled_until if row.scheduled else None)
    published = bool(row.postmortem_published_at and row.postmortem_body)
    language = context.language
    return IncidentView(
        id=row.id,
        href=f"{context.base}/incidents/{row.id}",
        name=row.name,
        impact=row.impact,
        shape=impact_shape(row.impact),
        status=row.status,
        word=phase(row.status, language),
        planned=bool(row.scheduled),
        over=row.status in OVER,
        start=context.time(begin),
        end=context.time(end) if end else None,
        lasted=language.duration(end - begin) if end and end > begin else None,
        components=tuple(component.name for component in incident.components),
        updates=tuple(_update(update, context) for update in incident.updates),
        postmortem=as_html(row.postmortem_body, 3) if published else None,
        postmortem_at=context.time(row.postmortem_published_at) if published else None,
    )


def _update(row: Row[Any], context: Context) -> UpdateView:
    return UpdateView(
        status=row.status,
        word=phase(row.status, context.language),
        html=as_html(row.body or ""),
        at=context.time(row.display_at),
        changes=tuple(_changes(row.affected_components, context)),
    )


def _changes(affected: Any, context: Context) -> Iterable[str]:
    """Pages filled from elsewhere hold anything here: what is not understood is left out."""
    for one in affected if isinstance(affected, list) else ():
        if not isinstance(one, dict) or not one.get("name"):
            continue
        old, new = one.get("old_status"), one.get("new_status")
        if new and new != old:
            word = state_view(str(new), context.language).word
            yield context.language.text("{component}: {state}", component=one["name"], state=word)
