"""The application: its routes are those of Pagerstatus, and beside them our own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from statuspage_bridge.alertmanager import alerts as alertmanager
from statuspage_bridge.bridge import Bridge
from statuspage_bridge.core.alert import Account
from statuspage_bridge.errors import PageFailed, Refused
from statuspage_bridge.pagerduty.webhook import asks_to_look, check_signature

from .requests import body_of, check_token

# PagerDuty waits five seconds, and stops sending to whom it had to wait for.
PATIENCE = timedelta(seconds=4)


def create_app(bridge: Bridge) -> Starlette:
    """Return the application for a bridge, which it starts and stops."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        bridge.start()
        yield
        await bridge.stop()

    app = Starlette(
        routes=[
            Route("/", hello, methods=["GET"]),
            Route("/health", health, methods=["GET"]),
            Route("/plan", plan, methods=["GET"]),
            Route("/alertmanager/{account}", from_alertmanager, methods=["POST"]),
            Route("/{account}", from_pagerduty, methods=["POST"]),
        ],
        exception_handlers={Refused: _refused, PageFailed: _failed},
        lifespan=lifespan,
    )
    app.state.bridge = bridge
    return app


async def hello(_: Request) -> Response:
    return JSONResponse(["Hello from Pagerstatus"])


async def from_pagerduty(request: Request) -> Response:
    bridge: Bridge = request.app.state.bridge
    name = str(request.path_params["account"])
    account = bridge.settings.pagerduty.get(name.lower())
    if account is None:
        raise Refused(404, f"Configuration for {name} not found")
    body = await body_of(request)
    if account.secrets:
        check_signature(body, request.headers.get("x-pagerduty-signature"), account.secrets)
    id_ = f"{name.lower()} {request.headers.get('x-webhook-id', '')}"
    if not asks_to_look(body) or id_ in bridge.seen:
        return JSONResponse(["No need to sync"])
    answer = await _look(bridge)
    if "x-webhook-id" in request.headers:
        bridge.note_seen(id_)
    return answer


async def from_alertmanager(request: Request) -> Response:
    bridge: Bridge = request.app.state.bridge
    name = str(request.path_params["account"]).lower()
    known = bridge.settings.alertmanager.get(name)
    if known is None:
        raise Refused(404, f"ALERTMANAGER_TOKEN_{name.upper()} is not set.")
    check_token(request, known.token)
    now = bridge.reconciler.utc()
    account = Account(source="alertmanager", name=name)
    default = bridge.texts.component_status
    found = alertmanager.sent(account, await body_of(request), default, now)
    if known.api is None:
        bridge.reconciler.push(found)
    return await _look(bridge) if found else JSONResponse(["No need to sync"])


async def health(request: Request) -> Response:
    """Tell what cannot be read. It stays 200: a restart would mend nothing of that."""
    bridge: Bridge = request.app.state.bridge
    reconciler = bridge.reconciler
    last = reconciler.last
    unread: dict[str, str] = {}
    failed: dict[str, str] = {}
    if last is not None:
        unread = {str(account): why for account, why in last.unread.items()}
        failed = last.failed
    well = last is not None and not (unread or failed or reconciler.trouble)
    sources = {str(one.account): "ok" for one in reconciler.sources} | unread
    return JSONResponse(
        {
            "status": "ok" if well else "failing",
            "page": reconciler.trouble or "ok",
            "sources": sources,
            "failed": failed,
            "last_pass": last.at.isoformat() if last else None,
        }
    )


async def plan(request: Request) -> Response:
    """Show what the last pass decided, and why."""
    bridge: Bridge = request.app.state.bridge
    if bridge.settings.token is None:
        raise Refused(404, "BRIDGE_TOKEN is not set.")
    check_token(request, bridge.settings.token)
    last = bridge.reconciler.last
    failed = last.failed if last else {}
    return JSONResponse(
        [
            {
                "component": one.component,
                "name": bridge.reconciler.page.name_of(one.component),
                "action": one.action,
                "status": one.status,
                "incident": one.incident,
                "reason": one.reason,
                "failed": failed.get(one.component),
            }
            for one in (last.decisions if last else ())
        ]
    )


async def _look(bridge: Bridge) -> Response:
    """Answer when a pass is through; one that takes too long goes on without the sender."""
    try:
        await asyncio.wait_for(bridge.reconciler.reconcile(), PATIENCE.total_seconds())
    except TimeoutError:
        return JSONResponse(["Sync under way"], 202)
    return JSONResponse(["Performed sync"])


async def _refused(_: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, Refused) else 500
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": str(error)}, status, headers)


async def _failed(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 503)
