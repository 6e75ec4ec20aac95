"""Texts that are ready for the next time."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from statuspage_server.core.paging import Slice
from statuspage_server.manage.templates import create_template, list_templates
from statuspage_server.site.states import PHASES
from statuspage_server.web.admin.desk import Faults, desk_for, led_to, shown, write
from statuspage_server.web.admin.session import Deed, Operator, deed_of, operator_of
from statuspage_server.web.dependencies import runtime_of

router = APIRouter(include_in_schema=False)

LIST = "/admin/{page_id}/templates"
ALL = Slice(0, 100)
LONGEST_NAME, LONGEST = 255, 25_000


async def _shown(
    request: Request,
    operator: Operator,
    page_id: str,
    faults: Faults | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    desk = await desk_for(request, operator, page_id)
    listed = await runtime_of(request).database.read(lambda c: list_templates(c, page_id, ALL))
    return shown(
        request,
        desk,
        "templates.html",
        422 if faults else 200,
        templates=listed,
        phases=PHASES,
        statuses=[one for one in PHASES.items() if one[0] != "postmortem"],
        faults=faults or [],
        given=given or {"name": "", "title": "", "body": ""},
    )


@router.get(LIST, response_model=None)
async def list_some(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    return await _shown(request, operator, page_id)


@router.post(LIST, response_model=None)
async def create(
    page_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    given = {
        "name": deed.text("name")[:LONGEST_NAME],
        "title": deed.text("title")[:LONGEST_NAME],
        "body": deed.text("body")[:LONGEST],
    }
    status = deed.text("status")
    fields = {
        **given,
        "update_status": status if status in PHASES else None,
        "should_send_notifications": deed.text("tell") == "on",
    }
    faults = await write(request, lambda c, now: create_template(c, page_id, fields, now))
    if faults:
        return await _shown(request, deed.operator, page_id, faults, given)
    return led_to(f"/admin/{page_id}/templates", "template")
