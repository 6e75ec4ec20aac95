"""Texts that are ready for the next time."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import Slice
from statuspage_server.manage.templates import (
    change_template,
    create_template,
    find_template,
    list_templates,
    remove_template,
)
from statuspage_server.site.states import PHASES
from statuspage_server.web.admin.desk import Faults, desk_for, led_to, shown, write
from statuspage_server.web.admin.session import Deed, Operator, deed_of, operator_of
from statuspage_server.web.dependencies import runtime_of

router = APIRouter(include_in_schema=False)

LIST = "/admin/{page_id}/templates"
ONE = "/admin/{page_id}/templates/{template_id}"
ALL = Slice(0, 100)
LONGEST_NAME, LONGEST = 255, 25_000
EMPTY = {
    "name": "",
    "title": "",
    "body": "",
    "update_status": None,
    "should_send_notifications": True,
}
STATUSES = [one for one in PHASES.items() if one[0] != "postmortem"]

type Fields = dict[str, Any]


def _fields(deed: Deed) -> Fields:
    status = deed.text("status")
    return {
        "name": deed.text("name")[:LONGEST_NAME],
        "title": deed.text("title")[:LONGEST_NAME],
        "body": deed.text("body")[:LONGEST],
        "update_status": status if status in dict(STATUSES) else None,
        "should_send_notifications": deed.text("tell") == "on",
    }


async def _list(
    request: Request,
    operator: Operator,
    page_id: str,
    faults: Faults | None = None,
    given: Fields | None = None,
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
        statuses=STATUSES,
        faults=faults or [],
        given=given or EMPTY,
    )


@router.get(LIST, response_model=None)
async def list_some(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    return await _list(request, operator, page_id)


@router.post(LIST, response_model=None)
async def create(
    page_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    fields = _fields(deed)
    faults = await write(request, lambda c, now: create_template(c, page_id, fields, now))
    if faults:
        return await _list(request, deed.operator, page_id, faults, fields)
    return led_to(f"/admin/{page_id}/templates", "template")


async def _one(
    request: Request,
    operator: Operator,
    page_id: str,
    template_id: str,
    faults: Faults | None = None,
    given: Fields | None = None,
) -> Response:
    desk = await desk_for(request, operator, page_id)
    known = await runtime_of(request).database.read(
        lambda c: find_template(c, page_id, template_id)
    )
    return shown(
        request,
        desk,
        "template.html",
        422 if faults else 200,
        known=known,
        statuses=STATUSES,
        faults=faults or [],
        given=given or known,
    )


@router.get(ONE, response_model=None)
async def see(
    page_id: str,
    template_id: str,
    request: Request,
    operator: Annotated[Operator, Depends(operator_of)],
) -> Response:
    return await _one(request, operator, page_id, template_id)


@router.post(ONE, response_model=None)
async def change(
    page_id: str, template_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    fields, removed = _fields(deed), deed.text("do") == "delete"

    def work(connection: Connection, _: Moment) -> None:
        if removed:
            remove_template(connection, page_id, template_id)
        else:
            change_template(connection, page_id, template_id, fields)

    faults = await write(request, work)
    if faults:
        return await _one(request, deed.operator, page_id, template_id, faults, fields)
    return led_to(f"/admin/{page_id}/templates", "removed" if removed else "template")
