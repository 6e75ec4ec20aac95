"""Finding incidents by their words. The vendor searches name, status, postmortem and updates."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, func, insert, select

from statuspage_server.storage.schema import (
    incident_pieces,
    incident_texts,
    incident_updates,
    incidents,
)

# A word that many incidents share is found among the newest: the index would list all of them.
RECENT = 1000

PIECE = 3
# They only narrow the search down, and SQLite takes fewer than 256.
MOST_PIECES = 50


def mentions(connection: Connection, page_id: str, search: str) -> Iterator[ColumnElement[bool]]:
    """Conditions to be tried in turn: the first finds the newest, the second all.

    The page is asked for in a way that no index answers, or SQLite would go through all of it.
    """
    on_page = func.coalesce(incidents.c.page_id, "") == page_id
    pattern = incident_texts.c.text.like(func.lower(_pattern(search)), escape="/")
    recent = (
        select(incidents.c.id)
        .where(incidents.c.page_id == page_id)
        .order_by(incidents.c.created_at.desc(), incidents.c.id.desc())
        .limit(RECENT)
    )
    mentioned = exists().where(incident_texts.c.incident_id == incidents.c.id, pattern)
    yield incidents.c.id.in_(recent) & mentioned
    found = select(incident_texts.c.incident_id).where(pattern)
    if connection.dialect.name == "sqlite" and len(search) >= PIECE:
        found = found.where(incident_texts.c.number.in_(_by_pieces(search)))
    yield incidents.c.id.in_(found) & on_page


def _pattern(search: str) -> str:
    for special in "/%_":
        search = search.replace(special, f"/{special}")
    return f"%{search}%"


def _by_pieces(search: str) -> Select[tuple[int]]:
    """PostgreSQL finds the pieces of a pattern by itself; SQLite has to be told."""
    pieces = {search[start : start + PIECE] for start in range(len(search) - PIECE + 1)}
    quoted = ('"' + piece.replace('"', '""') + '"' for piece in sorted(pieces)[:MOST_PIECES])
    return select(incident_pieces.c.rowid).where(
        incident_pieces.c.incident_pieces.op("MATCH")(" AND ".join(quoted))
    )


def _texts() -> Select[tuple[str, str]]:
    bodies = (
        select(func.aggregate_strings(incident_updates.c.body, "\n"))
        .where(incident_updates.c.incident_id == incidents.c.id)
        .scalar_subquery()
    )
    name_and_status = incidents.c.name + "\n" + incidents.c.status
    postmortem = func.coalesce("\n" + incidents.c.postmortem_body, "")
    updates = func.coalesce("\n" + bodies, "")
    return select(incidents.c.id, func.lower(name_and_status + postmortem + updates))


def _note(connection: Connection, chosen: Select[tuple[str, str]]) -> None:
    connection.execute(insert(incident_texts).from_select(["incident_id", "text"], chosen))


def note_text(connection: Connection, incident_id: str) -> None:
    """To be called whenever something of an incident has changed that people search for."""
    connection.execute(delete(incident_texts).where(incident_texts.c.incident_id == incident_id))
    _note(connection, _texts().where(incidents.c.id == incident_id))


def note_missing_texts(connection: Connection) -> None:
    """After many incidents were written at once."""
    noted = exists().where(incident_texts.c.incident_id == incidents.c.id)
    _note(connection, _texts().where(~noted))
