"""`.../status` and `.../components`: the tree, one component, and the history of its status."""

from typing import Annotated, Any

from fastapi import Path, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection, Row

from statuspage_server.core.disruption import HISTORY_DAYS
from statuspage_server.core.moments import DAY, Moment
from statuspage_server.errors import NotFound
from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.manage.disruptions import Word, set_status
from statuspage_server.shapes.status_changes import shape_status_changes
from statuspage_server.shapes.status_tree import Tree
from statuspage_server.storage.components import find_component, list_components
from statuspage_server.storage.disruptions import recent_disruptions
from statuspage_server.storage.problem_reports import report_times
from statuspage_server.storage.status_history import read_changes
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.nobl9.common import By, Scheme, nobl9_router, read, write
from statuspage_server.web.nobl9.models import ChangeStatusBody
from statuspage_server.web.nobl9.paths import STATUS_PAGE
from statuspage_server.web.v1.common import shown

router = nobl9_router(Scheme.BEARER, prefix=STATUS_PAGE)

type ComponentId = Annotated[str, Path(max_length=64)]
ONE = "/components/{component_id}"


def _tree(connection: Connection, page_id: str, monitors: Monitors, now: Moment) -> Tree:
    found = recent_disruptions(connection, page_id, now - HISTORY_DAYS * DAY)
    page = monitors.page(page_id)
    return Tree(
        rows=list_components(connection, page_id),
        disruptions=found,
        reports=report_times(connection, page_id, now - HISTORY_DAYS * DAY),
        monitored={one.component_id for one in page.monitors} if page else set(),
        now=now,
    )


async def _read_tree(request: Request, page_id: str) -> Tree:
    runtime = runtime_of(request)
    now, monitors = runtime.clock(), runtime.monitors
    return await read(request, lambda c: _tree(c, page_id, monitors, now))


@router.get("/status")
@router.get("/components")
async def status(request: Request, by: By) -> JSONResponse:
    return shown((await _read_tree(request, by.page_id)).shape())


@router.get(ONE)
async def component(component_id: ComponentId, request: Request, by: By) -> JSONResponse:
    node = (await _read_tree(request, by.page_id)).node(component_id)
    if node is None:
        raise NotFound(f"There is no component {component_id}")
    return shown(node)


@router.post(f"{ONE}/change-status")
async def change_status(
    component_id: ComponentId, body: ChangeStatusBody, request: Request, by: By
) -> JSONResponse:
    """Version 1: what is not operational opens a disruption, or changes the one that there is;
    operational clears it. A group follows by itself, whatever `propagateUp` says."""
    word = Word(by.author(), body.comment)

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        before, after = set_status(connection, by.page_id, component_id, body.status, word, now)
        return {"componentId": component_id, "previousStatus": before, "newStatus": after}

    return shown(await write(request, work))


@router.get(f"{ONE}/status-changes")
async def status_changes(component_id: ComponentId, request: Request, by: By) -> JSONResponse:
    """The newest first."""

    def work(connection: Connection) -> dict[str, Any]:
        row = _known(connection, by.page_id, component_id)
        return shape_status_changes(row, read_changes(connection, row))

    return shown(await read(request, work))


def _known(connection: Connection, page_id: str, component_id: str) -> Row[Any]:
    try:
        return find_component(connection, page_id, component_id)
    except NotFound:
        raise NotFound(f"There is no component {component_id}") from None
