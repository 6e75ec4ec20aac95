"""What integrations do: resyncs, live events, log lines."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from port_sandbox.api.requests import Json, Served
from port_sandbox.core import timestamps
from port_sandbox.page.form_requests import Form, first
from port_sandbox.page.rendering import rendered
from port_sandbox.page.resync_view import latest, live_events, wishes

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LINES = 200

router = APIRouter(include_in_schema=False)


@router.get("/resyncs")
async def resyncs(request: Request, sandbox: Served) -> HTMLResponse:
    """Show the resyncs and what each kind brought, beside what live events brought."""
    return rendered(
        request,
        "resyncs.html",
        resyncs=latest(sandbox, 30),
        events=live_events(sandbox, 30),
        titles={one["identifier"]: one["title"] for one in sandbox.catalog.blueprints()},
        integrations=wishes(sandbox),
    )


@router.post("/resyncs")
async def resync_now(sandbox: Served, sent: Form) -> RedirectResponse:
    """Ask an integration for a resync."""
    at = timestamps.formatted(sandbox.clock())
    sandbox.integrations.ask_for_resync(first(sent, "integration"), at)
    return RedirectResponse("/resyncs", 303)


@router.get("/logs")
async def logs(request: Request, sandbox: Served) -> HTMLResponse:
    query = request.query_params
    levels = [level for level in query.getlist("level") if level in LEVELS]
    before = query.get("before", "")
    return rendered(
        request,
        "logs.html",
        lines=sandbox.logs.latest(
            levels=levels, limit=LINES, before=int(before) if before.isdecimal() else None
        ),
        counts=sandbox.logs.counts(),
        levels=LEVELS,
        chosen=levels,
        full=LINES,
    )


@router.get("/pulse")
async def pulse(sandbox: Served) -> Json:
    """Tell the script of the page whether there is something new to show."""
    return Json({"version": sandbox.database.version, "running": sandbox.resyncs.is_running()})
