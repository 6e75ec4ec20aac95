"""Setting the status of components without an incident."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.errors import Unprocessable
from statuspage_server.manage.components import change_component
from statuspage_server.site.states import STATES
from statuspage_server.web.admin.desk import Faults, desk_for, led_to, shown, write
from statuspage_server.web.admin.session import Deed, Operator, deed_of, operator_of
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.subscription_views import read_choices

router = APIRouter(include_in_schema=False)

LIST = "/admin/{page_id}/components"


async def _shown(
    request: Request,
    operator: Operator,
    page_id: str,
    faults: Faults | None = None,
    ticked: tuple[str, ...] = (),
) -> Response:
    desk = await desk_for(request, operator, page_id)
    choices = await runtime_of(request).database.read(lambda c: read_choices(c, page_id, ticked))
    return shown(
        request,
        desk,
        "components.html",
        422 if faults else 200,
        choices=choices,
        words={status: word for status, (word, _) in STATES.items()},
        states=[(status, word) for status, (word, _) in STATES.items()],
        faults=faults or [],
    )


@router.get(LIST, response_model=None)
async def list_all(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    return await _shown(request, operator, page_id)


@router.post(LIST, response_model=None)
async def set_some(
    page_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    ticked, status = deed.ids("ticked"), deed.text("new_status")
    author = deed.operator.author

    def work(connection: Connection, now: Moment) -> None:
        if not ticked:
            raise Unprocessable("Tick the components that you want to set")
        if status not in STATES:
            raise Unprocessable("Choose what they are now")
        for id_ in ticked:
            change_component(connection, page_id, id_, {"status": status}, now, author)

    faults = await write(request, work)
    if faults:
        return await _shown(request, deed.operator, page_id, faults, tuple(ticked))
    return led_to(f"/admin/{page_id}/components", "components")
