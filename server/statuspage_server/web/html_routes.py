"""The page that people look at."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

from statuspage_server.errors import NotFound
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.page_view import read_page_view

router = APIRouter(tags=["page"], default_response_class=HTMLResponse)

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)

# The page needs nothing from elsewhere and runs no scripts; markup in a name stays text anyway.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


@router.get("/", response_class=HTMLResponse)
async def default_page(request: Request) -> HTMLResponse:
    page_id = runtime_of(request).monitors.default_page_id
    if page_id is None:
        raise NotFound
    return await _page(request, page_id)


@router.get("/pages/{page_id}", response_class=HTMLResponse)
async def page(page_id: str, request: Request) -> HTMLResponse:
    return await _page(request, page_id)


async def _page(request: Request, page_id: str) -> HTMLResponse:
    runtime = runtime_of(request)
    now = runtime.clock()
    view = await runtime.database.read(
        lambda connection: read_page_view(connection, runtime.monitors, page_id, now)
    )
    if view is None:
        raise NotFound
    return HTMLResponse(templates.get_template("page.html").render(view=view), headers=HEADERS)
