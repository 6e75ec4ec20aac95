"""The public API: `/pages/<id>/api/v2/...` for every page, `/api/v2/...` for the default page.

Open to all and without a limit, like the vendor's.
"""

from fastapi import APIRouter, Request, Response
from pydantic_core import to_json
from sqlalchemy import Connection

from statuspage_server.errors import NotFound
from statuspage_server.storage.pages import find_page, read_revision
from statuspage_server.web.answers import answer_with
from statuspage_server.web.cache import DocumentCache, Recipe
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.v2.documents import DOCUMENTS, make_document

router = APIRouter(tags=["public API"])

SUFFIX = ".json"
JSON = "application/json; charset=utf-8"
HEADERS = {
    "Cache-Control": "public, max-age=0, must-revalidate",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
}


@router.get("/pages/{page_id}/api/v2/{name:path}", response_model=None)
async def of_page(page_id: str, name: str, request: Request) -> Response:
    """One of summary, status, components, incidents, incidents/unresolved,
    scheduled-maintenances, and its upcoming and active; each with `.json` at its end."""
    document_name = name.removesuffix(SUFFIX)
    if document_name == name or document_name not in DOCUMENTS:
        raise NotFound
    url = runtime_of(request).public_url

    def make(connection: Connection) -> bytes:
        parts = make_document(connection, find_page(connection, page_id), document_name, url)
        return to_json(parts)

    documents: DocumentCache = request.app.state.documents
    document = await documents.get(
        Recipe(
            key=("v2", page_id, document_name, url),
            version=lambda connection: read_revision(connection, page_id),
            make=make,
        )
    )
    return answer_with(document, request, JSON, HEADERS)
