"""The first message to a new subscriber: a link to confirm with, or a greeting in the channel."""

from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from statuspage_server.core.delivery import CONFIRMED_EVERY
from statuspage_server.core.moments import Moment
from statuspage_server.outbox.announce import enqueue
from statuspage_server.storage.schema import subscribers


def send_link(connection: Connection, subscriber: Row[Any], now: Moment) -> None:
    """Mail a link to confirm with, or for who has confirmed one to manage with.

    One address gets it every few minutes at most, so that nobody can be bombed with mails.
    """
    last = connection.execute(
        select(func.max(subscribers.c.confirmation_sent_at)).where(
            subscribers.c.email == subscriber.email
        )
    ).scalar()
    if last is not None and now - last < CONFIRMED_EVERY:
        return
    connection.execute(
        update(subscribers)
        .where(subscribers.c.id == subscriber.id)
        .values(confirmation_sent_at=now)
    )
    enqueue(connection, subscriber.page_id, [subscriber.id], {"link": {}}, now)


def greet(connection: Connection, subscriber: Row[Any], now: Moment) -> None:
    enqueue(connection, subscriber.page_id, [subscriber.id], {"greeting": {}}, now)
