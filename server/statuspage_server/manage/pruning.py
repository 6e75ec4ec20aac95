"""Removing data that nothing refers to any more, and what was kept long enough."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, select, tuple_

from statuspage_server.core.moments import DAY, Moment
from statuspage_server.storage.schema import (
    api_keys,
    beats,
    item_signals,
    items,
    notices,
    outbox,
    subscribers,
)

KEPT_FOR = 90 * DAY

type Watched = Collection[tuple[str, str]]
"""The items of config.yml: page and id."""


def prune(
    connection: Connection, watched: Watched, now: Moment, *, only_count: bool = False
) -> dict[str, int]:
    """How many of each went, or would go."""
    counts: dict[str, int] = {}
    for what, (table, condition) in _unused(watched, now).items():
        found = connection.execute(
            select(func.count()).select_from(table).where(condition)
        ).scalar_one()
        if found and not only_count:
            connection.execute(delete(table).where(condition))
        counts[what] = counts.get(what, 0) + found
    return counts


def _unused(watched: Watched, now: Moment) -> dict[str, tuple[Table, ColumnElement[bool]]]:
    """In the order in which they go."""
    old = now - KEPT_FOR

    def unwatched(table: Table) -> ColumnElement[bool]:
        return tuple_(table.c.page_id, table.c.item_id).not_in(list(watched))

    return {
        "signals of items that are not in config.yml": (item_signals, unwatched(item_signals)),
        "last beats of such items": (beats, unwatched(beats)),
        "addresses of such items": (items, unwatched(items)),
        "subscribers who left more than 90 days ago": (
            subscribers,
            subscribers.c.unsubscribed_at <= old,
        ),
        "notifications that nobody waits for": (
            notices,
            ~exists().where(outbox.c.notice_id == notices.c.id),
        ),
        "keys that were revoked more than 90 days ago": (api_keys, api_keys.c.revoked_at <= old),
    }
