"""Storing heartbeats, and changing at once what they change on the page."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Insert, Row, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from statuspage_server.heartbeats.monitors import Monitor, Monitors
from statuspage_server.heartbeats.signals import RunState, Signal, duration_of, run_after
from statuspage_server.heartbeats.transitions import Transition, apply_transitions
from statuspage_server.storage.schema import beats, item_signals, item_states, items, pages

type Turn = dict[tuple[str, str], Signal]

# Of each item the last so many signals are kept.
KEPT = 100


def record_signals(connection: Connection, monitors: Monitors, signals: Sequence[Signal]) -> None:
    """Signals of one item keep their order; equal ones in a row are written once."""
    for turn in _turns(signals):
        _remember(connection, turn)
        telling = {key: signal for key, signal in turn.items() if signal.state is not None}
        if telling:
            connection.execute(
                _upsert(connection.dialect.name, beats),
                [_beat(signal) for signal in telling.values()],
            )
            _follow(connection, monitors, telling)


def _turns(signals: Iterable[Signal]) -> list[Turn]:
    """Split into rounds, so that `fail` and `up` of one item in one batch both leave their mark."""
    turns: list[Turn] = []
    last: dict[tuple[str, str], int] = {}
    for signal in signals:
        key = signal.key
        place = last.get(key, 0)
        if key in last and not signal.says_the_same_as(turns[place][key]):
            place += 1
        if place == len(turns):
            turns.append({})
        turns[place][key] = signal
        last[key] = place
    return turns


def _remember(connection: Connection, turn: Turn) -> None:
    """The history, and the run that is under way."""
    # By id alone, which is quicker than by pairs: few pages share one.
    rows = connection.execute(_ITEMS, {"ids": [item_id for _, item_id in turn]}).all()
    # An item that was taken out while its signal was on the way has no row.
    known = [
        (row, signal)
        for row in rows
        if (signal := turn.get((row.page_id, row.item_id))) is not None
    ]
    if not known:
        return
    connection.execute(_UPDATE_ITEM, [_item(row, signal) for row, signal in known])
    connection.execute(
        _upsert(connection.dialect.name, item_signals),
        [_history(row, signal) for row, signal in known],
    )


_ITEMS = select(items).where(
    items.c.page_id.in_(select(pages.c.id)), items.c.item_id.in_(bindparam("ids", expanding=True))
)
_UPDATE_ITEM = (
    update(items)
    .where(items.c.page_id == bindparam("of_page"), items.c.item_id == bindparam("of_item"))
    .values(
        signals=bindparam("number"),
        started_at=bindparam("started"),
        run_id=bindparam("run"),
        paused_at=bindparam("paused"),
    )
)


def _item(row: Row[Any], signal: Signal) -> dict[str, Any]:
    run = run_after(RunState(row.started_at, row.run_id), signal)
    return {
        "of_page": signal.page_id,
        "of_item": signal.item_id,
        "number": row.signals + 1,
        "started": run.started_at,
        "run": run.run_id,
        # Who is heard is waited for again.
        "paused": row.paused_at if signal.state is None else None,
    }


def _history(row: Row[Any], signal: Signal) -> dict[str, Any]:
    number = row.signals + 1
    return {
        "page_id": signal.page_id,
        "item_id": signal.item_id,
        "slot": number % KEPT,
        "number": number,
        "at": signal.at,
        "kind": signal.kind,
        "exit_code": signal.exit_code,
        "run_id": signal.run_id,
        "duration": duration_of(RunState(row.started_at, row.run_id), signal),
        "message": signal.message,
    }


def _beat(signal: Signal) -> dict[str, Any]:
    return {
        "page_id": signal.page_id,
        "item_id": signal.item_id,
        "at": signal.at,
        "failed": not (signal.state is not None and signal.state.is_up),
        "message": signal.public_message,
    }


@cache
def _upsert(database: str, table: Table) -> Insert:
    dialect = sqlite if database == "sqlite" else postgresql
    upsert = dialect.insert(table)
    keys = list(table.primary_key.columns)
    upsert = upsert.on_conflict_do_update(
        index_elements=keys,
        set_={
            column.name: upsert.excluded[column.name]
            for column in table.columns
            if not column.primary_key
        },
    )
    return cast("Insert", upsert)


def _follow(connection: Connection, monitors: Monitors, turn: Turn) -> None:
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
            Transition(monitor, signal.state, signal.at, signal.told)
            for component_id, (monitor, signal) in heard.items()
            if signal.state is not None and states.get(component_id) != signal.state
        ],
    )
