"""`/v1/pages/<id>/incidents`: all verbs, the four scoped lists, and updates of updates."""

from collections.abc import Hashable
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic_core import to_json
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import Slice, slice_of
from statuspage_server.manage.incidents import (
    change_incident,
    change_update,
    create_incident,
    delete_incident,
)
from statuspage_server.shapes.incidents import manage_incident, shape_update
from statuspage_server.storage.incidents import find_incident, list_incidents
from statuspage_server.storage.pages import read_revision, require_page
from statuspage_server.web.cache import DocumentCache, Recipe
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.v1.common import (
    ItemId,
    PageId,
    PageNumber,
    PageSize,
    author_of,
    manage_router,
    public_url,
    read,
    shown,
    write,
)
from statuspage_server.web.v1.incident_requests import incident_request
from statuspage_server.web.v1.models import IncidentBody, UpdateBody

router = manage_router("incidents")
LIST = "/pages/{page_id}/incidents"
ONE = "/pages/{page_id}/incidents/{incident_id}"
UPDATE = "/pages/{page_id}/incidents/{incident_id}/incident_updates/{update_id}"


async def _list(
    request: Request, page_id: str, part: Slice, scope: str | None = None, search: str | None = None
) -> Response:
    """Return a part of a list. Whoever asks again before anything is written gets it as it was."""
    url, database = public_url(request), runtime_of(request).database

    def version(connection: Connection) -> Hashable:
        # Read first: what another thread commits meanwhile then counts as new the next time. The
        # page's revision tells what other processes write.
        return database.commits, read_revision(connection, page_id)

    def make(connection: Connection) -> bytes:
        require_page(connection, page_id)
        found = list_incidents(connection, page_id, part, scope=scope, search=search)
        return to_json([manage_incident(incident, url) for incident in found])

    key = ("incidents", page_id, url, scope, search, part)
    documents: DocumentCache = request.app.state.documents
    document = await documents.get(Recipe(key, version, make, is_exact=True))
    return Response(document.body, media_type="application/json")


@router.get(LIST)
async def list_some(
    page_id: PageId,
    request: Request,
    q: Annotated[str | None, Query(max_length=255)] = None,
    limit: PageSize = None,
    page: PageNumber = None,
) -> Response:
    """Newest first. `q` searches name, status, postmortem and updates."""
    return await _list(request, page_id, slice_of(page, limit), search=q)


@router.get(f"{LIST}/unresolved")
async def list_unresolved(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> Response:
    return await _list(request, page_id, slice_of(page, per_page), "unresolved")


@router.get(f"{LIST}/scheduled")
async def list_scheduled(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> Response:
    """Maintenances that are not over."""
    return await _list(request, page_id, slice_of(page, per_page), "scheduled")


@router.get(f"{LIST}/upcoming")
async def list_upcoming(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> Response:
    """Maintenances that have not begun."""
    return await _list(request, page_id, slice_of(page, per_page), "upcoming")


@router.get(f"{LIST}/active_maintenance")
async def list_active(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> Response:
    """Maintenances that are in progress or being verified."""
    return await _list(request, page_id, slice_of(page, per_page), "active_maintenance")


@router.post(LIST, status_code=201)
async def create(page_id: PageId, body: IncidentBody, request: Request) -> JSONResponse:
    url = public_url(request)
    asked = incident_request(body.incident, author_of(request))

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        incident_id = create_incident(connection, page_id, asked, now)
        return manage_incident(find_incident(connection, page_id, incident_id), url)

    return shown(await write(request, work), 201)


@router.get(ONE)
async def get(page_id: PageId, incident_id: ItemId, request: Request) -> JSONResponse:
    found = await read(request, lambda c: find_incident(c, page_id, incident_id))
    return shown(manage_incident(found, public_url(request)))


@router.put(ONE)
@router.patch(ONE)
async def change(
    page_id: PageId, incident_id: ItemId, body: IncidentBody, request: Request
) -> JSONResponse:
    """A body or another status adds an update: there is no other way to add one."""
    url = public_url(request)
    asked = incident_request(body.incident, author_of(request))

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        change_incident(connection, page_id, incident_id, asked, now)
        return manage_incident(find_incident(connection, page_id, incident_id), url)

    return shown(await write(request, work))


@router.delete(ONE)
async def delete(page_id: PageId, incident_id: ItemId, request: Request) -> JSONResponse:
    """Answers with the incident as it was."""
    url = public_url(request)

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        was = manage_incident(find_incident(connection, page_id, incident_id), url)
        delete_incident(connection, page_id, incident_id, now)
        return was

    return shown(await write(request, work))


@router.put(UPDATE)
@router.patch(UPDATE)
async def change_one_update(
    page_id: PageId, incident_id: ItemId, update_id: ItemId, body: UpdateBody, request: Request
) -> JSONResponse:
    said = {key: value for key, value in body.incident_update.said().items() if value is not None}
    row = await write(
        request, lambda c, now: change_update(c, page_id, incident_id, update_id, said, now)
    )
    return shown(shape_update(row))
