"""*Report a problem*: a form for visitors, on pages whose settings ask for it."""

import hashlib
import secrets

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from statuspage_server.core.addresses import neighbourhood
from statuspage_server.errors import NotFound, RateLimited, Unprocessable
from statuspage_server.heartbeats.monitors import MonitoredPage
from statuspage_server.manage.detection import detect_disruption
from statuspage_server.manage.problem_reports import report_problem
from statuspage_server.web.attempts import TOO_MANY, count_attempt
from statuspage_server.web.dependencies import address_of, runtime_of
from statuspage_server.web.forms import one, read_form
from statuspage_server.web.subscription_views import read_choices, shown

router = APIRouter(include_in_schema=False)

MESSAGE_LENGTH = 500
DONE = "Thank you. Your report is counted."
# Whoever reads the database cannot tell which addresses reported.
_KEY = secrets.token_bytes(32)


@router.api_route("/report", methods=["GET", "HEAD"])
@router.api_route("/pages/{page_id}/report", methods=["GET", "HEAD"])
async def form(request: Request, page_id: str | None = None) -> HTMLResponse:
    return await _form(request, _page(request, page_id))


@router.post("/report")
@router.post("/pages/{page_id}/report")
async def send(request: Request, page_id: str | None = None) -> HTMLResponse:
    page = _page(request, page_id)
    sent = await read_form(request)
    address = neighbourhood(address_of(request.scope))
    reporter = hashlib.blake2b(address.encode(), key=_KEY, digest_size=32).hexdigest()
    message = one(sent, "message", MESSAGE_LENGTH) or None
    component_id = one(sent, "component", 12)
    runtime = runtime_of(request)
    now = runtime.clock()

    def work(connection: Connection) -> None:
        if report_problem(connection, page.page_id, component_id, message, reporter, now):
            settings = page.config.disruption_detection
            detect_disruption(connection, page.page_id, component_id, settings, now)

    try:
        count_attempt(request)
        await runtime.database.write(work)
    except RateLimited as error:
        return await shown(
            request, page.page_id, "message.html", 429, error.headers, sentence=TOO_MANY
        )
    except Unprocessable as error:
        return await _form(request, page, f"{error}.", message)
    return await shown(request, page.page_id, "message.html", sentence=DONE)


async def _form(
    request: Request, page: MonitoredPage, fault: str | None = None, message: str | None = None
) -> HTMLResponse:
    choices = await runtime_of(request).database.read(lambda c: read_choices(c, page.page_id, ()))
    return await shown(
        request,
        page.page_id,
        "report.html",
        422 if fault else 200,
        choices=choices,
        fault=fault,
        message=message,
        longest=MESSAGE_LENGTH,
    )


def _page(request: Request, page_id: str | None) -> MonitoredPage:
    monitors = runtime_of(request).monitors
    page = monitors.page(page_id or monitors.default_page_id or "")
    if page is None or not page.config.problem_reports:
        raise NotFound
    return page
