"""Feeds to follow a page by: Atom, RSS, and a calendar of maintenances."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound
from statuspage_server.site.calendar_feed import calendar
from statuspage_server.site.feeds import Feed, atom, rss
from statuspage_server.storage.incidents import list_incidents
from statuspage_server.web.site.documents import Desk, document_answer

router = APIRouter(tags=["feeds"])

NEWEST = Slice(0, 50)
HEADERS = {
    "Cache-Control": "public, max-age=0, must-revalidate",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding, Accept-Language, Cookie",
    "X-Content-Type-Options": "nosniff",
}


async def _feed(
    request: Request,
    page_id: str,
    write: Callable[[Feed], bytes],
    media_type: str,
    scope: str | None = None,
) -> Response:
    def make(desk: Desk) -> bytes:
        if not desk.frame.has_feeds:
            raise NotFound
        found = list_incidents(desk.connection, page_id, NEWEST, scope=scope)
        return write(Feed(desk.frame.title, desk.frame.url, found, desk.context))

    return await document_answer(
        request, page_id, write.__name__, make, f"{media_type}; charset=utf-8", HEADERS
    )


@router.get("/pages/{page_id}/history.atom", response_model=None)
async def atom_feed(page_id: str, request: Request) -> Response:
    """The newest incidents and maintenances as Atom."""
    return await _feed(request, page_id, atom, "application/atom+xml")


@router.get("/pages/{page_id}/history.rss", response_model=None)
async def rss_feed(page_id: str, request: Request) -> Response:
    """The newest incidents and maintenances as RSS 2.0."""
    return await _feed(request, page_id, rss, "application/rss+xml")


@router.get("/pages/{page_id}/maintenances.ics", response_model=None)
async def calendar_feed(page_id: str, request: Request) -> Response:
    """The newest maintenances as iCalendar."""
    return await _feed(request, page_id, calendar, "text/calendar", "maintenance")
