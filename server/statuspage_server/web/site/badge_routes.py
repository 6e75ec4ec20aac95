"""Badges for READMEs and dashboards: of a page, of one component or group, of one heartbeat."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound
from statuspage_server.heartbeats.sweep import read_known_items, state_now
from statuspage_server.site.badges import Badge
from statuspage_server.site.heartbeats import ITEM_STATES
from statuspage_server.site.pages import status_view
from statuspage_server.site.states import state_view
from statuspage_server.storage.components import find_component, read_members, read_top_level
from statuspage_server.storage.incidents import list_incidents
from statuspage_server.storage.liveness import read_liveness
from statuspage_server.web.site.documents import Desk, document_answer

router = APIRouter(tags=["badges"])

SVG = "image/svg+xml"
HEADERS = {
    # Short, since proxies of code hosts keep pictures for as long as they are let.
    "Cache-Control": "public, max-age=30",
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Vary": "Accept-Encoding, Accept-Language, Cookie",
    "X-Content-Type-Options": "nosniff",
}
ANY = Slice(0, 1)

type Label = Annotated[str | None, Query(max_length=60)]


@router.get("/pages/{page_id}/badge.svg", response_model=None)
async def of_page(page_id: str, request: Request, label: Label = None) -> Response:
    """The page's name, or `?label=`, and how it is."""

    def make(desk: Desk) -> bytes:
        is_open = bool(list_incidents(desk.connection, page_id, ANY, scope="unresolved"))
        view = status_view(read_top_level(desk.connection, page_id), is_open, desk.context)
        return Badge(label or desk.frame.title, view.headline, view.shape).svg().encode()

    return await document_answer(request, page_id, ("badge", label), make, SVG, HEADERS)


@router.get("/pages/{page_id}/components/{component_id}/badge.svg", response_model=None)
async def of_component(
    page_id: str, component_id: str, request: Request, label: Label = None
) -> Response:
    """The component's name, or `?label=`, and how it is."""

    def make(desk: Desk) -> bytes:
        row = find_component(desk.connection, page_id, component_id)
        members = read_members(desk.connection, [row.id] if row.is_group else [])
        state = state_view(members.status_of(row), desk.frame.language)
        return Badge(label or row.name, state.word, state.status).svg().encode()

    return await document_answer(
        request, page_id, ("badge", component_id, label), make, SVG, HEADERS
    )


@router.get("/pages/{page_id}/heartbeats/{item_id:path}/badge.svg", response_model=None)
async def of_heartbeat(
    page_id: str, item_id: str, request: Request, label: Label = None
) -> Response:
    """The item's name, or `?label=`, and whether it is heard."""

    def make(desk: Desk) -> bytes:
        page = desk.monitors.page(page_id)
        if page is None or item_id not in page.by_item:
            raise NotFound
        one = page.by_item[item_id][0]
        known = read_known_items(desk.connection, desk.monitors)[one.component_id]
        since = read_liveness(desk.connection).listening_since
        word, shape = ITEM_STATES[state_now(known, one.timing, desk.now, since)]
        word = desk.frame.language.text(word)
        return Badge(label or one.item.name, word, shape).svg().encode()

    return await document_answer(
        request, page_id, ("badge of a heartbeat", item_id, label), make, SVG, HEADERS
    )
