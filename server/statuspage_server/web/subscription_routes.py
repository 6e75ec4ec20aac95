"""The links in notifications: whoever has one may confirm, change or end that subscription.

Following a link changes nothing, since mail scanners follow links too; the button does, and so does
a mail program's own button, which sends what the page's button would (RFC 8058).
"""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from statuspage_server.core.addresses import masked_email
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.manage.self_service import choose, confirm, find_by_secret, leave
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.forms import read_form
from statuspage_server.web.subscription_views import Choice, read_choices, shown

router = APIRouter(include_in_schema=False)

type Wish = Literal["unsubscribe", "confirm"]

ASKED = {
    "unsubscribe": ("Stop these notifications?", "Unsubscribe"),
    "confirm": ("Receive these notifications?", "Confirm"),
}
GONE = "You are unsubscribed. No further notifications will be sent."
CONFIRMED = "Notifications will be sent from now on."
SAVED = "Your choice is saved."


@router.api_route("/subscriptions/{secret}/manage", methods=["GET", "HEAD"])
async def manage(secret: str, request: Request) -> HTMLResponse:
    return await _manage(secret, request)


@router.post("/subscriptions/{secret}/manage")
async def save(secret: str, request: Request) -> HTMLResponse:
    wanted = (await read_form(request)).get("component_ids", [])
    try:
        await runtime_of(request).database.write(lambda c: choose(c, secret, wanted))
    except Unprocessable as error:
        return await _manage(secret, request, 422, fault=f"{error}.")
    return await _manage(secret, request, said=SAVED)


async def _manage(
    secret: str,
    request: Request,
    status: int = 200,
    *,
    said: str | None = None,
    fault: str | None = None,
) -> HTMLResponse:
    def read(connection: Connection) -> tuple[str, str, list[Choice] | None]:
        row = find_by_secret(connection, secret)
        if row.unsubscribed_at is not None:
            raise NotFound
        choices = read_choices(connection, row.page_id, row.component_ids)
        to = masked_email(row.contact) if row.mode == "email" else ""
        return row.page_id, to, None if row.incident_id else choices

    page_id, to, choices = await runtime_of(request).database.read(read)
    return await shown(
        request,
        page_id,
        "manage.html",
        status,
        to=to,
        choices=choices,
        said=said,
        fault=fault,
        secret=secret,
    )


@router.api_route("/subscriptions/{secret}/{wish}", methods=["GET", "HEAD"])
async def ask(secret: str, wish: Wish, request: Request) -> HTMLResponse:
    row = await runtime_of(request).database.read(lambda c: find_by_secret(c, secret))
    if row.unsubscribed_at is not None:
        return await shown(request, row.page_id, "message.html", sentence=GONE)
    sentence, button = ASKED[wish]
    return await shown(request, row.page_id, "message.html", sentence=sentence, button=button)


@router.post("/subscriptions/{secret}/unsubscribe")
async def end(secret: str, request: Request) -> HTMLResponse:
    runtime = runtime_of(request)
    now = runtime.clock()
    page_id = await runtime.database.write(lambda connection: leave(connection, secret, now))
    return await shown(request, page_id, "message.html", sentence=GONE)


@router.post("/subscriptions/{secret}/confirm")
async def begin(secret: str, request: Request) -> HTMLResponse:
    runtime = runtime_of(request)
    now = runtime.clock()
    page_id = await runtime.database.write(lambda connection: confirm(connection, secret, now))
    manage = f"/subscriptions/{secret}/manage"
    return await shown(request, page_id, "message.html", sentence=CONFIRMED, manage=manage)
