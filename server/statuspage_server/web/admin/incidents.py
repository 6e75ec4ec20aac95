"""Opening, updating and ending incidents and maintenances: fill in, see what it does, publish."""

import secrets
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from statuspage_server.core.incident_plan import OVER
from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound, Unprocessable, sentences
from statuspage_server.manage.incidents import (
    change_incident,
    create_incident,
    delete_incident,
)
from statuspage_server.manage.templates import list_templates
from statuspage_server.site.incidents import incident_view
from statuspage_server.site.states import IMPACTS, STATES
from statuspage_server.storage.incidents import find_incident
from statuspage_server.storage.sessions import is_first_of
from statuspage_server.web.admin.desk import Desk, Faults, desk_for, led_to, shown, write
from statuspage_server.web.admin.incident_form import (
    IncidentForm,
    request_of,
)
from statuspage_server.web.admin.incident_target import Target, prefilled
from statuspage_server.web.admin.preview import Preview, preview_of
from statuspage_server.web.admin.session import Deed, Operator, deed_of, operator_of
from statuspage_server.web.admin.templates import ALL
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.subscription_views import read_choices

router = APIRouter(include_in_schema=False)

NEW = "/admin/{page_id}/incidents/new"
PLAN = "/admin/{page_id}/maintenances/new"
ONE = "/admin/{page_id}/incidents/{incident_id}"


async def _target(request: Request, page_id: str, incident_id: str) -> Target:
    found = await runtime_of(request).database.read(
        lambda c: find_incident(c, page_id, incident_id)
    )
    return Target(bool(found.row.scheduled), found)


async def _shown(
    request: Request,
    desk: Desk,
    target: Target,
    form: IncidentForm,
    *,
    look: bool,
    faults: Faults | None = None,
) -> Response:
    """The form, and above it what it would do where `look` asks for that."""

    def read(connection: Connection) -> tuple[Preview | None, Any, Faults]:
        choices = read_choices(connection, desk.page_id, form.ticked)
        if not look:
            return None, choices, []
        try:
            return preview_of(connection, desk, target, form), choices, []
        except Unprocessable as error:
            return None, choices, sentences(error)

    preview, choices, found = await runtime_of(request).database.read(read)
    problems = [*(faults or ()), *found]
    incident = target.incident
    return shown(
        request,
        desk,
        "incident.html",
        422 if problems else 200,
        form=form,
        target=target,
        preview=preview,
        choices=choices,
        faults=problems,
        view=incident_view(incident, desk.context) if incident else None,
        row=incident.row if incident else None,
        over=incident is not None and incident.row.status in OVER,
        states=[(status, word) for status, (word, _) in STATES.items()],
        impacts=IMPACTS,
        form_id=secrets.token_hex(8),
    )


async def _sent(request: Request, desk: Desk, target: Target, deed: Deed) -> Response:
    form = IncidentForm.read(deed.fields)
    if deed.text("do") != "publish":
        return await _shown(request, desk, target, form, look=True)
    once, session = deed.text("form_id"), deed.operator.session.digest
    made = target.incident_id

    def work(connection: Connection, now: Moment) -> None:
        nonlocal made
        if not is_first_of(connection, session, once):
            return
        asked = request_of(
            form,
            target.attached,
            desk.context.zone,
            desk.operator.author,
            planned=target.planned,
        )
        if target.incident_id is None:
            made = create_incident(connection, desk.page_id, asked, now)
        else:
            change_incident(connection, desk.page_id, target.incident_id, asked, now)

    faults = await write(request, work)
    if faults:
        return await _shown(request, desk, target, form, look=False, faults=faults)
    return led_to(f"{desk.base}/incidents/{made}" if made else desk.base, "published")


@router.get(NEW, response_model=None)
@router.get(PLAN, response_model=None)
async def new(
    page_id: str,
    request: Request,
    operator: Annotated[Operator, Depends(operator_of)],
    template: str = "",
) -> Response:
    desk, target = await desk_for(request, operator, page_id), _new_target(request)
    form = prefilled(target, desk, "", cancel=False)
    if template:
        form = await _from_template(request, page_id, template, target, form)
    return await _shown(request, desk, target, form, look=False)


def _new_target(request: Request) -> Target:
    return Target(planned="/maintenances/" in request.url.path)


async def _from_template(
    request: Request, page_id: str, template_id: str, target: Target, form: IncidentForm
) -> IncidentForm:
    listed = await runtime_of(request).database.read(lambda c: list_templates(c, page_id, ALL))
    found = next((one for one in listed if one["id"] == template_id), None)
    if found is None:
        raise NotFound
    status = found["update_status"]
    return replace(
        form,
        name=found["title"],
        body=found["body"],
        status=status if status in dict(target.statuses) else form.status,
        ticked=tuple(one["id"] for one in found["components"]),
        tell=bool(found["should_send_notifications"]),
    )


@router.post(NEW, response_model=None)
@router.post(PLAN, response_model=None)
async def create(
    page_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    desk = await desk_for(request, deed.operator, page_id)
    return await _sent(request, desk, _new_target(request), deed)


@router.get(ONE, response_model=None)
async def one(
    page_id: str,
    incident_id: str,
    request: Request,
    operator: Annotated[Operator, Depends(operator_of)],
    status: str = "",
    *,
    cancel: bool = False,
) -> Response:
    """With a `status`, as the buttons on the first page have it, what it does is shown at once."""
    desk = await desk_for(request, operator, page_id)
    target = await _target(request, page_id, incident_id)
    form = prefilled(target, desk, status, cancel=cancel)
    return await _shown(request, desk, target, form, look=bool(status) and operator.may_write)


@router.post(ONE, response_model=None)
async def change(
    page_id: str, incident_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    desk = await desk_for(request, deed.operator, page_id)
    return await _sent(request, desk, await _target(request, page_id, incident_id), deed)


@router.post(f"{ONE}/delete", response_model=None)
async def delete(
    page_id: str, incident_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    desk = await desk_for(request, deed.operator, page_id)
    target = await _target(request, page_id, incident_id)
    if deed.text("sure") != "on":
        form = prefilled(target, desk, "", cancel=False)
        unsure = ["Tick that you are sure: an incident that is deleted does not come back."]
        return await _shown(request, desk, target, form, look=False, faults=unsure)
    await write(request, lambda c, now: delete_incident(c, page_id, incident_id, now))
    return led_to(desk.base, "deleted")
