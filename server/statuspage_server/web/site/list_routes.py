"""`/pages`: the pages of this server, without those that are private."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from statuspage_server.core.paging import Slice
from statuspage_server.runtime import Runtime
from statuspage_server.site.context import Context
from statuspage_server.site.pages import StatusView, status_view
from statuspage_server.storage.components import read_top_level
from statuspage_server.storage.incidents import list_incidents
from statuspage_server.storage.pages import list_pages
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.documents import remember_language
from statuspage_server.web.site.frame import config_of, context_for, frame_of_server
from statuspage_server.web.site.rendering import html_answer, render

router = APIRouter(tags=["page"], default_response_class=HTMLResponse)

ANY = Slice(0, 1)


@dataclass(frozen=True, slots=True)
class PageLink:
    name: str
    href: str
    status: StatusView


@router.get("/pages", response_model=None)
async def pages(request: Request) -> Response:
    runtime = runtime_of(request)
    frame = frame_of_server(request, runtime)
    context = context_for(frame, runtime.clock())
    links = await runtime.database.read(lambda connection: _links(connection, runtime, context))
    answer = html_answer(render("pages.html", frame, pages=links))
    remember_language(request, answer)
    return answer


def _links(connection: Connection, runtime: Runtime, context: Context) -> list[PageLink]:
    links = []
    for page in list_pages(connection):
        config = config_of(page.id, runtime)
        if config is not None and config.password is not None:
            continue
        status = read_top_level(connection, page.id)
        is_open = bool(list_incidents(connection, page.id, ANY, scope="unresolved"))
        links.append(
            PageLink(page.name, page_href(page.id, runtime), status_view(status, is_open, context))
        )
    return links


def page_href(page_id: str, runtime: Runtime) -> str:
    config = config_of(page_id, runtime)
    if config is not None and config.domain is not None:
        return f"{runtime.public_url.partition(':')[0]}://{config.domain}/"
    if page_id == runtime.monitors.default_page_id:
        return "/"
    return f"/{config.path}" if config is not None and config.path else f"/pages/{page_id}"
