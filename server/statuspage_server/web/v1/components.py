"""`/v1/pages/<id>/components`: all verbs. Lists and gets include the rows of groups."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import slice_of
from statuspage_server.manage.components import (
    change_component,
    create_component,
    delete_component,
)
from statuspage_server.shapes.components import manage_component
from statuspage_server.storage.components import find_component, list_components, read_members
from statuspage_server.storage.pages import require_page
from statuspage_server.web.v1.common import (
    ItemId,
    PageId,
    PageNumber,
    PageSize,
    manage_router,
    read,
    shown,
    write,
)
from statuspage_server.web.v1.models import ComponentBody

router = manage_router("components")
LIST = "/pages/{page_id}/components"
ONE = "/pages/{page_id}/components/{component_id}"


def _one(connection: Connection, page_id: str, component_id: str) -> dict[str, Any]:
    row = find_component(connection, page_id, component_id)
    members = read_members(connection, [row.id] if row.is_group else [])
    return manage_component(row, members.status_of(row))


@router.get(LIST)
async def list_some(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> JSONResponse:
    def work(connection: Connection) -> list[dict[str, Any]]:
        require_page(connection, page_id)
        rows = list_components(connection, page_id, slice_of(page, per_page))
        members = read_members(connection, [row.id for row in rows if row.is_group])
        return [manage_component(row, members.status_of(row)) for row in rows]

    return shown(await read(request, work))


@router.post(LIST, status_code=201)
async def create(page_id: PageId, body: ComponentBody, request: Request) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        component_id = create_component(connection, page_id, body.component.said(), now)
        return _one(connection, page_id, component_id)

    return shown(await write(request, work), 201)


@router.get(ONE)
async def get(page_id: PageId, component_id: ItemId, request: Request) -> JSONResponse:
    return shown(await read(request, lambda c: _one(c, page_id, component_id)))


@router.put(ONE)
@router.patch(ONE)
async def change(
    page_id: PageId, component_id: ItemId, body: ComponentBody, request: Request
) -> JSONResponse:
    """`group_id` "null" takes the component out of its group."""

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        change_component(connection, page_id, component_id, body.component.said(), now)
        return _one(connection, page_id, component_id)

    return shown(await write(request, work))


@router.delete(ONE, status_code=204)
async def delete(page_id: PageId, component_id: ItemId, request: Request) -> Response:
    await write(request, lambda c, _: delete_component(c, page_id, component_id))
    return Response(status_code=204)
