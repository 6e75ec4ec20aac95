"""What scripts of the vendor's pages read beside the public API: history.json and one incident."""

import calendar
import json
from typing import Any

from fastapi import APIRouter, Request, Response

from statuspage_server.core.moments import milliseconds
from statuspage_server.shapes.incidents import public_incident
from statuspage_server.site.context import Context
from statuspage_server.site.history import Month, months_of_page
from statuspage_server.site.markdown import as_html
from statuspage_server.site.stamps import range_stamp
from statuspage_server.storage.incident_history import list_ended
from statuspage_server.storage.incidents import FullIncident, find_incident
from statuspage_server.web.site.documents import Desk, document_answer
from statuspage_server.web.site.feed_routes import HEADERS
from statuspage_server.web.site.routes import MOST_PAGES

router = APIRouter(tags=["feeds"])

JSON = "application/json; charset=utf-8"
# From Sunday on, as the vendor counts.
SUNDAY_FIRST = 7


@router.get("/pages/{page_id}/history.json", response_model=None)
async def history(page_id: str, request: Request, page: int = 1) -> Response:
    """Three months of incidents, newest first; an incident is in the month that it ended in."""
    number = max(1, min(page, MOST_PAGES))

    def make(desk: Desk) -> bytes:
        context = desk.context
        months = months_of_page(number, context.date(desk.now))
        start, end = months[-1].bounds(context.zone)[0], months[0].bounds(context.zone)[1]
        ended = list_ended(desk.connection, page_id, start, end)
        return _encoded({"months": [_month(month, ended, context) for month in months]})

    return await document_answer(request, page_id, ("history.json", number), make, JSON, HEADERS)


def _month(month: Month, ended: list[FullIncident], context: Context) -> dict[str, Any]:
    start, end = month.bounds(context.zone)
    return {
        "name": calendar.month_name[month.first.month],
        "year": month.first.year,
        "starts_on": month.first.isoweekday() % SUNDAY_FIRST,
        "days": month.last.day,
        "incidents": [
            _entry(incident, context)
            for incident in ended
            if start <= incident.row.resolved_at < end
        ],
    }


def _entry(incident: FullIncident, context: Context) -> dict[str, Any]:
    row = incident.row
    return {
        "code": row.id,
        "name": row.name,
        "message": str(as_html(incident.updates[0].body or "")) if incident.updates else "",
        "impact": row.impact,
        "timestamp": str(range_stamp(row.started_at, row.resolved_at, context)),
    }


@router.get("/pages/{page_id}/incidents/{incident_id}.json", response_model=None)
async def incident(page_id: str, incident_id: str, request: Request) -> Response:
    """One incident, however old, with all its updates and its postmortem."""

    def make(desk: Desk) -> bytes:
        found = find_incident(desk.connection, page_id, incident_id)
        return _encoded(public_incident(found, desk.public_url) | _postmortem(found))

    return await document_answer(
        request, page_id, ("incident.json", incident_id), make, JSON, HEADERS
    )


def _postmortem(incident: FullIncident) -> dict[str, Any]:
    row = incident.row
    published = row.postmortem_published_at is not None
    return {
        "postmortem_body": row.postmortem_body if published else None,
        "postmortem_published_at": milliseconds(row.postmortem_published_at),
    }


def _encoded(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
