"""`/v1/pages/<id>/incident_templates`: list and create."""

from fastapi import Request
from fastapi.responses import JSONResponse

from statuspage_server.core.paging import slice_of
from statuspage_server.manage.templates import create_template, list_templates
from statuspage_server.web.v1.common import (
    PageId,
    PageNumber,
    PageSize,
    manage_router,
    read,
    shown,
    write,
)
from statuspage_server.web.v1.models import TemplateBody

router = manage_router("incident templates")
LIST = "/pages/{page_id}/incident_templates"


@router.get(LIST)
async def list_some(
    page_id: PageId, request: Request, page: PageNumber = None, per_page: PageSize = None
) -> JSONResponse:
    part = slice_of(page, per_page)
    return shown(await read(request, lambda c: list_templates(c, page_id, part)))


@router.post(LIST, status_code=201)
async def create(page_id: PageId, body: TemplateBody, request: Request) -> JSONResponse:
    said = {key: value for key, value in body.template.said().items() if value is not None}
    return shown(await write(request, lambda c, now: create_template(c, page_id, said, now)), 201)
