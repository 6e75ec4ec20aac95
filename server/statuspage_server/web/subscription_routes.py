"""The links in notifications: whoever has one may unsubscribe or confirm that subscription.

Following a link changes nothing, since mail scanners follow links too; the button does.
"""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection, select, update

from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound
from statuspage_server.manage.subscribers import unsubscribe
from statuspage_server.storage.schema import subscribers
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.rendering import HEADERS, templates

router = APIRouter(tags=["subscriptions"], default_response_class=HTMLResponse)

type Wish = Literal["unsubscribe", "confirm"]

ASKED = {
    "unsubscribe": ("Stop these notifications?", "Unsubscribe"),
    "confirm": ("Receive these notifications?", "Confirm"),
}
DONE = {
    "unsubscribe": "No further notifications will be sent.",
    "confirm": "Notifications will be sent from now on.",
}


def _find(connection: Connection, secret: str) -> str:
    found = connection.execute(
        select(subscribers.c.id).where(
            subscribers.c.secret == secret, subscribers.c.unsubscribed_at.is_(None)
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFound
    return str(found)


def _fulfil(connection: Connection, secret: str, wish: Wish, now: Moment) -> None:
    subscriber_id = _find(connection, secret)
    if wish == "unsubscribe":
        unsubscribe(connection, [subscriber_id], now)
        return
    connection.execute(
        update(subscribers).where(subscribers.c.id == subscriber_id).values(confirmed_at=now)
    )


def _page(sentence: str, button: str | None) -> HTMLResponse:
    html = templates.get_template("subscription.html").render(sentence=sentence, button=button)
    policy = f"{HEADERS['Content-Security-Policy']}; form-action 'self'"
    return HTMLResponse(html, headers={**HEADERS, "Content-Security-Policy": policy})


@router.get("/subscriptions/{secret}/{wish}", response_class=HTMLResponse)
async def ask(secret: str, wish: Wish, request: Request) -> HTMLResponse:
    await runtime_of(request).database.read(lambda connection: _find(connection, secret))
    return _page(*ASKED[wish])


@router.post("/subscriptions/{secret}/{wish}", response_class=HTMLResponse)
async def fulfil(secret: str, wish: Wish, request: Request) -> HTMLResponse:
    runtime = runtime_of(request)
    now = runtime.clock()
    await runtime.database.write(lambda connection: _fulfil(connection, secret, wish, now))
    return _page(DONE[wish], None)
