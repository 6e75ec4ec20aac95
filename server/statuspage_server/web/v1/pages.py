"""`/v1/pages`: list, get, patch. Pages are made in config.yml, as the vendor makes none by API."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from sqlalchemy import Row

from statuspage_server.shapes.pages import manage_page
from statuspage_server.storage.pages import change_page, find_page, list_pages
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.v1.common import PageId, manage_router, public_url, read, shown, write
from statuspage_server.web.v1.models import PageBody

router = manage_router("pages")


@router.get("/pages")
async def list_all(request: Request) -> JSONResponse:
    """Every page of this server, in one answer: the vendor does not page this list either."""
    return shown([_page(row, request) for row in await read(request, list_pages)])


@router.get("/pages/{page_id}")
async def get(page_id: PageId, request: Request) -> JSONResponse:
    row = await read(request, lambda c: find_page(c, page_id))
    return shown(_page(row, request))


@router.put("/pages/{page_id}")
@router.patch("/pages/{page_id}")
async def change(page_id: PageId, body: PageBody, request: Request) -> JSONResponse:
    said = body.page.said()
    if not (said.get("name", "unsaid") or "").strip():
        del said["name"]
    row = await write(request, lambda c, now: change_page(c, page_id, said, now))
    return shown(_page(row, request))


def _page(row: Row[Any], request: Request) -> dict[str, Any]:
    mail = runtime_of(request).config.server.mail is not None
    return manage_page(row, public_url(request), mail=mail)
