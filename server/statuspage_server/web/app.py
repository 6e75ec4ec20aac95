"""The application: which routes there are, and what every request passes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from statuspage_server import __version__
from statuspage_server.core.window import RollingWindows
from statuspage_server.errors import NotSignedIn
from statuspage_server.runtime import Runtime
from statuspage_server.web import (
    health_routes,
    heartbeat_routes,
    ping_routes,
    report_routes,
    subscribe_routes,
    subscription_routes,
    v1,
)
from statuspage_server.web.admin.routers import ADMIN_ROUTERS
from statuspage_server.web.admin.session import to_sign_in
from statuspage_server.web.api_keys import ApiKeys
from statuspage_server.web.attempts import Attempts
from statuspage_server.web.body_limit import BodyLimit
from statuspage_server.web.cache import DocumentCache
from statuspage_server.web.errors import install_error_answers
from statuspage_server.web.gate import ApiGate
from statuspage_server.web.guesses import Guesses
from statuspage_server.web.head import HeadAsGet
from statuspage_server.web.json_suffix import JsonSuffix
from statuspage_server.web.nobl9.routers import NOBL9_ROUTERS
from statuspage_server.web.nobl9.token_routes import EVERY_SECONDS
from statuspage_server.web.safe_answers import SafeAnswers
from statuspage_server.web.site.access import PrivatePages
from statuspage_server.web.site.addresses import PageAddresses
from statuspage_server.web.site.error_page import error_page
from statuspage_server.web.site.routers import SITE_ROUTERS
from statuspage_server.web.site.sign_in import ask_for_password
from statuspage_server.web.v2 import routes as v2_routes
from statuspage_server.web.v2 import subscriber_routes


def create_app(runtime: Runtime) -> FastAPI:
    app = build_app()
    attach(app, runtime)
    return app


def build_app() -> FastAPI:
    """Routes and middleware; `attach` gives them the server that they speak for."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        runtime: Runtime = app.state.runtime
        await runtime.start()
        yield
        await runtime.stop()

    app = FastAPI(
        title="Statuspage server",
        version=__version__,
        lifespan=lifespan,
        # The pages that show the document load scripts from other hosts; the document stays.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    install_error_answers(app, error_page)
    app.add_exception_handler(NotSignedIn, to_sign_in)
    app.include_router(heartbeat_routes.router)
    app.include_router(ping_routes.router)
    app.include_router(health_routes.router)
    app.include_router(subscriber_routes.router)
    app.include_router(v2_routes.router)
    for router in (*SITE_ROUTERS, *ADMIN_ROUTERS):
        app.include_router(router)
    app.include_router(subscribe_routes.router)
    app.include_router(report_routes.router)
    app.include_router(subscription_routes.router)
    for router in (*v1.ROUTERS, *NOBL9_ROUTERS):
        app.include_router(router)
    # The last one added is the first to see a request.
    app.add_middleware(
        ApiGate,
        settings=lambda: app.state.runtime.config.server,
        api_keys=lambda: app.state.api_keys,
    )
    app.add_middleware(JsonSuffix)
    app.add_middleware(BodyLimit, limit=lambda: app.state.runtime.config.server.max_body_bytes)
    app.add_middleware(
        PrivatePages,
        monitors=lambda: app.state.runtime.monitors,
        guesses=lambda: app.state.guesses,
        refuse=ask_for_password,
    )
    app.add_middleware(PageAddresses, monitors=lambda: app.state.runtime.monitors)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SafeAnswers)
    return app


def attach(app: FastAPI, runtime: Runtime) -> None:
    """Also instead of the server before it: nothing of that one stays."""
    app.state.runtime = runtime
    app.state.guesses = Guesses()
    app.state.api_keys = ApiKeys(runtime.database, app.state.guesses, runtime.clock)
    app.state.documents = DocumentCache(runtime.database)
    app.state.attempts = Attempts()
    app.state.token_windows = RollingWindows(EVERY_SECONDS)
