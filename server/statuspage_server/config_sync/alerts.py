"""The operator's own addresses of config.yml, as subscribers that no client sees."""

import secrets

from sqlalchemy import Connection, insert, select

from statuspage_server.config import PageConfig
from statuspage_server.core.chat import chat_address, chat_service
from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.errors import StartError, Unprocessable
from statuspage_server.manage.subscribers import reactivate, unsubscribe
from statuspage_server.outbox.chat import is_understood
from statuspage_server.storage.schema import subscribers


def sync_alerts(connection: Connection, page_id: str, page: PageConfig, now: Moment) -> None:
    wanted = dict(_channel(address) for address in page.alerts)
    rows = connection.execute(
        select(subscribers.c.id, subscribers.c.contact).where(
            subscribers.c.page_id == page_id,
            subscribers.c.operator,
            subscribers.c.unsubscribed_at.is_(None),
        )
    ).all()
    unsubscribe(connection, [row.id for row in rows if row.contact not in wanted], now)
    # Whoever starts the server or edits its file has mended what failed, or wants to know.
    reactivate(connection, [row.id for row in rows])
    there = {row.contact for row in rows}
    for contact, mode in wanted.items():
        if contact not in there:
            _add(connection, page_id, mode, contact, now)


def _channel(address: str) -> tuple[str, str]:
    """The address as it is kept, and the kind of subscriber it makes. Raises StartError."""
    if "://" not in address:
        return address, "email"
    service = chat_service(address)
    if service is not None:
        try:
            return chat_address(address, service), service.mode
        except Unprocessable as error:
            raise StartError(f"An address in alerts cannot be used: {error}.") from error
    if address.startswith(("http://", "https://")):
        return address, "webhook"
    if not is_understood(address):
        raise StartError(
            f"The address in alerts that begins with {address.partition('://')[0]}:// cannot be "
            "used. Write a mail address, a webhook's address, or one that Apprise knows."
        )
    return address, "integration_partner"


def _add(connection: Connection, page_id: str, mode: str, contact: str, now: Moment) -> None:
    connection.execute(
        insert(subscribers).values(
            id=new_id(),
            page_id=page_id,
            mode=mode,
            contact=contact,
            email=contact if mode == "email" else None,
            endpoint=None if mode == "email" else contact,
            component_ids=[],
            operator=True,
            secret=secrets.token_urlsafe(24),
            confirmed_at=now,
            created_at=now,
        )
    )
