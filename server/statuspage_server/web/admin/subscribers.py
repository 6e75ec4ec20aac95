"""Who follows the page, and what has not reached them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection, Row

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import slice_of
from statuspage_server.manage.subscribers import create_subscriber, reactivate, unsubscribe
from statuspage_server.outbox.waiting import list_waiting
from statuspage_server.storage.subscribers import (
    STATES,
    SubscriberQuery,
    find_subscriber,
    histogram,
    list_subscribers,
)
from statuspage_server.web.admin.desk import Desk, Faults, desk_for, led_to, shown, write
from statuspage_server.web.admin.session import Deed, Operator, deed_of, operator_of
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.v1.subscribers import resend_link, rules_of

router = APIRouter(include_in_schema=False)

LIST = "/admin/{page_id}/subscribers"
WAITING = "/admin/{page_id}/deliveries"
PER_PAGE = 100
STATE_WORDS = {"active": "Active", "unconfirmed": "Not confirmed", "quarantined": "Quarantined"}
MODES = {"email": "Mail", "webhook": "Webhook", "sms": "SMS", "slack": "Slack", "teams": "Teams"}


def address_of_subscriber(row: Row[Any]) -> str:
    """The webhook address of a channel is a secret: its host says enough."""
    if row.mode in {"email", "sms", "webhook"} and not row.operator:
        return str(row.contact)
    host = str(row.contact).partition("://")[2].partition("/")[0]
    return str(row.email or host.rpartition("@")[2])


async def _shown(
    request: Request, operator: Operator, page_id: str, faults: Faults | None = None
) -> Response:
    desk = await desk_for(request, operator, page_id)
    asked = request.query_params
    state = asked.get("state", "active")
    state = state if state in STATES else "active"
    search = asked.get("q", "").strip()[:200]
    number = asked.get("page", "1")
    number_here = max(1, int(number)) if number.isascii() and number.isdigit() else 1
    query = SubscriberQuery(state, search=search or None)
    part = slice_of(min(number_here, 100_000), PER_PAGE)

    def read(connection: Connection) -> tuple[Any, Any]:
        return (
            list_subscribers(connection, page_id, query, part),
            histogram(connection, page_id),
        )

    rows, counts = await runtime_of(request).database.read(read)
    return shown(
        request,
        desk,
        "subscribers.html",
        422 if faults else 200,
        rows=rows,
        address=address_of_subscriber,
        modes=MODES,
        states=[
            (name, STATE_WORDS[name], sum(one[name] for one in counts.values())) for name in STATES
        ],
        state=state,
        search=search,
        number=number_here,
        more=len(rows) == PER_PAGE,
        faults=faults or [],
    )


@router.get(LIST, response_model=None)
async def list_some(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    return await _shown(request, operator, page_id)


@router.post(LIST, response_model=None)
async def add(page_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]) -> Response:
    rules = rules_of(request)
    fields = {name: deed.text(name) or None for name in ("email", "endpoint")}
    faults = await write(request, lambda c, now: create_subscriber(c, page_id, fields, rules, now))
    if faults:
        return await _shown(request, deed.operator, page_id, faults)
    return led_to(f"/admin/{page_id}/subscribers", "subscribed")


@router.post(f"{LIST}/{{subscriber_id}}", response_model=None)
async def change(
    page_id: str, subscriber_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    rules, wish = rules_of(request), deed.text("do")

    def work(connection: Connection, now: Moment) -> None:
        find_subscriber(connection, page_id, subscriber_id)
        if wish == "unsubscribe":
            unsubscribe(connection, [subscriber_id], now)
        elif wish == "reactivate":
            reactivate(connection, [subscriber_id])
        else:
            resend_link(connection, page_id, subscriber_id, rules, now)

    await write(request, work)
    done = {"unsubscribe": "unsubscribed", "reactivate": "reactivated"}.get(wish, "resent")
    return led_to(f"/admin/{page_id}/subscribers", done)


@router.get(WAITING, response_model=None)
async def waiting(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    desk: Desk = await desk_for(request, operator, page_id)
    rows = await runtime_of(request).database.read(lambda c: list_waiting(c, page_id))
    return shown(
        request, desk, "deliveries.html", rows=rows, address=address_of_subscriber, modes=MODES
    )
