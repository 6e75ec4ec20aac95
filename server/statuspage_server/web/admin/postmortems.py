"""What was learned: drafted, seen, published, taken back."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection, Row

from statuspage_server.core.moments import Moment
from statuspage_server.manage.postmortems import (
    draft_postmortem,
    publish_postmortem,
    revert_postmortem,
)
from statuspage_server.outbox.announce import PEOPLE
from statuspage_server.site.markdown import as_html
from statuspage_server.storage.incidents import find_incident
from statuspage_server.web.admin.audience import told
from statuspage_server.web.admin.desk import Faults, desk_for, led_to, shown, write
from statuspage_server.web.admin.session import Deed, Operator, deed_of, operator_of
from statuspage_server.web.dependencies import runtime_of

router = APIRouter(include_in_schema=False)

ONE = "/admin/{page_id}/incidents/{incident_id}/postmortem"
LONGEST = 25_000


async def _shown(
    request: Request,
    operator: Operator,
    page_id: str,
    incident_id: str,
    faults: Faults | None = None,
) -> Response:
    desk = await desk_for(request, operator, page_id)
    language = desk.frame.language

    def read(connection: Connection) -> tuple[Row[Any], str]:
        incident = find_incident(connection, page_id, incident_id)
        attached = [one.id for one in incident.components]
        return incident.row, told(connection, language, page_id, attached, incident_id, PEOPLE)

    row, audience = await runtime_of(request).database.read(read)
    return shown(
        request,
        desk,
        "postmortem.html",
        422 if faults else 200,
        row=row,
        draft=row.postmortem_draft or "",
        html=as_html(row.postmortem_draft or "", 3),
        published=row.postmortem_published_at is not None,
        faults=faults or [],
        longest=LONGEST,
        audience=audience,
    )


@router.get(ONE, response_model=None)
async def form(
    page_id: str,
    incident_id: str,
    request: Request,
    operator: Annotated[Operator, Depends(operator_of)],
) -> Response:
    return await _shown(request, operator, page_id, incident_id)


@router.post(ONE, response_model=None)
async def send(
    page_id: str, incident_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    wish, text = deed.text("do"), deed.text("body")[:LONGEST]

    def work(connection: Connection, now: Moment) -> None:
        if wish == "revert":
            revert_postmortem(connection, page_id, incident_id, now)
            return
        draft_postmortem(connection, page_id, incident_id, text, now)
        if wish == "publish":
            wanted = {"notify_subscribers": deed.text("tell") == "on"}
            publish_postmortem(connection, page_id, incident_id, wanted, now)

    faults = await write(request, work)
    if faults:
        return await _shown(request, deed.operator, page_id, incident_id, faults)
    done = {"publish": "postmortem", "revert": "reverted"}.get(wish, "draft")
    return led_to(f"/admin/{page_id}/incidents/{incident_id}/postmortem", done)
