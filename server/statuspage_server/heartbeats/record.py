"""Storing heartbeats, and changing at once what they change on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Insert, select
from sqlalchemy.dialects import postgresql, sqlite

from statuspage_server.core.heartbeat import ItemState
from statuspage_server.core.moments import Moment
from statuspage_server.heartbeats.monitors import Monitor, Monitors
from statuspage_server.heartbeats.transitions import Transition, apply_transitions
from statuspage_server.storage.schema import beats, item_states


@dataclass(frozen=True, slots=True)
class Signal:
    page_id: str
    item_id: str
    at: Moment
    failed: bool = False
    message: str | None = None

    @property
    def state(self) -> ItemState:
        return ItemState.FAILED if self.failed else ItemState.UP


def record_signals(connection: Connection, monitors: Monitors, signals: Sequence[Signal]) -> None:
    """Signals of one item keep their order; equal ones in a row are written once."""
    for turn in _turns(signals):
        connection.execute(_upsert(connection), [_values(signal) for signal in turn.values()])
        _follow(connection, monitors, turn)


def _turns(signals: Iterable[Signal]) -> list[dict[tuple[str, str], Signal]]:
    """Split into rounds, so that `fail` and `up` of one item in one batch both leave their mark."""
    turns: list[dict[tuple[str, str], Signal]] = []
    last: dict[tuple[str, str], int] = {}
    for signal in signals:
        key = (signal.page_id, signal.item_id)
        place = last.get(key, 0)
        if key in last and turns[place][key].failed != signal.failed:
            place += 1
        if place == len(turns):
            turns.append({})
        turns[place][key] = signal
        last[key] = place
    return turns


def _values(signal: Signal) -> dict[str, Any]:
    return {
        "page_id": signal.page_id,
        "item_id": signal.item_id,
        "at": signal.at,
        "failed": signal.failed,
        "message": signal.message,
    }


def _upsert(connection: Connection) -> Insert:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    upsert = dialect.insert(beats)
    new = upsert.excluded
    upsert = upsert.on_conflict_do_update(
        index_elements=[beats.c.page_id, beats.c.item_id],
        set_={"at": new.at, "failed": new.failed, "message": new.message},
    )
    return cast("Insert", upsert)


def _follow(
    connection: Connection, monitors: Monitors, turn: dict[tuple[str, str], Signal]
) -> None:
    heard: dict[str, tuple[Monitor, Signal]] = {}
    for signal in turn.values():
        page = monitors.page(signal.page_id)
        for monitor in page.by_item.get(signal.item_id, ()) if page else ():
            heard[monitor.component_id] = (monitor, signal)
    rows = connection.execute(
        select(item_states.c.component_id, item_states.c.state).where(
            item_states.c.component_id.in_(heard)
        )
    )
    states = {row.component_id: row.state for row in rows}
    apply_transitions(
        connection,
        [
            Transition(monitor, signal.state, signal.at, signal.message)
            for component_id, (monitor, signal) in heard.items()
            if states.get(component_id) != signal.state
        ],
    )
