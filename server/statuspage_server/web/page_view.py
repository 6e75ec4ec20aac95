"""What the HTML page shows, as texts for its template."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from statuspage_server.core.heartbeat import ItemState
from statuspage_server.core.moments import Moment
from statuspage_server.core.status import ComponentStatus, top_level
from statuspage_server.heartbeats.monitors import MonitoredPage, Monitors
from statuspage_server.heartbeats.sweep import KnownItem, read_known_items, state_now
from statuspage_server.storage.liveness import read_liveness
from statuspage_server.storage.schema import components, pages

WORDS = {
    ComponentStatus.OPERATIONAL: "Operational",
    ComponentStatus.UNDER_MAINTENANCE: "Under maintenance",
    ComponentStatus.DEGRADED_PERFORMANCE: "Degraded performance",
    ComponentStatus.PARTIAL_OUTAGE: "Partial outage",
    ComponentStatus.MAJOR_OUTAGE: "Down",
}
BANNERS = {
    "none": "All systems are operational",
    "maintenance": "Maintenance is under way",
}
TROUBLE = "Some systems are experiencing issues"


@dataclass(frozen=True, slots=True)
class ItemView:
    name: str
    description: str | None
    status: str
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class GroupView:
    name: str | None
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    title: str
    banner: str
    indicator: str
    server_time: str
    refresh_seconds: int
    groups: tuple[GroupView, ...] = field(default=())


def read_page_view(
    connection: Connection, monitors: Monitors, page_id: str, now: Moment
) -> PageView | None:
    page = connection.execute(select(pages).where(pages.c.id == page_id)).one_or_none()
    if page is None:
        return None
    rows = connection.execute(
        select(components)
        .where(components.c.page_id == page_id)
        .order_by(components.c.position, components.c.id)
    ).all()
    monitored = monitors.page(page_id)
    details = _details(connection, monitors, monitored, now) if monitored else {}
    status = top_level([row.status for row in rows if not row.is_group])
    return PageView(
        title=page.name,
        banner=BANNERS.get(status.indicator, TROUBLE),
        indicator=status.indicator,
        server_time=_server_time(now, monitored.config.time_zone if monitored else None),
        refresh_seconds=monitored.config.refresh_interval if monitored else 120,
        groups=_groups(list(rows), details),
    )


def _groups(rows: list[Row[tuple[object, ...]]], details: dict[str, str]) -> tuple[GroupView, ...]:
    members: dict[str | None, list[ItemView]] = {}
    for row in rows:
        if not row.is_group:
            item = ItemView(
                name=row.name,
                description=row.description,
                status=row.status,
                word=WORDS.get(row.status, "Unknown"),
                detail=details.get(row.id, ""),
            )
            members.setdefault(row.group_id, []).append(item)
    named = [GroupView(row.name, tuple(members.get(row.id, ()))) for row in rows if row.is_group]
    alone = [GroupView(None, tuple(members[None]))] if None in members else []
    return (*named, *alone)


def _details(
    connection: Connection, monitors: Monitors, page: MonitoredPage, now: Moment
) -> dict[str, str]:
    listening_since = read_liveness(connection).listening_since
    heard = read_known_items(connection, monitors)
    return {
        one.component_id: _detail(
            state_now(heard[one.component_id], one.timing, now, listening_since),
            heard[one.component_id],
            now,
        )
        for one in page.monitors
    }


def _detail(state: ItemState, heard: KnownItem, now: Moment) -> str:
    beat = heard.beat
    if beat is None:
        return "never seen"
    ago = f"last seen {_ago(now - beat.at)} ago"
    match state:
        case ItemState.FAILED:
            return f"reported a failure: {beat.message}" if beat.message else "reported a failure"
        case ItemState.LATE:
            return f"late, {ago}"
        case ItemState.OVERDUE:
            return f"overdue, {ago}"
        case _:
            return ""


def _ago(milliseconds: int) -> str:
    seconds = max(0, milliseconds // 1000)
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def _server_time(now: Moment, zone: str | None) -> str:
    at = datetime.fromtimestamp(now / 1000, UTC)
    # Without a zone in the settings it is the machine's, which the TZ variable sets in a container.
    local = at.astimezone(ZoneInfo(zone) if zone else None)
    return f"{local:%A, %d %B %Y, %H:%M:%S %Z}"
