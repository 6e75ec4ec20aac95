"""The application: the endpoints, the page, and Port's shape for every refusal."""

import asyncio
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from port_sandbox.api import (
    auth_routes,
    blueprint_routes,
    document_routes,
    entity_routes,
    fault_routes,
    ingest_routes,
    integration_routes,
    run_routes,
    search_routes,
)
from port_sandbox.api.middleware import API, FaultMiddleware, Sleep
from port_sandbox.api.requests import Json
from port_sandbox.errors import Answer, Invalid
from port_sandbox.page import catalog_routes, self_service_routes, sync_routes
from port_sandbox.page.rendering import refused
from port_sandbox.sandbox import Sandbox


def create_app(sandbox: Sandbox, sleep: Sleep = asyncio.sleep) -> FastAPI:
    # The docs page would fetch its scripts from another host.
    app = FastAPI(title="Port sandbox", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.sandbox = sandbox
    app.add_middleware(FaultMiddleware, sandbox=sandbox, sleep=sleep)
    app.add_exception_handler(Answer, _refuse)
    app.add_exception_handler(RequestValidationError, _refuse_parameters)
    app.add_exception_handler(HTTPException, _refuse_path)
    # The search stands before the entities: /entities/search is not an entity called "search".
    for module in (
        auth_routes,
        search_routes,
        blueprint_routes,
        entity_routes,
        integration_routes,
        run_routes,
        document_routes,
        ingest_routes,
        catalog_routes,
        self_service_routes,
        sync_routes,
    ):
        app.include_router(module.router)
    if sandbox.settings.faults:
        app.include_router(fault_routes.router)

    @app.get("/health")
    async def health() -> Json:
        return Json({"ok": True})

    return app


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, Answer)  # noqa: S101 (registered for nothing else)
    if not request.url.path.startswith((*API, "/sandbox/")):
        return refused(request, error)
    return Json(error.body(), error.status)


async def _refuse_parameters(_: Request, error: Exception) -> Json:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first: dict[str, Any] = error.errors()[0]
    answer = Invalid(f'"{first["loc"][-1]}": {first["msg"]}')
    return Json(answer.body(), answer.status)


async def _refuse_path(request: Request, error: Exception) -> Json:
    assert isinstance(error, HTTPException)  # noqa: S101
    code = "not_found" if error.status_code == 404 else "bad_request"
    message = f"{request.method} {request.url.path}: {error.detail}"
    return Json({"ok": False, "error": code, "message": message}, error.status_code)
