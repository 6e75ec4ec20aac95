"""`/v1/pages/<id>/component-groups`: all verbs."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import slice_of
from statuspage_server.manage.components import change_group, create_group, delete_group
from statuspage_server.shapes.components import manage_group
from statuspage_server.storage.components import find_component, list_groups, read_members
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
from statuspage_server.web.v1.models import GroupBody

router = manage_router("component groups")
LIST = "/pages/{page_id}/component-groups"
ONE = "/pages/{page_id}/component-groups/{group_id}"


def _one(connection: Connection, page_id: str, group_id: str) -> dict[str, Any]:
    row = find_component(connection, page_id, group_id, group=True)
    return manage_group(row, read_members(connection, [group_id]).ids_of(group_id))


def _fields(body: GroupBody) -> dict[str, Any]:
    said = body.component_group.said() | body.model_dump(
        exclude_unset=True, exclude={"component_group"}
    )
    said.pop("components", None)
    return said


@router.get(LIST)
async def list_some(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> JSONResponse:
    def work(connection: Connection) -> list[dict[str, Any]]:
        require_page(connection, page_id)
        rows = list_groups(connection, page_id, slice_of(page, per_page))
        members = read_members(connection, [row.id for row in rows])
        return [manage_group(row, members.ids_of(row.id)) for row in rows]

    return shown(await read(request, work))


@router.post(LIST, status_code=201)
async def create(page_id: PageId, body: GroupBody, request: Request) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        fields = _fields(body)
        group_id = create_group(
            connection,
            page_id,
            fields.get("name"),
            fields.get("description"),
            body.component_group.components,
            now,
        )
        return _one(connection, page_id, group_id)

    return shown(await write(request, work), 201)


@router.get(ONE)
async def get(page_id: PageId, group_id: ItemId, request: Request) -> JSONResponse:
    return shown(await read(request, lambda c: _one(c, page_id, group_id)))


@router.put(ONE)
@router.patch(ONE)
async def change(
    page_id: PageId, group_id: ItemId, body: GroupBody, request: Request
) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        members = body.component_group.components
        change_group(connection, page_id, group_id, _fields(body), members, now)
        return _one(connection, page_id, group_id)

    return shown(await write(request, work))


@router.delete(ONE)
async def delete(page_id: PageId, group_id: ItemId, request: Request) -> JSONResponse:
    """Answers with the group as it was; its components stay."""

    def work(connection: Connection, _: Moment) -> dict[str, Any]:
        was = _one(connection, page_id, group_id)
        delete_group(connection, page_id, group_id)
        return was

    return shown(await write(request, work))
