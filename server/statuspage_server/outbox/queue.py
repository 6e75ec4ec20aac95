"""Queued notifications: the oldest of each subscriber first, claimed by one process at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, or_, select, update

from statuspage_server.core.delivery import (
    CLAIMED_FOR,
    POSTPONED_FOR,
    PURGED_AFTER,
    after_failure,
)
from statuspage_server.core.moments import Moment
from statuspage_server.storage.schema import notices, outbox, pages, subscribers

_table = subscribers.c


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notification for one subscriber. The next of the same subscriber waits for it."""

    id: int
    notice_id: int
    page_id: str
    page_name: str
    page_settings: dict[str, Any]
    subscriber_id: str
    mode: str
    email: str | None
    endpoint: str | None
    secret: str
    operator: bool
    confirmed: bool
    failures: int
    payload: dict[str, Any]


def _due(now: Moment, modes: Sequence[str]) -> list[ColumnElement[bool]]:
    return [
        _table.mode.in_(modes),
        _table.quarantined_at.is_(None),
        _table.unsubscribed_at.is_(None),
        or_(_table.next_attempt_at.is_(None), _table.next_attempt_at <= now),
        or_(_table.held_until.is_(None), _table.held_until <= now),
    ]


def anything_due(connection: Connection, now: Moment, modes: Sequence[str]) -> bool:
    statement = select(_table.id).where(
        exists().where(outbox.c.subscriber_id == _table.id), *_due(now, modes)
    )
    return connection.execute(statement.limit(1)).first() is not None


def _oldest(now: Moment, most: int, modes: Sequence[str]) -> Select[Any]:
    # In the order of their ids, most rows at the front are the first of someone's: looking at each
    # ends soon, however many wait behind.
    earlier = outbox.alias()
    first = ~exists().where(
        earlier.c.subscriber_id == outbox.c.subscriber_id, earlier.c.id < outbox.c.id
    )
    return (
        select(
            outbox.c.id,
            outbox.c.notice_id,
            notices.c.payload,
            _table.page_id,
            pages.c.name.label("page_name"),
            pages.c.settings.label("page_settings"),
            _table.id.label("subscriber_id"),
            _table.mode,
            _table.email,
            _table.endpoint,
            _table.secret,
            _table.operator,
            _table.confirmed_at.is_not(None).label("confirmed"),
            _table.failures,
        )
        .join(subscribers, _table.id == outbox.c.subscriber_id)
        .join(notices, notices.c.id == outbox.c.notice_id)
        .join(pages, pages.c.id == _table.page_id)
        .where(first, *_due(now, modes))
        .order_by(outbox.c.id)
        .limit(most)
    )


def claim_deliveries(
    connection: Connection, now: Moment, most: int, modes: Sequence[str]
) -> Sequence[Delivery]:
    rows = connection.execute(_oldest(now, most, modes)).mappings().all()
    deliveries = [Delivery(**row) for row in rows]
    connection.execute(
        update(subscribers)
        .where(_table.id.in_([delivery.subscriber_id for delivery in deliveries]))
        .values(held_until=now + CLAIMED_FOR)
    )
    return deliveries


def mark_delivered(connection: Connection, delivery: Delivery) -> None:
    # Who unsubscribed meanwhile has left the row's number to the next one, who is still to be told.
    connection.execute(
        delete(outbox).where(
            outbox.c.id == delivery.id, outbox.c.subscriber_id == delivery.subscriber_id
        )
    )
    _forget_notice(connection, delivery.notice_id)
    connection.execute(
        update(subscribers)
        .where(_table.id == delivery.subscriber_id)
        .values(failures=0, next_attempt_at=None, held_until=None)
    )


def mark_postponed(connection: Connection, delivery: Delivery, now: Moment) -> None:
    connection.execute(
        update(subscribers)
        .where(_table.id == delivery.subscriber_id)
        .values(next_attempt_at=now + POSTPONED_FOR, held_until=None)
    )


def mark_failed(
    connection: Connection, delivery: Delivery, now: Moment, *, refused: bool = False
) -> bool:
    """Returns whether the subscriber is in quarantine now: then it is sent nothing more."""
    after = after_failure(delivery.failures, now, refused=refused)
    values: dict[str, Any] = {
        "failures": after.failures,
        "next_attempt_at": after.next_attempt_at,
        "held_until": None,
    }
    if after.is_quarantined:
        values |= {"quarantined_at": now, "purge_at": now + PURGED_AFTER}
        connection.execute(delete(outbox).where(outbox.c.subscriber_id == delivery.subscriber_id))
        _forget_orphans(connection)
    connection.execute(
        update(subscribers).where(_table.id == delivery.subscriber_id).values(**values)
    )
    return after.is_quarantined


def _forget_notice(connection: Connection, notice_id: int) -> None:
    connection.execute(
        delete(notices).where(
            notices.c.id == notice_id, ~exists().where(outbox.c.notice_id == notice_id)
        )
    )


def _forget_orphans(connection: Connection) -> None:
    connection.execute(delete(notices).where(~exists().where(outbox.c.notice_id == notices.c.id)))


def release_claims(connection: Connection) -> None:
    """On the start of the only instance: whoever had claimed a delivery is gone."""
    connection.execute(
        update(subscribers).where(_table.held_until.is_not(None)).values(held_until=None)
    )
