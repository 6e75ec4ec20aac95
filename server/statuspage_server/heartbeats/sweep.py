"""Finding items that have gone silent. Reads first; writes only when something has changed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from statuspage_server.core.heartbeat import (
    ItemState,
    LastBeat,
    Listening,
    Run,
    Timing,
    item_state,
    read_clock,
)
from statuspage_server.core.moments import SECOND, Moment
from statuspage_server.heartbeats.monitors import Monitor, Monitors
from statuspage_server.heartbeats.transitions import Transition, apply_transitions
from statuspage_server.storage.liveness import Liveness, read_liveness, write_liveness
from statuspage_server.storage.schema import beats, item_states, items

# Sweeps are a second apart. After a longer gap than this the server was away, not just slow.
TOLERANCE = 5 * SECOND


def begin_listening(connection: Connection, now: Moment, *, alone: bool) -> None:
    """On start, every item gets a whole interval again, unless another instance ran all along."""
    liveness = read_liveness(connection)
    reading = read_clock(liveness.alive_at, now, TOLERANCE)
    if reading.turned_back:
        _bring_back(connection, now)
    away = alone or liveness.alive_at is None or reading.was_away or reading.turned_back
    since = now if away else liveness.listening_since
    write_liveness(connection, Liveness(now, min(since, now)))


def note_alive(connection: Connection, now: Moment) -> None:
    """Every round: note the time, and notice when it has jumped."""
    liveness = read_liveness(connection)
    reading = read_clock(liveness.alive_at, now, TOLERANCE)
    if reading.turned_back:
        _bring_back(connection, now)
    since = now if reading.was_away else liveness.listening_since
    write_liveness(connection, Liveness(now, min(since, now)))


def _bring_back(connection: Connection, now: Moment) -> None:
    connection.execute(update(beats).where(beats.c.at > now).values(at=now))
    connection.execute(update(items).where(items.c.started_at > now).values(started_at=now))


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item as the database knows it."""

    beat: LastBeat | None
    state: ItemState | None
    since: Moment
    run: Run | None = None
    paused: bool = False
    resumed_at: Moment | None = None


def read_known_items(connection: Connection, monitors: Monitors) -> dict[str, KnownItem]:
    """The last beat and the noted state of every monitored component."""
    last = {
        (row.page_id, row.item_id): LastBeat(row.at, row.failed, row.message)
        for row in connection.execute(select(beats))
    }
    noted = {row.component_id: row for row in connection.execute(select(item_states))}
    known = {(row.page_id, row.item_id): row for row in connection.execute(select(items))}
    return {
        monitor.component_id: _known(
            last.get(key := (page.page_id, monitor.item.id)),
            noted.get(monitor.component_id),
            known.get(key),
        )
        for page in monitors.pages
        for monitor in page.monitors
    }


def _known(beat: LastBeat | None, noted: Row[Any] | None, item: Row[Any] | None) -> KnownItem:
    state, since = _noted_state(noted), noted.since if noted else 0
    if item is None:
        return KnownItem(beat, state, since)
    run = None if item.started_at is None else Run(item.started_at)
    return KnownItem(beat, state, since, run, item.paused_at is not None, item.resumed_at)


def _noted_state(row: Row[Any] | None) -> ItemState | None:
    return ItemState(row.state) if row is not None and row.state else None


def state_now(heard: KnownItem, timing: Timing, now: Moment, listening_since: Moment) -> ItemState:
    if heard.paused:
        return ItemState.PAUSED
    was_late = (
        heard.state is ItemState.LATE and heard.beat is not None and heard.beat.at <= heard.since
    )
    since = max(listening_since, heard.resumed_at or 0)
    return item_state(heard.beat, timing, now, Listening(since, was_late), heard.run)


def find_transitions(connection: Connection, monitors: Monitors, now: Moment) -> list[Transition]:
    listening_since = read_liveness(connection).listening_since
    heard = read_known_items(connection, monitors)
    found = []
    for page in monitors.pages:
        for monitor in page.monitors:
            known = heard[monitor.component_id]
            state = state_now(known, monitor.timing, now, listening_since)
            if state != known.state:
                found.append(_transition(monitor, state, known, now))
    return found


def _transition(monitor: Monitor, state: ItemState, known: KnownItem, now: Moment) -> Transition:
    message = known.beat.message if known.beat and known.beat.failed else None
    return Transition(monitor, state, now, message)


def sweep(connection: Connection, monitors: Monitors, now: Moment) -> None:
    apply_transitions(connection, find_transitions(connection, monitors, now))
