"""`/v1/pages/<id>/incidents/<id>/subscribers`: those who follow one incident."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection, Row

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import slice_of
from statuspage_server.errors import NotFound
from statuspage_server.manage.subscribers import create_subscriber, unsubscribe
from statuspage_server.shapes.others import manage_subscriber
from statuspage_server.storage.incidents import find_incident_row
from statuspage_server.storage.subscribers import find_subscriber, list_of_incident
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
from statuspage_server.web.v1.models import SubscriberBody
from statuspage_server.web.v1.subscribers import resend_link, rules_of

router = manage_router("incident subscribers")
LIST = "/pages/{page_id}/incidents/{incident_id}/subscribers"
ONE = "/pages/{page_id}/incidents/{incident_id}/subscribers/{subscriber_id}"


def _find(connection: Connection, page_id: str, incident_id: str, subscriber_id: str) -> Row[Any]:
    row = find_subscriber(connection, page_id, subscriber_id)
    if row.incident_id != incident_id:
        raise NotFound
    return row


@router.get(LIST)
async def list_some(
    page_id: PageId,
    incident_id: ItemId,
    request: Request,
    page: PageNumber = None,
    per_page: PageSize = None,
) -> JSONResponse:
    def work(connection: Connection) -> list[dict[str, Any]]:
        find_incident_row(connection, page_id, incident_id)
        rows = list_of_incident(connection, incident_id, slice_of(page, per_page))
        return [manage_subscriber(row) for row in rows]

    return shown(await read(request, work))


@router.post(LIST, status_code=201)
async def create(
    page_id: PageId, incident_id: ItemId, body: SubscriberBody, request: Request
) -> JSONResponse:
    said, rules = body.subscriber.said(), rules_of(request)

    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        find_incident_row(connection, page_id, incident_id)
        row = create_subscriber(connection, page_id, said, rules, now, incident_id=incident_id)
        return manage_subscriber(row)

    return shown(await write(request, work), 201)


@router.get(ONE)
async def get(
    page_id: PageId, incident_id: ItemId, subscriber_id: ItemId, request: Request
) -> JSONResponse:
    row = await read(request, lambda c: _find(c, page_id, incident_id, subscriber_id))
    return shown(manage_subscriber(row))


@router.delete(ONE)
async def delete(
    page_id: PageId, incident_id: ItemId, subscriber_id: ItemId, request: Request
) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        row = _find(connection, page_id, incident_id, subscriber_id)
        unsubscribe(connection, [subscriber_id], now)
        return manage_subscriber(row)

    return shown(await write(request, work))


@router.post(f"{ONE}/resend_confirmation", status_code=201)
async def resend_confirmation(
    page_id: PageId, incident_id: ItemId, subscriber_id: ItemId, request: Request
) -> JSONResponse:
    rules = rules_of(request)

    def work(connection: Connection, now: Moment) -> None:
        _find(connection, page_id, incident_id, subscriber_id)
        resend_link(connection, page_id, subscriber_id, rules, now)

    await write(request, work)
    return shown({}, 201)
