"""The application: its routes are those of Pagerstatus, and beside them our own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from statuspage_bridge.bridge import Bridge
from statuspage_bridge.core.alert import Account
from statuspage_bridge.errors import PageFailed, Refused, StateFailed
from statuspage_bridge.sources.source import Webhook

from .operation import health, metrics, plan
from .requests import body_of

# PagerDuty waits five seconds, and stops sending to whom it had to wait for.
PATIENCE = timedelta(seconds=4)


def create_app(bridge: Bridge, patience: timedelta | None = PATIENCE) -> Starlette:
    """Return the application for a bridge, which it starts and stops.

    `patience` is how long a sender waits for a pass; None is as long as it takes.
    """

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
            Route("/metrics", metrics, methods=["GET"]),
            Route("/{name}", from_pagerduty, methods=["POST"]),
            Route("/{type}/{name}", from_source, methods=["POST"]),
        ],
        exception_handlers={Refused: _refused, PageFailed: _failed, StateFailed: _failed},
        lifespan=lifespan,
    )
    app.state.bridge = bridge
    app.state.patience = patience.total_seconds() if patience else None
    return app


async def hello(_: Request) -> Response:
    return JSONResponse(["Hello from Pagerstatus"])


async def from_pagerduty(request: Request) -> Response:
    """Pagerstatus had it at the root."""
    return await _received(request, "pagerduty")


async def from_source(request: Request) -> Response:
    return await _received(request, str(request.path_params["type"]))


async def _received(request: Request, type_: str) -> Response:
    bridge: Bridge = request.app.state.bridge
    name = str(request.path_params["name"])
    source = bridge.sources.get(Account(source=type_, name=name.lower()))
    if source is None:
        raise Refused(404, f"Configuration for {name} not found")
    webhook = Webhook(
        headers=request.headers, query=request.query_params, body=await body_of(request)
    )
    now = bridge.reconciler.utc()
    source.authenticate(webhook, now)
    told = source.receive(webhook, now)
    if await bridge.has_seen(source.account, told.id):
        return JSONResponse(["No need to sync"])
    if source.reader is None:
        # They are on the disk before the sender is told that all is well.
        await bridge.state.push(told.alerts)
        bridge.reconciler.metrics.pushed(source.account, told.alerts)
    if not told.alerts and not told.something_changed:
        return JSONResponse(["No need to sync"])
    answer = await _look(request)
    await bridge.note_seen(source.account, told.id)
    return answer


async def _look(request: Request) -> Response:
    """Answer when a pass is through; one that takes too long goes on without the sender."""
    bridge: Bridge = request.app.state.bridge
    try:
        await asyncio.wait_for(bridge.reconciler.reconcile(), request.app.state.patience)
    except TimeoutError:
        return JSONResponse(["Sync under way"], 202)
    return JSONResponse(["Performed sync"])


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, Refused) else 500
    request.app.state.bridge.reconciler.metrics.refused(status)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": str(error)}, status, headers)


async def _failed(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 503)
