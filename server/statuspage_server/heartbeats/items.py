"""Items as the operator handles them: their secret addresses, pauses, and what was last heard."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from statuspage_server.config import ItemConfig
from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound
from statuspage_server.storage.schema import beats, item_signals, items


def sync_items(connection: Connection, page_id: str, wanted: Iterable[ItemConfig]) -> None:
    """Every item has an address: its own word for it, or one that is made once."""
    there = {
        row.item_id: row.secret
        for row in connection.execute(
            select(items.c.item_id, items.c.secret).where(items.c.page_id == page_id)
        )
    }
    chosen: dict[str, str | None] = {}
    for item in wanted:
        chosen[item.id] = chosen.get(item.id) or item.ping_id
    for item_id, secret in chosen.items():
        if item_id not in there:
            connection.execute(
                insert(items).values(
                    page_id=page_id, item_id=item_id, secret=secret or str(uuid.uuid4())
                )
            )
        elif secret is not None and secret != there[item_id]:
            _set(connection, page_id, item_id, secret=secret)


def find_item(connection: Connection, secret: str) -> tuple[str, str] | None:
    """The page and the id behind an address."""
    row = connection.execute(
        select(items.c.page_id, items.c.item_id).where(items.c.secret == secret)
    ).one_or_none()
    return None if row is None else (row.page_id, row.item_id)


def list_items(connection: Connection) -> Sequence[Row[Any]]:
    mine = (beats.c.page_id == items.c.page_id) & (beats.c.item_id == items.c.item_id)
    return connection.execute(
        select(items, beats.c.at, beats.c.failed)
        .join(beats, mine, isouter=True)
        .order_by(items.c.page_id, items.c.item_id)
    ).all()


def pause_item(connection: Connection, page_id: str, item_id: str, now: Moment) -> None:
    """Until it is resumed or heard. A run that is under way is forgotten."""
    _set(connection, page_id, item_id, paused_at=now, started_at=None, run_id=None)


def resume_item(connection: Connection, page_id: str, item_id: str, now: Moment) -> None:
    """It has its whole interval from now on, as after the server's own absence."""
    _set(connection, page_id, item_id, paused_at=None, resumed_at=now)


def renew_address(connection: Connection, page_id: str, item_id: str) -> str:
    secret = str(uuid.uuid4())
    _set(connection, page_id, item_id, secret=secret)
    return secret


def _set(connection: Connection, page_id: str, item_id: str, **values: Any) -> None:
    changed = connection.execute(
        update(items).where(items.c.page_id == page_id, items.c.item_id == item_id).values(**values)
    )
    if changed.rowcount == 0:
        raise NotFound


def read_history(connection: Connection, page_id: str, item_id: str) -> Sequence[Row[Any]]:
    """The last signals, newest first."""
    return connection.execute(
        select(item_signals)
        .where(item_signals.c.page_id == page_id, item_signals.c.item_id == item_id)
        .order_by(item_signals.c.number.desc())
    ).all()
