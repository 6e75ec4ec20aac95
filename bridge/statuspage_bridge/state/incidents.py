"""The incidents of ours that were open: those that a person deletes are missing on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from statuspage_bridge.core.published import Published

from .contents import PUBLISHED, moment_of, written
from .schema import incidents

# An alert that goes on for longer opens an incident again that a person has deleted.
KEPT = timedelta(days=365)


def note_open(connection: Connection, page: str, there: Sequence[Published], now: datetime) -> None:
    """Remember what is open now."""
    connection.execute(
        delete(incidents).where(
            incidents.c.page == page,
            incidents.c.id.in_({one.id for one in there})
            | (incidents.c.open_at < (now - KEPT).timestamp()),
        )
    )
    rows = [
        {
            "page": page,
            "id": one.id,
            "content": written(PUBLISHED, one),
            "open_at": now.timestamp(),
            "is_deleted": False,
        }
        for one in there
    ]
    if rows:
        connection.execute(insert(incidents), rows)


def noted_open(connection: Connection, page: str) -> list[Published]:
    """Return what was open, and was not deleted since."""
    which = (incidents.c.page == page, incidents.c.is_deleted.is_(False))
    rows = connection.execute(select(incidents.c.content).where(*which)).scalars()
    return [PUBLISHED.validate_json(row) for row in rows]


def note_deleted(connection: Connection, page: str, ids: Iterable[str]) -> None:
    """Remember that incidents are no longer on the page."""
    which = (incidents.c.page == page, incidents.c.id.in_(set(ids)))
    connection.execute(update(incidents).where(*which).values(is_deleted=True))


def forget(connection: Connection, page: str, id_: str) -> None:
    """Forget an incident that is over."""
    connection.execute(delete(incidents).where(incidents.c.page == page, incidents.c.id == id_))


def missing(
    connection: Connection, page: str, there: Iterable[str]
) -> tuple[list[Published], list[Published]]:
    """Return what was deleted, and what was open once and of which that is not known.

    Each as one that a person ended when it was last seen.
    """
    which = (incidents.c.page == page, incidents.c.id.not_in(set(there)))
    deleted: list[Published] = []
    unknown: list[Published] = []
    for row in connection.execute(select(incidents).where(*which)):
        ended = replace(
            PUBLISHED.validate_json(row.content),
            is_over=True,
            over_at=moment_of(row.open_at),
            is_taken_over=True,
        )
        (deleted if row.is_deleted else unknown).append(ended)
    return deleted, unknown
