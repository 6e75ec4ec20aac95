"""When the server was last alive. Kept in the table of facts, so that a restart can tell."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from statuspage_server.core.moments import Moment
from statuspage_server.storage.schema import facts


@dataclass(frozen=True, slots=True)
class Liveness:
    """When any instance was last alive, and since when heartbeats could reach one without a gap."""

    alive_at: Moment | None
    listening_since: Moment


def read_liveness(connection: Connection) -> Liveness:
    rows = connection.execute(select(facts.c.name, facts.c.value)).all()
    known = {name: int(value) for name, value in rows}
    return Liveness(known.get("alive_at"), known.get("listening_since", 0))


def write_liveness(connection: Connection, liveness: Liveness) -> None:
    _write(connection, "alive_at", liveness.alive_at or 0)
    _write(connection, "listening_since", liveness.listening_since)


def _write(connection: Connection, name: str, value: int) -> None:
    changed = connection.execute(update(facts).where(facts.c.name == name).values(value=str(value)))
    if changed.rowcount == 0:
        connection.execute(insert(facts).values(name=name, value=str(value)))
