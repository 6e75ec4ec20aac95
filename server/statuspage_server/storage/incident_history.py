"""Incidents and maintenances that are over, by the time at which they ended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from statuspage_server.core.moments import Moment
from statuspage_server.storage.incidents import FullIncident, complete
from statuspage_server.storage.plain_rows import plain_rows
from statuspage_server.storage.schema import incidents

# A page that had more in one quarter is not read to its end, and must not fill the memory.
MOST, MOST_ROWS = 1_000, 5_000


def list_ended(
    connection: Connection, page_id: str, start: Moment, end: Moment
) -> list[FullIncident]:
    """Newest first, of those that ended from `start` on and before `end`."""
    return complete(connection, list_ended_rows(connection, page_id, start, end)[:MOST])


def list_ended_rows(
    connection: Connection, page_id: str, start: Moment, end: Moment
) -> Sequence[Row[Any]]:
    statement = (
        select(incidents)
        .where(
            incidents.c.page_id == page_id,
            incidents.c.resolved_at >= start,
            incidents.c.resolved_at < end,
        )
        .order_by(incidents.c.resolved_at.desc(), incidents.c.id.desc())
        .limit(MOST_ROWS)
    )
    return plain_rows(connection.execute(statement))


def oldest_end(connection: Connection, page_id: str) -> Moment | None:
    oldest: Moment | None = connection.execute(
        select(func.min(incidents.c.resolved_at)).where(incidents.c.page_id == page_id)
    ).scalar_one()
    return oldest
