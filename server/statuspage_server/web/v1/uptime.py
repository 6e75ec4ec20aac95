"""Uptime of a component that shows it, and of a group that has such a component."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection, Row

from statuspage_server.core.moments import Moment, whole_seconds
from statuspage_server.core.time_zones import zone_of
from statuspage_server.core.uptime import (
    DayRange,
    Uptime,
    day_range,
    measure,
    read_day,
    today,
    together,
)
from statuspage_server.errors import NotFound
from statuspage_server.storage.components import find_component, list_showcased
from statuspage_server.storage.pages import find_page
from statuspage_server.storage.uptime import read_spans, related_incidents
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.v1.common import ItemId, PageId, manage_router, read, shown

router = manage_router("uptime")

type PartialDate = Annotated[
    str | None, Query(max_length=10, description="2026, 2026-03 or 2026-03-04")
]


@dataclass(frozen=True, slots=True)
class _Asked:
    start: str | None
    end: str | None
    skip_related_events: bool
    now: Moment


def _asked(
    request: Request,
    start: PartialDate = None,
    end: PartialDate = None,
    *,
    skip_related_events: bool = False,
) -> _Asked:
    return _Asked(start, end, skip_related_events, runtime_of(request).clock())


type AskedFor = Annotated[_Asked, Depends(_asked)]


@dataclass(frozen=True, slots=True)
class _Range:
    days: DayRange
    start: Moment
    end: Moment


def _range(connection: Connection, page_id: str, rows: Sequence[Row[Any]], asked: _Asked) -> _Range:
    zone = zone_of(find_page(connection, page_id).settings.get("time_zone"))
    starts = [day for row in rows if (day := read_day(row.start_date))]
    first_day = min(starts) if len(starts) == len(rows) and starts else None
    days = day_range(asked.start, asked.end, first_day, today(asked.now, zone))
    return _Range(days, *days.moments(zone, asked.now))


def _measure(connection: Connection, row: Row[Any], found: _Range) -> Uptime:
    return measure(read_spans(connection, row.id, found.start, found.end), found.start, found.end)


def _shape(row: Row[Any], found: _Range, uptime: Uptime) -> dict[str, Any]:
    return {
        "range_start": whole_seconds(found.start),
        "range_end": whole_seconds(found.end),
        "uptime_percentage": uptime.percentage,
        "major_outage": uptime.major_outage,
        "partial_outage": uptime.partial_outage,
        "warnings": found.days.warnings,
        "id": row.id,
        "name": row.name,
    }


def _events(connection: Connection, row: Row[Any], found: _Range) -> list[dict[str, str]]:
    return [{"id": id_} for id_ in related_incidents(connection, row.id, found.start, found.end)]


@router.get("/pages/{page_id}/components/{component_id}/uptime")
async def of_component(
    page_id: PageId, component_id: ItemId, asked: AskedFor, request: Request
) -> JSONResponse:
    def work(connection: Connection) -> dict[str, Any]:
        row = find_component(connection, page_id, component_id, group=False)
        if not row.showcase:
            raise NotFound("This component does not show its uptime: set its showcase to true")
        found = _range(connection, page_id, [row], asked)
        shape = _shape(row, found, _measure(connection, row, found))
        if not asked.skip_related_events:
            shape["related_events"] = {"incidents": _events(connection, row, found)}
        return shape

    return shown(await read(request, work))


@router.get("/pages/{page_id}/component-groups/{group_id}/uptime")
async def of_group(
    page_id: PageId, group_id: ItemId, asked: AskedFor, request: Request
) -> JSONResponse:
    def work(connection: Connection) -> dict[str, Any]:
        group = find_component(connection, page_id, group_id, group=True)
        rows = list_showcased(connection, group_id)
        if not rows:
            raise NotFound("No component of this group shows its uptime")
        found = _range(connection, page_id, rows, asked)
        uptime = together(_measure(connection, row, found) for row in rows)
        shape = _shape(group, found, uptime)
        if not asked.skip_related_events:
            shape["related_events"] = [
                {"component_id": row.id, "incidents": _events(connection, row, found)}
                for row in rows
            ]
        return shape

    return shown(await read(request, work))
