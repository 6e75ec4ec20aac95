"""What visitors do about their own notifications. No answer tells whether an address is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from statuspage_server.core.chat import CHAT_MODES
from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.manage.subscribers import (
    SubscriberRules,
    contact_of,
    create_subscriber,
    find_twin,
    known_choices,
    reactivate,
    unsubscribe,
)
from statuspage_server.outbox.welcome import send_link
from statuspage_server.storage.incidents import find_incident_row
from statuspage_server.storage.pages import find_page
from statuspage_server.storage.schema import subscribers

_table = subscribers.c


@dataclass(frozen=True, slots=True)
class Ways:
    """How visitors of a page can follow it."""

    email: bool
    webhook: bool
    incidents: bool
    page: bool

    @classmethod
    def of(cls, page: Row[Any], *, mail: bool) -> "Ways":
        def allowed(what: str) -> bool:
            return bool(page.settings.get(f"allow_{what}_subscribers", True))

        return cls(
            email=mail and allowed("email"),
            webhook=allowed("webhook"),
            incidents=allowed("incident"),
            page=allowed("page"),
        )

    def any_for(self, *, incident: bool) -> bool:
        return (self.email or self.webhook) and (self.incidents if incident else self.page)


@dataclass(frozen=True, slots=True)
class Wish:
    email: str
    endpoint: str
    component_ids: Sequence[str] = ()
    incident_id: str | None = None


def follow(
    connection: Connection, page_id: str, wish: Wish, rules: SubscriberRules, now: Moment
) -> None:
    """Raises Unprocessable where it could not be sent to, with the same words for everyone."""
    ways = Ways.of(find_page(connection, page_id), mail=rules.mail)
    if wish.incident_id is not None:
        find_incident_row(connection, page_id, wish.incident_id)
    _refuse(wish, ways, rules)
    # Whoever gives a webhook of their own has to read mail at the address that they gave with it.
    rules = replace(rules, require_confirmation=True)
    fields = {
        "email": wish.email.lower() or None,
        "endpoint": wish.endpoint or None,
        "component_ids": list(wish.component_ids) or None,
    }
    mode, contact = contact_of(fields, rules)
    twin = find_twin(connection, page_id, wish.incident_id, mode, contact)
    if twin is None:
        create_subscriber(connection, page_id, fields, rules, now, incident_id=wish.incident_id)
    elif mode not in CHAT_MODES:
        if twin.confirmed_at is None:
            _choose(connection, twin, wish.component_ids)
        if twin.email:
            if twin.quarantined_at is not None:
                # Who asks again has perhaps mended their mailbox; if not, it ends here again.
                reactivate(connection, [twin.id])
            send_link(connection, twin, now)


def _refuse(wish: Wish, ways: Ways, rules: SubscriberRules) -> None:
    if not ways.any_for(incident=wish.incident_id is not None):
        raise Unprocessable("This page takes no subscribers")
    if not wish.endpoint and not wish.email:
        raise Unprocessable("An address is missing")
    if wish.endpoint and not ways.webhook:
        raise Unprocessable("This page takes no webhook addresses")
    if not wish.endpoint and not ways.email:
        raise Unprocessable("This page sends no mail")
    if wish.endpoint:
        mode, _ = contact_of({"endpoint": wish.endpoint}, rules)
        if mode == "webhook" and not (wish.email and rules.mail):
            raise Unprocessable(
                "An address of your own program needs a mail address beside it"
                if rules.mail
                else "Here this can only be an address of a chat service"
            )


def find_by_secret(connection: Connection, secret: str) -> Row[Any]:
    row = connection.execute(
        select(subscribers).where(_table.secret == secret, _table.operator.is_(False))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def confirm(connection: Connection, secret: str, now: Moment) -> str:
    """Gives the page that is followed."""
    row = _find_active(connection, secret)
    connection.execute(
        update(subscribers)
        .where(_table.id == row.id, _table.confirmed_at.is_(None))
        .values(confirmed_at=now)
    )
    return str(row.page_id)


def leave(connection: Connection, secret: str, now: Moment) -> str:
    """Gives the page. Again is as good as once: mail programs repeat what got no answer."""
    row = find_by_secret(connection, secret)
    unsubscribe(connection, [row.id], now)
    return str(row.page_id)


def choose(connection: Connection, secret: str, component_ids: Sequence[str]) -> None:
    _choose(connection, _find_active(connection, secret), component_ids)


def _find_active(connection: Connection, secret: str) -> Row[Any]:
    row = find_by_secret(connection, secret)
    if row.unsubscribed_at is not None:
        raise NotFound
    return row


def _choose(connection: Connection, row: Row[Any], component_ids: Sequence[str]) -> None:
    """What has left the page since the form was shown is left out."""
    known = known_choices(connection, row.page_id)
    wanted = [id_ for id_ in dict.fromkeys(component_ids) if id_ in known]
    if component_ids and not wanted:
        raise Unprocessable("None of these components are on this page any more")
    connection.execute(update(subscribers).where(_table.id == row.id).values(component_ids=wanted))
