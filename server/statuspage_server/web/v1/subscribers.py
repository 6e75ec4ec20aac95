"""`/v1/pages/<id>/subscribers`: a list of its own kind, whose pages are counted from 0."""

import logging
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import slice_of
from statuspage_server.manage.subscribers import (
    SubscriberRules,
    change_subscriber,
    create_subscriber,
    reactivate,
    unsubscribe,
)
from statuspage_server.outbox.welcome import send_link
from statuspage_server.shapes.others import manage_subscriber
from statuspage_server.storage.subscribers import (
    SubscriberQuery,
    chosen,
    count_by_channel,
    find_subscriber,
    histogram,
    list_subscribers,
    list_unsubscribed,
)
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.v1.body_types import Channel, SubscriberState
from statuspage_server.web.v1.common import (
    ItemId,
    Number,
    PageId,
    PageNumber,
    PageSize,
    manage_router,
    public_url,
    read,
    shown,
    write,
)
from statuspage_server.web.v1.models import (
    SubscriberBody,
    SubscriberChangeBody,
    SubscriberListBody,
)

log = logging.getLogger("statuspage_server")

router = manage_router("subscribers")
LIST = "/pages/{page_id}/subscribers"
ONE = "/pages/{page_id}/subscribers/{subscriber_id}"


def rules_of(request: Request) -> SubscriberRules:
    server = runtime_of(request).config.server
    webhooks = server.webhooks
    return SubscriberRules(
        webhooks.allow_private_addresses,
        webhooks.require_confirmation,
        mail=server.mail is not None,
        own_chat=webhooks.chat.services,
    )


@router.get(LIST)
async def list_some(  # noqa: PLR0913, PLR0917 - the vendor's filters
    page_id: PageId,
    request: Request,
    q: Annotated[str | None, Query(max_length=255)] = None,
    type: Annotated[Channel | None, Query()] = None,  # noqa: A002 - the vendor's word
    state: Annotated[SubscriberState, Query()] = "active",
    limit: PageSize = None,
    page: Annotated[Number, Query(description="Pages are counted from 0 here.")] = 0,
    sort_field: Annotated[
        Literal["primary", "created_at", "quarantined_at", "relevance"], Query()
    ] = "primary",
    sort_direction: Annotated[Literal["asc", "desc"], Query()] = "asc",
) -> JSONResponse:
    query = SubscriberQuery(state, type, q, sort_field, sort_direction == "desc")
    part = slice_of(page, limit, first=0)
    rows = await read(request, lambda c: list_subscribers(c, page_id, query, part))
    return shown([manage_subscriber(row) for row in rows])


@router.post(LIST, status_code=201)
async def create(page_id: PageId, body: SubscriberBody, request: Request) -> JSONResponse:
    said, rules = body.subscriber.said(), rules_of(request)
    row = await write(request, lambda c, now: create_subscriber(c, page_id, said, rules, now))
    if row.confirmed_at is None and not (rules.mail and row.email):
        link = f"{public_url(request)}/subscriptions/{row.secret}/confirm"
        log.info("Subscriber %s waits until someone follows %s", row.id, link)
    return shown(manage_subscriber(row), 201)


@router.get(f"{LIST}/count")
async def count(
    page_id: PageId,
    request: Request,
    type: Annotated[Channel | None, Query()] = None,  # noqa: A002 - the vendor's word
    state: Annotated[SubscriberState, Query()] = "active",
) -> JSONResponse:
    query = SubscriberQuery(state, type)
    return shown(await read(request, lambda c: count_by_channel(c, page_id, query)))


@router.get(f"{LIST}/histogram_by_state")
async def histogram_by_state(page_id: PageId, request: Request) -> JSONResponse:
    return shown(await read(request, lambda c: histogram(c, page_id)))


@router.get(f"{LIST}/unsubscribed")
async def unsubscribed(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> JSONResponse:
    part = slice_of(page, per_page)
    rows = await read(request, lambda c: list_unsubscribed(c, page_id, part))
    return shown([manage_subscriber(row) for row in rows])


def _named(connection: Connection, page_id: str, body: SubscriberListBody, state: str) -> list[str]:
    ids = None if body.subscribers == "all" else body.subscribers
    return chosen(connection, page_id, ids, SubscriberQuery(state, body.type))


@router.post(f"{LIST}/unsubscribe", status_code=201)
async def unsubscribe_some(
    page_id: PageId, body: SubscriberListBody, request: Request
) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> None:
        unsubscribe(connection, _named(connection, page_id, body, body.state), now)

    await write(request, work)
    return shown({}, 201)


@router.post(f"{LIST}/reactivate", status_code=201)
async def reactivate_some(
    page_id: PageId, body: SubscriberListBody, request: Request
) -> JSONResponse:
    """Lifts quarantine."""

    def work(connection: Connection, _: Moment) -> None:
        reactivate(connection, _named(connection, page_id, body, "quarantined"))

    await write(request, work)
    return shown({}, 201)


@router.post(f"{LIST}/resend_confirmation", status_code=201)
async def resend_confirmations(
    page_id: PageId, body: SubscriberListBody, request: Request
) -> JSONResponse:
    rules = rules_of(request)

    def work(connection: Connection, now: Moment) -> None:
        for id_ in _named(connection, page_id, body, "unconfirmed"):
            resend_link(connection, page_id, id_, rules, now)

    await write(request, work)
    return shown({}, 201)


def resend_link(
    connection: Connection, page_id: str, subscriber_id: str, rules: SubscriberRules, now: Moment
) -> None:
    row = find_subscriber(connection, page_id, subscriber_id)
    if rules.mail and row.email and row.confirmed_at is None:
        send_link(connection, row, now)


@router.get(ONE)
async def get(page_id: PageId, subscriber_id: ItemId, request: Request) -> JSONResponse:
    row = await read(request, lambda c: find_subscriber(c, page_id, subscriber_id))
    return shown(manage_subscriber(row))


@router.patch(ONE)
async def change(
    page_id: PageId, subscriber_id: ItemId, body: SubscriberChangeBody, request: Request
) -> JSONResponse:
    ids = body.subscriber.component_ids if body.subscriber else body.component_ids
    row = await write(request, lambda c, _: change_subscriber(c, page_id, subscriber_id, ids))
    return shown(manage_subscriber(row))


@router.delete(ONE)
async def delete(
    page_id: PageId,
    subscriber_id: ItemId,
    request: Request,
    *,
    skip_unsubscription_notification: bool = False,  # noqa: ARG001 - no mail is sent either way
) -> JSONResponse:
    def work(connection: Connection, now: Moment) -> dict[str, Any]:
        row = find_subscriber(connection, page_id, subscriber_id)
        unsubscribe(connection, [subscriber_id], now)
        return manage_subscriber(row)

    return shown(await write(request, work))


@router.post(f"{ONE}/resend_confirmation", status_code=201)
async def resend_confirmation(
    page_id: PageId, subscriber_id: ItemId, request: Request
) -> JSONResponse:
    rules = rules_of(request)
    await write(request, lambda c, now: resend_link(c, page_id, subscriber_id, rules, now))
    return shown({}, 201)
