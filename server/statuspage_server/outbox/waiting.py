"""What has not been delivered, for the operator: by whom it is waited for, and why."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from statuspage_server.storage.schema import notices, outbox, subscribers

MOST = 200


def list_waiting(connection: Connection, page_id: str) -> Sequence[Row[Any]]:
    """Each subscriber with how many wait, since when, and what failed; the longest first."""
    oldest = func.min(notices.c.created_at)
    return connection.execute(
        select(
            subscribers.c.id,
            subscribers.c.mode,
            subscribers.c.email,
            subscribers.c.endpoint,
            subscribers.c.contact,
            subscribers.c.operator,
            subscribers.c.failures,
            subscribers.c.next_attempt_at,
            func.count().label("amount"),
            oldest.label("since"),
        )
        .join(outbox, outbox.c.subscriber_id == subscribers.c.id)
        .join(notices, notices.c.id == outbox.c.notice_id)
        .where(subscribers.c.page_id == page_id)
        .group_by(subscribers.c.id)
        .order_by(oldest, subscribers.c.id)
        .limit(MOST)
    ).all()


def count_waiting(connection: Connection, page_id: str) -> int:
    return connection.execute(
        select(func.count())
        .select_from(outbox)
        .join(subscribers, subscribers.c.id == outbox.c.subscriber_id)
        .where(subscribers.c.page_id == page_id)
    ).scalar_one()
