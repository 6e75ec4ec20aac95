"""Telling the operator that an item went silent or failed, and that it is back."""

from sqlalchemy import Connection, select

from statuspage_server.core.heartbeat import ItemState
from statuspage_server.core.moments import Moment, milliseconds
from statuspage_server.heartbeats.monitors import Monitor
from statuspage_server.outbox.announce import announce_heartbeat
from statuspage_server.storage.schema import beats

# A message in a channel, not a log: the rest is in the history.
MESSAGE_LENGTH = 1_000
# What is heard for the first time, or again after a pause, is not back from anywhere.
_DOWN = frozenset({ItemState.LATE, ItemState.FAILED})


def is_alert(before: ItemState | None, state: ItemState) -> bool:
    return state in _DOWN or (state.is_up and before in _DOWN)


def alert(
    connection: Connection, monitor: Monitor, state: ItemState, message: str | None, now: Moment
) -> None:
    """Once for an item, in however many groups it stands."""
    if monitor.component_id != monitor.siblings[0]:
        return
    heard_at = connection.execute(
        select(beats.c.at).where(
            beats.c.page_id == monitor.page_id, beats.c.item_id == monitor.item.id
        )
    ).scalar_one_or_none()
    announce_heartbeat(
        connection,
        monitor.page_id,
        {
            "item_id": monitor.item.id,
            "name": monitor.item.name,
            "component_id": monitor.component_id,
            "state": state,
            "message": message[:MESSAGE_LENGTH] if message else None,
            "last_heard_at": milliseconds(heard_at),
            "at": milliseconds(now),
        },
        now,
    )
