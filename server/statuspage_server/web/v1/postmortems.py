"""`/v1/pages/<id>/incidents/<id>/postmortem`: get, put, publish, revert, delete."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from statuspage_server.manage.postmortems import (
    delete_postmortem,
    draft_postmortem,
    find_postmortem,
    publish_postmortem,
    revert_postmortem,
)
from statuspage_server.shapes.incidents import manage_postmortem
from statuspage_server.web.v1.common import ItemId, PageId, manage_router, read, shown, write
from statuspage_server.web.v1.models import DraftBody, PublishBody

router = manage_router("postmortems")
ONE = "/pages/{page_id}/incidents/{incident_id}/postmortem"


@router.get(ONE)
async def get(page_id: PageId, incident_id: ItemId, request: Request) -> JSONResponse:
    row = await read(request, lambda c: find_postmortem(c, page_id, incident_id))
    return shown(manage_postmortem(row))


@router.put(ONE)
async def draft(
    page_id: PageId, incident_id: ItemId, body: DraftBody, request: Request
) -> JSONResponse:
    text = body.postmortem.body_draft
    row = await write(request, lambda c, now: draft_postmortem(c, page_id, incident_id, text, now))
    return shown(manage_postmortem(row))


@router.put(f"{ONE}/publish")
async def publish(
    page_id: PageId,
    incident_id: ItemId,
    request: Request,
    body: PublishBody | None = None,
) -> JSONResponse:
    said = body.postmortem.said() if body else {}
    row = await write(
        request, lambda c, now: publish_postmortem(c, page_id, incident_id, said, now)
    )
    return shown(manage_postmortem(row))


@router.put(f"{ONE}/revert")
async def revert(page_id: PageId, incident_id: ItemId, request: Request) -> JSONResponse:
    row = await write(request, lambda c, now: revert_postmortem(c, page_id, incident_id, now))
    return shown(manage_postmortem(row))


@router.delete(ONE, status_code=204)
async def delete(page_id: PageId, incident_id: ItemId, request: Request) -> Response:
    await write(request, lambda c, now: delete_postmortem(c, page_id, incident_id, now))
    return Response(status_code=204)
