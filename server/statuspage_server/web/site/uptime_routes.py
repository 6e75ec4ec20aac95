"""`/uptime`: months of one component, which the visitor picks."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from statuspage_server.errors import NotFound
from statuspage_server.site.calendars import CalendarView, calendar_views, weekday_names
from statuspage_server.site.components import first_day_of
from statuspage_server.site.history import Month, months_of_page
from statuspage_server.storage.components import list_components
from statuspage_server.storage.uptime import read_related, read_spans
from statuspage_server.web.site.documents import Desk, document_answer
from statuspage_server.web.site.rendering import render
from statuspage_server.web.site.routes import MOST_PAGES

router = APIRouter(tags=["page"], default_response_class=HTMLResponse)


@router.get("/pages/{page_id}/uptime", response_model=None)
async def uptime(page_id: str, request: Request, component: str = "", page: int = 1) -> Response:
    number = max(1, min(page, MOST_PAGES))
    return await document_answer(
        request,
        page_id,
        ("uptime", component, number),
        lambda desk: _make(desk, component, number),
    )


def _make(desk: Desk, wanted: str, number: int) -> bytes:
    rows = list_components(desk.connection, desk.page.id)
    groups = {row.id: row.name for row in rows if row.is_group}
    shown = {row.id: row for row in rows if row.showcase and not row.is_group}
    if wanted and wanted not in shown:
        raise NotFound
    picked = shown.get(wanted) or next(iter(shown.values()), None)
    months = months_of_page(number, desk.context.date(desk.now))
    calendars = _calendars(desk, picked, months) if picked is not None else ()
    return render(
        "uptime.html",
        desk.frame,
        choices=[(row.id, _name(groups.get(row.group_id), row.name)) for row in shown.values()],
        picked=picked,
        calendars=calendars,
        weekdays=weekday_names(desk.context),
        number=number,
        more=picked is not None and first_day_of(picked, desk.context) < months[-1].first,
    )


def _calendars(desk: Desk, row: Any, months: Sequence[Month]) -> tuple[CalendarView, ...]:
    zone = desk.context.zone
    start, end = months[-1].bounds(zone)[0], months[0].bounds(zone)[1]
    spans = read_spans(desk.connection, row.id, start, end)
    related = read_related(desk.connection, desk.page.id, start, end, row.id)
    return calendar_views(months, row, spans, related.get(row.id, []), desk.context)


def _name(group: str | None, name: str) -> str:
    return f"{group} - {name}" if group else name
