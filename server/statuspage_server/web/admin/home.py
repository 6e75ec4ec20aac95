"""The first page: what is wrong now, what can be done about it, and the way to everything else."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from statuspage_server.core.paging import Slice
from statuspage_server.core.status import top_level
from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.manage.problem_reports import count_reports, read_messages
from statuspage_server.manage.templates import list_templates
from statuspage_server.outbox.waiting import count_waiting
from statuspage_server.site.incidents import IncidentView, incident_view
from statuspage_server.site.pages import StatusView, status_view
from statuspage_server.site.states import StateView, state_view
from statuspage_server.storage.components import list_components, open_impacts
from statuspage_server.storage.incidents import list_incidents
from statuspage_server.storage.subscribers import SubscriberQuery, count_by_channel
from statuspage_server.web.admin.desk import Desk, desk_for, shown
from statuspage_server.web.admin.heartbeats import read_item_views
from statuspage_server.web.admin.session import Operator, operator_of
from statuspage_server.web.admin.templates import ALL
from statuspage_server.web.dependencies import runtime_of

router = APIRouter(include_in_schema=False)

OPEN, RECENT = Slice(0, 100), Slice(0, 5)


@dataclass(frozen=True, slots=True)
class Home:
    status: StatusView
    open: list[IncidentView]
    planned: list[IncidentView]
    recent: list[IncidentView]
    unwell: list[tuple[str, StateView]]
    templates: list[dict[str, Any]]
    components: int
    followers: int
    waiting: int
    items: int
    items_unwell: int
    reports: int


def _read(connection: Connection, desk: Desk, monitors: Monitors) -> Home:
    page_id, context = desk.page_id, desk.context
    rows = [row for row in list_components(connection, page_id) if not row.is_group]
    statuses = [row.status for row in rows]
    open_now = list_incidents(connection, page_id, OPEN, scope="unresolved")
    planned = list_incidents(connection, page_id, OPEN, scope="scheduled")
    newest = list_incidents(connection, page_id, Slice(0, 20))
    items = read_item_views(connection, monitors, desk)
    ended = [one for one in newest if one.row.resolved_at is not None][: RECENT.limit]
    top = top_level(statuses, [] if statuses else open_impacts(connection, page_id))
    reports = count_reports(connection, page_id, desk.now) if desk.takes_reports else ()
    return Home(
        status=status_view(top, bool(open_now), context),
        open=[incident_view(one, context) for one in open_now],
        planned=[incident_view(one, context) for one in planned],
        recent=[incident_view(one, context) for one in ended],
        unwell=[
            (row.name, state_view(row.status, context.language))
            for row in rows
            if row.status != "operational"
        ],
        templates=list_templates(connection, page_id, ALL),
        components=len(rows),
        followers=sum(count_by_channel(connection, page_id, SubscriberQuery()).values()),
        waiting=count_waiting(connection, page_id),
        items=len(items),
        items_unwell=sum(not item.is_well for item in items),
        reports=sum(row.hour for row in reports),
    )


@router.get("/admin/{page_id}", response_model=None)
async def home(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    desk = await desk_for(request, operator, page_id)
    runtime = runtime_of(request)
    monitors = runtime.monitors
    view = await runtime.database.read(lambda c: _read(c, desk, monitors))
    return shown(request, desk, "home.html", view=view)


@router.get("/admin/{page_id}/reports", response_model=None)
async def reports(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    desk = await desk_for(request, operator, page_id)

    def read(connection: Connection) -> tuple[Any, Any]:
        counts = count_reports(connection, page_id, desk.now)
        return counts, read_messages(connection, page_id)

    counts, messages = await runtime_of(request).database.read(read)
    return shown(request, desk, "reports.html", counts=counts, messages=messages)
