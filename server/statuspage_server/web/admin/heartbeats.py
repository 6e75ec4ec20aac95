"""The items that are waited for: how each is, and what it said last."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound
from statuspage_server.heartbeats.items import (
    list_items,
    pause_item,
    read_history,
    resume_item,
)
from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.heartbeats.sweep import read_known_items, state_now
from statuspage_server.site.context import TimeView
from statuspage_server.site.heartbeats import ITEM_STATES
from statuspage_server.storage.liveness import read_liveness
from statuspage_server.web.admin.desk import Desk, desk_for, led_to, shown, write
from statuspage_server.web.admin.session import Deed, Operator, deed_of, operator_of
from statuspage_server.web.dependencies import runtime_of

router = APIRouter(include_in_schema=False)

LIST = "/admin/{page_id}/heartbeats"
# An id may hold a slash.
ONE = "/admin/{page_id}/heartbeats/{item_id:path}"


KINDS = {"success": "Success", "fail": "Failure", "start": "Start", "log": "Log"}


@dataclass(frozen=True, slots=True)
class ItemView:
    id: str
    name: str
    word: str
    shape: str
    last: TimeView | None
    running_since: TimeView | None
    paused: bool

    @property
    def is_well(self) -> bool:
        return self.shape == "operational"


def read_item_views(connection: Connection, monitors: Monitors, desk: Desk) -> list[ItemView]:
    """Each item once, what is not well first."""
    page = monitors.page(desk.page_id)
    if page is None or not page.monitors:
        return []
    since = read_liveness(connection).listening_since
    heard = read_known_items(connection, monitors)
    found = []
    for item_id, members in page.by_item.items():
        one = members[0]
        known = heard[one.component_id]
        word, shape = ITEM_STATES[state_now(known, one.timing, desk.now, since)]
        run = desk.context.time(known.run.since) if known.run else None
        last = desk.context.time(known.beat.at) if known.beat else None
        found.append(ItemView(item_id, one.item.name, word, shape, last, run, known.paused))
    return sorted(found, key=lambda view: view.is_well)


@router.get(LIST, response_model=None)
async def list_all(
    page_id: str, request: Request, operator: Annotated[Operator, Depends(operator_of)]
) -> Response:
    desk = await desk_for(request, operator, page_id)
    runtime = runtime_of(request)
    monitors = runtime.monitors
    views = await runtime.database.read(lambda c: read_item_views(c, monitors, desk))
    return shown(request, desk, "heartbeats.html", items=views)


@router.get(ONE, response_model=None)
async def history(
    page_id: str,
    item_id: str,
    request: Request,
    operator: Annotated[Operator, Depends(operator_of)],
) -> Response:
    desk = await desk_for(request, operator, page_id)
    runtime = runtime_of(request)
    monitors = runtime.monitors

    def read(connection: Connection) -> tuple[ItemView, str, list[tuple[TimeView, object]]]:
        views = read_item_views(connection, monitors, desk)
        view = next((one for one in views if one.id == item_id), None)
        known = (row for row in list_items(connection) if row.page_id == page_id)
        item = next((row for row in known if row.item_id == item_id), None)
        if view is None or item is None:
            raise NotFound
        rows = read_history(connection, page_id, item_id)
        return view, item.secret, [(desk.context.time(row.at), row) for row in rows]

    view, secret, signals = await runtime.database.read(read)
    # Whoever knows the address speaks for the item, which a key that only reads may not.
    address = f"{runtime.public_url}/ping/{secret}" if operator.may_write else None
    return shown(
        request,
        desk,
        "heartbeat.html",
        item=view,
        address=address,
        signals=signals,
        kinds=KINDS,
    )


@router.post(ONE, response_model=None)
async def change(
    page_id: str, item_id: str, request: Request, deed: Annotated[Deed, Depends(deed_of)]
) -> Response:
    pause = deed.text("do") == "pause"

    def work(connection: Connection, now: Moment) -> None:
        (pause_item if pause else resume_item)(connection, page_id, item_id, now)

    await write(request, work)
    return led_to(f"/admin/{page_id}/heartbeats", "paused" if pause else "resumed")
