"""`.../disruptions` of version 2, and the same as `.../incidents` of version 1."""

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from statuspage_server.core.author import Source
from statuspage_server.core.disruption import HISTORY_DAYS
from statuspage_server.core.moments import DAY, Moment
from statuspage_server.core.paging import Slice
from statuspage_server.manage.disruptions import (
    Word,
    change_severity,
    clear_disruption,
    register_disruption,
)
from statuspage_server.shapes.disruptions import by_day, shape_disruption, shape_incident
from statuspage_server.storage.components import leaves_of
from statuspage_server.storage.disruptions import (
    DisruptionState,
    count_disruptions,
    list_disruptions,
    recent_disruptions,
)
from statuspage_server.storage.problem_reports import report_times
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.nobl9.common import By, Scheme, nobl9_router, read, write
from statuspage_server.web.nobl9.models import (
    DEFAULT,
    ClearBody,
    ComponentDisruptionsBody,
    DisruptionBody,
    Limit,
    Offset,
    SeverityBody,
    TimelineBody,
)
from statuspage_server.web.nobl9.paths import STATUS_PAGE
from statuspage_server.web.v1.common import shown

router = nobl9_router(Scheme.BEARER, prefix=STATUS_PAGE)
# Nothing is changed, although they are asked by POST.
reading_router = nobl9_router(Scheme.BEARER, reads=True, prefix=STATUS_PAGE)

type DisruptionId = Annotated[str, Path(max_length=64)]
DISRUPTION = "/disruptions/{disruption_id}"


def _listed(
    connection: Connection,
    page_id: str,
    part: Slice,
    state: DisruptionState | None,
    component_ids: list[str] | None = None,
) -> dict[str, Any]:
    found = list_disruptions(connection, page_id, part, state, component_ids)
    return {
        "disruptions": [shape_disruption(one) for one in found],
        "total": count_disruptions(connection, page_id, state, component_ids),
        "limit": part.limit,
        "offset": part.offset,
    }


@router.get("/disruptions")
async def list_some(
    request: Request,
    by: By,
    state: DisruptionState | None = None,
    limit: Annotated[Limit, Query()] = DEFAULT,
    offset: Annotated[Offset, Query()] = 0,
) -> JSONResponse:
    """Newest first."""
    part = Slice(offset, limit)
    return shown(await read(request, lambda c: _listed(c, by.page_id, part, state)))


@router.post("/disruptions", status_code=204)
async def register(body: DisruptionBody, request: Request, by: By) -> Response:
    """409 where the component has an impacting disruption already."""
    word = Word(by.author(Source(body.source or Source.MANUAL)), body.comment, body.startTime)
    await write(
        request,
        lambda c, now: register_disruption(
            c, by.page_id, body.originComponentId, body.severity, word, now
        ),
    )
    return Response(status_code=204)


@router.post(f"{DISRUPTION}/clear", status_code=204)
async def clear(disruption_id: DisruptionId, body: ClearBody, request: Request, by: By) -> Response:
    word = Word(by.author(), body.comment, body.endTime)
    await write(request, lambda c, now: clear_disruption(c, by.page_id, disruption_id, word, now))
    return Response(status_code=204)


@router.post(f"{DISRUPTION}/change-severity", status_code=204)
async def change(
    disruption_id: DisruptionId, body: SeverityBody, request: Request, by: By
) -> Response:
    word = Word(by.author(), body.comment)
    await write(
        request,
        lambda c, now: change_severity(c, by.page_id, disruption_id, body.severity, word, now),
    )
    return Response(status_code=204)


@reading_router.post("/disruptions/timeline")
async def timeline(body: TimelineBody, request: Request, by: By) -> JSONResponse:
    """Those of the last ninety days and all that impact, by day."""
    now = runtime_of(request).clock()
    state = DisruptionState.IMPACTING if body.impactingOnly else None

    def work(connection: Connection) -> dict[str, Any]:
        found = recent_disruptions(connection, by.page_id, now - HISTORY_DAYS * DAY, state)
        return by_day(found, [shape_disruption(one) for one in found], "disruptions")

    return shown(await read(request, work))


@reading_router.post("/components/{component_id}/disruptions")
async def of_component(
    component_id: Annotated[str, Path(max_length=64)],
    body: ComponentDisruptionsBody,
    request: Request,
    by: By,
) -> JSONResponse:
    """Newest first; of a group those of all its components."""
    part = Slice(body.offset, body.limit)

    def work(connection: Connection) -> dict[str, Any]:
        ids = leaves_of(connection, by.page_id, component_id)
        return _listed(connection, by.page_id, part, body.state, ids)

    return shown(await read(request, work))


@router.get("/incidents")
async def list_incidents(request: Request, by: By, *, ongoing: bool | None = None) -> JSONResponse:
    """Version 1: the same of the last ninety days and all that are not over, by day."""
    now: Moment = runtime_of(request).clock()
    state = (
        None
        if ongoing is None
        else DisruptionState.IMPACTING
        if ongoing
        else DisruptionState.CLEARED
    )

    def work(connection: Connection) -> dict[str, Any]:
        since = now - HISTORY_DAYS * DAY
        found = recent_disruptions(connection, by.page_id, since, state)
        reports = report_times(connection, by.page_id, since)
        return by_day(found, [shape_incident(one, reports, now) for one in found], "incidents")

    return shown(await read(request, work))
