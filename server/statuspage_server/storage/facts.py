"""Small things the whole installation remembers."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from statuspage_server.core.moments import Moment
from statuspage_server.storage.schema import facts


@dataclass(frozen=True, slots=True)
class Presence:
    """When any instance was last alive, and since when they have been able to hear."""

    alive_at: Moment | None
    listening_since: Moment


def read_presence(connection: Connection) -> Presence:
    rows = connection.execute(select(facts.c.name, facts.c.value)).all()
    known = {name: int(value) for name, value in rows}
    return Presence(known.get("alive_at"), known.get("listening_since", 0))


def write_presence(connection: Connection, presence: Presence) -> None:
    _write(connection, "alive_at", presence.alive_at or 0)
    _write(connection, "listening_since", presence.listening_since)


def _write(connection: Connection, name: str, value: int) -> None:
    changed = connection.execute(update(facts).where(facts.c.name == name).values(value=str(value)))
    if changed.rowcount == 0:
        connection.execute(insert(facts).values(name=name, value=str(value)))
