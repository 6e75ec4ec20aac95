"""`.../issues`: reported by users and by monitors, listed and counted."""

from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from statuspage_server.config import DisruptionDetection
from statuspage_server.core.author import Author, Source
from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import Slice
from statuspage_server.core.spikes import ReportSource
from statuspage_server.errors import NotFound
from statuspage_server.heartbeats.monitors import detection_of
from statuspage_server.manage.detection import detect_disruption
from statuspage_server.manage.disruptions import (
    Word,
    require_component,
    set_status,
)
from statuspage_server.manage.problem_reports import Report, add_report
from statuspage_server.shapes.issues import shape_issue, shape_summary
from statuspage_server.storage.components import components_called
from statuspage_server.storage.problem_reports import (
    ReportQuery,
    count_by_source,
    count_of,
    find_report,
    list_reports,
)
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.nobl9.common import By, Caller, Scheme, nobl9_router, read, write
from statuspage_server.web.nobl9.models import (
    DEFAULT,
    ExternalIssueBody,
    IssueBody,
    Limit,
    Offset,
)
from statuspage_server.web.nobl9.paths import STATUS_PAGE
from statuspage_server.web.v1.common import shown

router = nobl9_router(Scheme.BEARER, prefix=STATUS_PAGE)
external_router = nobl9_router(Scheme.BASIC, prefix=STATUS_PAGE)


@router.post("/issues", status_code=201)
async def create(body: IssueBody, request: Request, by: By) -> JSONResponse:
    detection = _detection(request, by)

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        component = require_component(connection, by.page_id, body.componentId)
        report = Report(component.id, by.key.id, body.comment, occurred_at=body.occurredAt)
        number = add_report(connection, by.page_id, report, now)
        detect_disruption(connection, by.page_id, component.id, detection, now)
        return shape_issue(find_report(connection, number))

    return shown(await write(request, work), 201)


@external_router.post("/issues/external", status_code=201)
async def create_external(body: ExternalIssueBody, request: Request, by: By) -> JSONResponse:
    """A report for every component of that name. With `statusChange`, null or not, it is one of
    version 1; without, one of version 2, which needs `requestedBy` and changes no status."""
    detection = _detection(request, by)

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        return _external(connection, by, body, detection, now)

    return shown(await write(request, work), 201)


def _external(
    connection: Connection,
    by: Caller,
    body: ExternalIssueBody,
    detection: DisruptionDetection,
    now: Moment,
) -> dict[str, Any]:
    found = components_called(connection, by.page_id, body.componentName)
    if not found:
        raise NotFound(f"There is no component called {body.componentName}")
    requested_by = body.requestedBy or "external-system"
    word = Word(Author(Source.EXTERNAL, requested_by), body.comment)
    reports, changes = [], []
    for component in found:
        report = Report(
            component.id,
            by.key.id,
            body.comment,
            ReportSource.EXTERNAL,
            body.occurredAt,
            requested_by,
            body.url,
        )
        number = add_report(connection, by.page_id, report, now)
        reports.append(shape_issue(find_report(connection, number)))
        if body.statusChange is None:
            detect_disruption(connection, by.page_id, component.id, detection, now)
            continue
        status = body.statusChange.status
        before, after = set_status(connection, by.page_id, component.id, status, word, now)
        changes.append(
            {
                "componentId": component.id,
                "componentName": component.name,
                "previousStatus": before,
                "newStatus": after,
            }
        )
    counted = "1 issue" if len(reports) == 1 else f"{len(reports)} issues"
    answer = {"reports": reports, "message": f"{counted} reported"}
    return {**answer, "statusChanges": changes} if body.is_old else answer


@router.get("/issues")
async def list_some(
    request: Request,
    by: By,
    componentId: Annotated[str | None, Query(max_length=64)] = None,  # noqa: N803 - the vendor's
    source: ReportSource | None = None,
    limit: Annotated[Limit, Query()] = DEFAULT,
    offset: Annotated[Offset, Query()] = 0,
) -> JSONResponse:
    """Newest first, of the last thirty days."""
    query = ReportQuery(by.page_id, componentId, source)

    def work(connection: Connection) -> dict[str, Any]:
        rows = list_reports(connection, query, Slice(offset, limit))
        return {
            "issues": [shape_issue(row) for row in rows],
            "total": count_of(connection, query),
            "limit": limit,
            "offset": offset,
        }

    return shown(await read(request, work))


@router.get("/issues/summary")
async def summary(request: Request, by: By) -> JSONResponse:
    now = runtime_of(request).clock()
    rows = await read(request, lambda c: count_by_source(c, by.page_id, now))
    return shown(shape_summary(rows))


def _detection(request: Request, by: Caller) -> DisruptionDetection:
    return detection_of(runtime_of(request).monitors, by.page_id)
