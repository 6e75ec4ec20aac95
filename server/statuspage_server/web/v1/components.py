"""`/v1/pages/<id>/components`, which hold the rows of groups too, and `/component-groups`."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import slice_of
from statuspage_server.manage.components import (
    change_component,
    change_group,
    create_component,
    create_group,
    delete_component,
    delete_group,
)
from statuspage_server.shapes.components import manage_component, manage_group
from statuspage_server.storage.components import (
    find_component,
    list_components,
    list_groups,
    read_members,
)
from statuspage_server.storage.pages import require_page
from statuspage_server.web.v1.common import (
    ItemId,
    PageId,
    PageNumber,
    PageSize,
    author_of,
    manage_router,
    read,
    shown,
    write,
)
from statuspage_server.web.v1.models import ComponentBody, GroupBody

router = manage_router("components")
COMPCOMPONENTNTS = "/pages/{page_id}/components"
COMPONENT = "/pages/{page_id}/components/{component_id}"


def _component(connection: Connection, page_id: str, component_id: str) -> dict[str, Any]:
    row = find_component(connection, page_id, component_id)
    members = read_members(connection, [row.id] if row.is_group else [])
    return manage_component(row, members.status_of(row))


@router.get(COMPCOMPONENTNTS)
async def list_some(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> JSONResponse:
    def work(connection: Connection) -> list[dict[str, Any]]:
        require_page(connection, page_id)
        rows = list_components(connection, page_id, slice_of(page, per_page))
        members = read_members(connection, [row.id for row in rows if row.is_group])
        return [manage_component(row, members.status_of(row)) for row in rows]

    return shown(await read(request, work))


@router.post(COMPCOMPONENTNTS, status_code=201)
async def create(page_id: PageId, body: ComponentBody, request: Request) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        component_id = create_component(connection, page_id, body.component.said(), now)
        return _component(connection, page_id, component_id)

    return shown(await write(request, work), 201)


@router.get(COMPONENT)
async def get(page_id: PageId, component_id: ItemId, request: Request) -> JSONResponse:
    return shown(await read(request, lambda c: _component(c, page_id, component_id)))


@router.put(COMPONENT)
@router.patch(COMPONENT)
async def change(
    page_id: PageId, component_id: ItemId, body: ComponentBody, request: Request
) -> JSONResponse:
    """`group_id` "null" takes the component out of its group."""

    author = author_of(request)

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        change_component(connection, page_id, component_id, body.component.said(), now, author)
        return _component(connection, page_id, component_id)

    return shown(await write(request, work))


@router.delete(COMPONENT, status_code=204)
async def delete(page_id: PageId, component_id: ItemId, request: Request) -> Response:
    await write(request, lambda c, now: delete_component(c, page_id, component_id, now))
    return Response(status_code=204)


groups_router = manage_router("component groups")
GROUPS = "/pages/{page_id}/component-groups"
GROUP = "/pages/{page_id}/component-groups/{group_id}"


def _group(connection: Connection, page_id: str, group_id: str) -> dict[str, Any]:
    row = find_component(connection, page_id, group_id, group=True)
    return manage_group(row, read_members(connection, [group_id]).ids_of(group_id))


def _fields(body: GroupBody) -> dict[str, Any]:
    said = body.component_group.said() | body.model_dump(
        exclude_unset=True, exclude={"component_group"}
    )
    said.pop("components", None)
    return said


@groups_router.get(GROUPS)
async def list_some_groups(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> JSONResponse:
    def work(connection: Connection) -> list[dict[str, Any]]:
        require_page(connection, page_id)
        rows = list_groups(connection, page_id, slice_of(page, per_page))
        members = read_members(connection, [row.id for row in rows])
        return [manage_group(row, members.ids_of(row.id)) for row in rows]

    return shown(await read(request, work))


@groups_router.post(GROUPS, status_code=201)
async def create_one_group(page_id: PageId, body: GroupBody, request: Request) -> JSONResponse:
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
        return _group(connection, page_id, group_id)

    return shown(await write(request, work), 201)


@groups_router.get(GROUP)
async def get_one_group(page_id: PageId, group_id: ItemId, request: Request) -> JSONResponse:
    return shown(await read(request, lambda c: _group(c, page_id, group_id)))


@groups_router.put(GROUP)
@groups_router.patch(GROUP)
async def change_one_group(
    page_id: PageId, group_id: ItemId, body: GroupBody, request: Request
) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        members = body.component_group.components
        change_group(connection, page_id, group_id, _fields(body), members, now)
        return _group(connection, page_id, group_id)

    return shown(await write(request, work))


@groups_router.delete(GROUP)
async def delete_one_group(page_id: PageId, group_id: ItemId, request: Request) -> JSONResponse:
    """Answers with the group as it was; its components stay."""

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        was = _group(connection, page_id, group_id)
        delete_group(connection, page_id, group_id, now)
        return was

    return shown(await write(request, work))
