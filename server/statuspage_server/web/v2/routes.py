"""The public API: `/api/v2/...` for the default page, `/pages/<id>/api/v2/...` for every page.

Open to all and without a limit, like the vendor's.
"""

from fastapi import APIRouter, Request, Response

from statuspage_server.errors import NotFound
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.v2.cache import CachedDocument, DocumentCache
from statuspage_server.web.v2.documents import DOCUMENTS

router = APIRouter(tags=["public API"])

SUFFIX = ".json"
HEADERS = {
    "Cache-Control": "public, max-age=0, must-revalidate",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
}


@router.get("/api/v2/{name:path}", response_model=None)
async def of_default_page(name: str, request: Request) -> Response:
    """One of summary, status, components, incidents, incidents/unresolved,
    scheduled-maintenances, and its upcoming and active; each with `.json` at its end."""
    page_id = runtime_of(request).monitors.default_page_id
    if page_id is None:
        raise NotFound
    return await _answer(page_id, name, request)


@router.get("/pages/{page_id}/api/v2/{name:path}", response_model=None)
async def of_page(page_id: str, name: str, request: Request) -> Response:
    """The same documents for any page of this server."""
    return await _answer(page_id, name, request)


async def _answer(page_id: str, name: str, request: Request) -> Response:
    document_name = name.removesuffix(SUFFIX)
    if document_name == name or document_name not in DOCUMENTS:
        raise NotFound
    documents: DocumentCache = request.app.state.documents
    document = await documents.get(page_id, document_name)
    headers = {**HEADERS, "ETag": document.etag}
    if _has_it(request.headers.get("if-none-match"), document):
        return Response(status_code=304, headers=headers)
    body = document.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = document.zipped
    return Response(body, media_type="application/json; charset=utf-8", headers=headers)


def _has_it(if_none_match: str | None, document: CachedDocument) -> bool:
    if if_none_match is None:
        return False
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in known or document.etag.removeprefix("W/") in known
