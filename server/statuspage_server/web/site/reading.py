"""Reading what a page shows, in a fixed number of queries."""

from collections.abc import Hashable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from statuspage_server.core.daily_uptime import days_between, last_days
from statuspage_server.core.moments import DAY, MINUTE, Moment
from statuspage_server.core.paging import Slice
from statuspage_server.core.status import top_level
from statuspage_server.core.time_zones import zone_of
from statuspage_server.heartbeats.monitors import Monitors
from statuspage_server.heartbeats.sweep import read_known_items, state_now
from statuspage_server.languages import Language
from statuspage_server.site.components import DETAILED, Recorded
from statuspage_server.site.heartbeats import heartbeat_detail
from statuspage_server.site.history import PAST_DAYS, Past, newest_of_each_day
from statuspage_server.site.pages import Snapshot
from statuspage_server.storage.components import list_components, open_impacts
from statuspage_server.storage.incident_history import list_ended_rows
from statuspage_server.storage.incidents import complete, list_incidents
from statuspage_server.storage.liveness import read_liveness
from statuspage_server.storage.metric_points import read_metrics
from statuspage_server.storage.schema import beats, item_states, pages
from statuspage_server.storage.uptime import read_page_spans, read_related

DAYS = 90
ALL_OPEN = Slice(0, 200)


def page_version(connection: Connection, page_id: str, now: Moment) -> Hashable:
    """Changes with the page, with its heartbeats where they change what is said of them, and with
    each minute, since uptime and dates go on by themselves."""
    changed = select(
        select(pages.c.revision).where(pages.c.id == page_id).scalar_subquery(),
        select(func.max(item_states.c.since)).scalar_subquery(),
        select(func.max(beats.c.at))
        .where(beats.c.page_id == page_id, beats.c.failed)
        .scalar_subquery(),
    )
    return (*connection.execute(changed).one(), now // MINUTE)


def read_snapshot(connection: Connection, page: Row[Any], now: Moment) -> Snapshot:
    page_id, zone = page.id, zone_of(page.settings.get("time_zone"))
    rows = list_components(connection, page_id)
    statuses = [row.status for row in rows if not row.is_group]
    days = last_days(DAYS, now, zone)
    start = days[0].start
    today = days[-1].date
    past = days_between(today - timedelta(days=PAST_DAYS - 1), today, zone)
    ended = list_ended_rows(connection, page_id, past[0].start, past[-1].end)
    counts, shown = newest_of_each_day(ended, zone)
    metrics, points = read_metrics(connection, page_id, now - DAY, now)
    return Snapshot(
        page=page,
        status=top_level(statuses, [] if statuses else open_impacts(connection, page_id)),
        components=rows,
        recorded=Recorded(
            days,
            read_page_spans(connection, page_id, start, now),
            read_related(connection, page_id, start, now) if len(statuses) <= DETAILED else {},
        ),
        open=list_incidents(connection, page_id, ALL_OPEN, scope="unresolved"),
        planned=list_incidents(connection, page_id, ALL_OPEN, scope="scheduled"),
        past=Past(counts, complete(connection, shown)),
        metrics=metrics,
        points=points,
    )


def read_details(
    connection: Connection, monitors: Monitors, page_id: str, now: Moment, language: Language
) -> dict[str, str]:
    """What heartbeats say of each component that they are about."""
    page = monitors.page(page_id)
    if page is None or not page.monitors:
        return {}
    listening_since = read_liveness(connection).listening_since
    heard = read_known_items(connection, monitors)
    return {
        one.component_id: heartbeat_detail(
            state_now(heard[one.component_id], one.timing, now, listening_since),
            heard[one.component_id].beat,
            now,
            language,
        )
        for one in page.monitors
    }
