"""What the pages about notifications show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from statuspage_server.storage.components import list_components
from statuspage_server.storage.pages import find_page
from statuspage_server.web.dependencies import runtime_of
from statuspage_server.web.site.documents import remember_language
from statuspage_server.web.site.frame import config_of, frame_for, visit_of
from statuspage_server.web.site.rendering import HEADERS, render

# Their addresses hold secrets, which must not travel to where links lead, nor be kept by caches.
_PRIVATE = {
    **HEADERS,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A component or group with a box to tick."""

    id: str
    name: str
    chosen: bool
    members: tuple["Choice", ...] = field(default=())
    is_group: bool = False
    status: str = "operational"

    @property
    def unwell(self) -> bool:
        return any(member.status != "operational" for member in self.members)

    @property
    def open(self) -> bool:
        return any(member.chosen for member in self.members)


def read_choices(connection: Connection, page_id: str, chosen: Collection[str]) -> list[Choice]:
    rows = list_components(connection, page_id)
    members: dict[str, list[Choice]] = {}
    for row in rows:
        if row.group_id:
            one = Choice(row.id, row.name, row.id in chosen, status=row.status)
            members.setdefault(row.group_id, []).append(one)
    return [
        Choice(
            row.id,
            row.name,
            row.id in chosen,
            tuple(members.get(row.id, ())),
            row.is_group,
            row.status,
        )
        for row in rows
        if not row.group_id
    ]


async def shown(
    request: Request,
    page_id: str,
    template: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **view: object,
) -> HTMLResponse:
    runtime = runtime_of(request)
    page = await runtime.database.read(lambda connection: find_page(connection, page_id))
    frame = frame_for(page, config_of(page_id, runtime), visit_of(page_id, request, runtime))
    body = render(f"subscriptions/{template}", frame, **view)
    answer = HTMLResponse(body, status, headers={**_PRIVATE, **(headers or {})})
    remember_language(request, answer)
    return answer
