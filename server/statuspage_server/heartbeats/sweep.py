"""The round that notices silence. Reads first; writes only when something has changed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from statuspage_server.core.heartbeat import (
    Hearing,
    ItemState,
    LastBeat,
    Rhythm,
    item_state,
    read_clock,
)
from statuspage_server.core.moments import SECOND, Moment
from statuspage_server.heartbeats.roster import Roster, Watched
from statuspage_server.heartbeats.transitions import Transition, apply_transitions
from statuspage_server.storage.facts import Presence, read_presence, write_presence
from statuspage_server.storage.schema import beats, item_states

# Rounds are a second apart; a longer gap than this was not a slow round but deafness.
TOLERANCE = 5 * SECOND


def begin_listening(connection: Connection, now: Moment, *, alone: bool) -> None:
    """On start: unless another instance was listening all along, every item gets time anew."""
    presence = read_presence(connection)
    reading = read_clock(presence.alive_at, now, TOLERANCE)
    if reading.turned_back:
        _bring_back(connection, now)
    deaf = alone or presence.alive_at is None or reading.was_deaf or reading.turned_back
    since = now if deaf else presence.listening_since
    write_presence(connection, Presence(now, min(since, now)))


def note_alive(connection: Connection, now: Moment) -> None:
    """Every round: note the time, and notice when it has jumped."""
    presence = read_presence(connection)
    reading = read_clock(presence.alive_at, now, TOLERANCE)
    if reading.turned_back:
        _bring_back(connection, now)
    since = now if reading.was_deaf else presence.listening_since
    write_presence(connection, Presence(now, min(since, now)))


def _bring_back(connection: Connection, now: Moment) -> None:
    connection.execute(update(beats).where(beats.c.at > now).values(at=now))


@dataclass(frozen=True, slots=True)
class Heard:
    """An item as the database knows it."""

    beat: LastBeat | None
    state: ItemState | None
    since: Moment


def read_heard(connection: Connection, roster: Roster) -> dict[str, Heard]:
    """The last beat and the noted state of every watched component."""
    last = {
        (row.page_id, row.item_id): LastBeat(row.at, row.failed, row.message)
        for row in connection.execute(select(beats))
    }
    noted = {row.component_id: row for row in connection.execute(select(item_states))}
    return {
        watched.component_id: Heard(
            beat=last.get((page.page_id, watched.item.id)),
            state=_noted_state(row := noted.get(watched.component_id)),
            since=row.since if row else 0,
        )
        for page in roster.pages
        for watched in page.watched
    }


def _noted_state(row: Row[Any] | None) -> ItemState | None:
    return ItemState(row.state) if row is not None and row.state else None


def state_now(heard: Heard, rhythm: Rhythm, now: Moment, listening_since: Moment) -> ItemState:
    was_late = (
        heard.state is ItemState.LATE and heard.beat is not None and heard.beat.at <= heard.since
    )
    return item_state(heard.beat, rhythm, now, Hearing(listening_since, was_late))


def find_transitions(connection: Connection, roster: Roster, now: Moment) -> list[Transition]:
    listening_since = read_presence(connection).listening_since
    heard = read_heard(connection, roster)
    found = []
    for page in roster.pages:
        for watched in page.watched:
            known = heard[watched.component_id]
            state = state_now(known, watched.rhythm, now, listening_since)
            if state != known.state:
                found.append(_transition(watched, state, known, now))
    return found


def _transition(watched: Watched, state: ItemState, known: Heard, now: Moment) -> Transition:
    message = known.beat.message if known.beat and known.beat.failed else None
    return Transition(watched, state, now, message)


def sweep(connection: Connection, roster: Roster, now: Moment) -> None:
    apply_transitions(connection, find_transitions(connection, roster, now))
