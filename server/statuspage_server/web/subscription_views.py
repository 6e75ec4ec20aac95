"""What the pages about notifications show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from statuspage_server.storage.components import list_components
from statuspage_server.web.html_routes import HEADERS, templates

# Their addresses hold secrets, which must not travel to where links lead, nor be kept by caches.
_PRIVATE = {
    **HEADERS,
    "Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; form-action 'self'",
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

    @property
    def open(self) -> bool:
        return any(member.chosen for member in self.members)


def read_choices(connection: Connection, page_id: str, chosen: Collection[str]) -> list[Choice]:
    rows = list_components(connection, page_id)
    members: dict[str, list[Choice]] = {}
    for row in rows:
        if row.group_id:
            one = Choice(row.id, row.name, row.id in chosen)
            members.setdefault(row.group_id, []).append(one)
    return [
        Choice(row.id, row.name, row.id in chosen, tuple(members.get(row.id, ())), row.is_group)
        for row in rows
        if not row.group_id
    ]


def shown(
    template: str, status: int = 200, headers: Mapping[str, str] | None = None, **view: object
) -> HTMLResponse:
    html = templates.get_template(f"subscriptions/{template}").render(view)
    return HTMLResponse(html, status, headers={**_PRIVATE, **(headers or {})})
