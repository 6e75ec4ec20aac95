"""Who is forgotten: quarantined for 90 days, or sent a link that nobody followed for a week."""

from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from statuspage_server.core.delivery import FORGOTTEN_AFTER
from statuspage_server.core.moments import Moment
from statuspage_server.storage.schema import subscribers

_table = subscribers.c


def anyone_to_purge(connection: Connection, now: Moment) -> bool:
    return any(
        connection.execute(statement.limit(1)).first() is not None
        for statement in (_quarantined(now), _unconfirmed(now))
    )


def _quarantined(now: Moment) -> Select[Any]:
    return select(_table.id).where(_table.purge_at <= now, _table.unsubscribed_at.is_(None))


def _unconfirmed(now: Moment) -> Select[Any]:
    return select(_table.id).where(
        _table.confirmed_at.is_(None),
        _table.unsubscribed_at.is_(None),
        _table.confirmation_sent_at <= now - FORGOTTEN_AFTER,
    )


def purge(connection: Connection, now: Moment) -> None:
    ids = connection.execute(_quarantined(now)).scalars().all()
    connection.execute(update(subscribers).where(_table.id.in_(ids)).values(unsubscribed_at=now))
    connection.execute(delete(subscribers).where(_table.id.in_(_unconfirmed(now))))
