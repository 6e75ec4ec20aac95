"""A banner for other sites: a script that they load, and the frame that it shows."""

from fastapi import APIRouter, Request, Response

from statuspage_server.core.paging import Slice
from statuspage_server.site.incidents import incident_view
from statuspage_server.storage.incidents import list_incidents
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.addresses import BASE
from statuspage_server.web.site.assets import EMBED_SCRIPT, FRAME_SCRIPT
from statuspage_server.web.site.documents import Desk, document_answer
from statuspage_server.web.site.frame import site_url
from statuspage_server.web.site.rendering import HEADERS, HTML, POLICY, render

router = APIRouter(tags=["embed"])

SOME = Slice(0, 20)
SCRIPT_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
# The one document that others may put into a frame.
FRAME_HEADERS = {**HEADERS, "Content-Security-Policy": POLICY.format(ancestors="*")}


@router.get("/pages/{page_id}/embed/script.js", response_model=None)
async def script(page_id: str, request: Request) -> Response:
    """Put `<script src=".../embed/script.js"></script>` into any site."""
    runtime = runtime_of(request)
    url = site_url(page_id, request.scope.get(BASE, f"/pages/{page_id}"), runtime)
    body = EMBED_SCRIPT.body.decode().replace("{{site}}", url)
    return Response(body, media_type=EMBED_SCRIPT.media_type, headers=SCRIPT_HEADERS)


@router.get("/pages/{page_id}/embed/frame", response_model=None)
async def frame(page_id: str, request: Request) -> Response:
    """What the banner shows: an open incident or a running maintenance; it asks to be shown only
    when there is one."""

    def make(desk: Desk) -> bytes:
        found = [
            *list_incidents(desk.connection, page_id, SOME, scope="unresolved"),
            *list_incidents(desk.connection, page_id, SOME, scope="active_maintenance"),
        ]
        incidents = [incident_view(incident, desk.context) for incident in found]
        return render(
            "embed_frame.html", desk.frame, incidents=incidents, script=FRAME_SCRIPT.address
        )

    return await document_answer(request, page_id, "frame", make, HTML, FRAME_HEADERS)
