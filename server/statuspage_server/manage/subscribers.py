"""Making, changing, unsubscribing and reactivating subscribers."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from statuspage_server.core.addresses import check_email, check_endpoint
from statuspage_server.core.chat import (
    CHAT_MODES,
    NO_OWN,
    OwnServices,
    chat_address,
    chat_service,
)
from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.errors import Unprocessable
from statuspage_server.outbox.welcome import greet, send_link
from statuspage_server.storage.pages import require_page
from statuspage_server.storage.schema import components, outbox, subscribers
from statuspage_server.storage.subscribers import find_subscriber

_table = subscribers.c


@dataclass(frozen=True, slots=True)
class SubscriberRules:
    """What the settings say about new subscribers."""

    allow_private_addresses: bool
    require_confirmation: bool
    mail: bool = False
    """Whether the server can send any: then who is to get it has to confirm."""
    own_chat: OwnServices = NO_OWN
    """Chat services that the operator runs."""


def create_subscriber(
    connection: Connection,
    page_id: str,
    fields: Mapping[str, Any],
    rules: SubscriberRules,
    now: Moment,
    *,
    incident_id: str | None = None,
) -> Row[Any]:
    require_page(connection, page_id)
    mode, contact = contact_of(fields, rules)
    component_ids = _components(connection, page_id, fields.get("component_ids"))
    _refuse_twin(connection, page_id, incident_id, mode, contact)
    skip = bool(fields.get("skip_confirmation_notification"))
    subscriber_id = new_id()
    connection.execute(
        insert(subscribers).values(
            id=subscriber_id,
            page_id=page_id,
            incident_id=incident_id,
            mode=mode,
            contact=contact,
            email=fields.get("email"),
            endpoint=contact if mode in CHAT_MODES else fields.get("endpoint"),
            phone_number=fields.get("phone_number"),
            phone_country=fields.get("phone_country"),
            component_ids=component_ids,
            skip_confirmation=skip,
            secret=secrets.token_urlsafe(24),
            confirmed_at=None if not skip and _has_to_confirm(mode, rules) else now,
            created_at=now,
        )
    )
    row = find_subscriber(connection, page_id, subscriber_id)
    if row.confirmed_at is None and row.email and rules.mail:
        send_link(connection, row, now)
    elif row.confirmed_at is not None and mode in CHAT_MODES and not skip:
        greet(connection, row, now)
    return row


def _has_to_confirm(mode: str, rules: SubscriberRules) -> bool:
    # Who knows a channel's address, which is a secret, may write to it.
    return mode not in CHAT_MODES and (
        rules.require_confirmation or (mode == "email" and rules.mail)
    )


def contact_of(fields: Mapping[str, Any], rules: SubscriberRules) -> tuple[str, str]:
    """The first of these that was given says how the subscriber is told; email is also the
    address to write to about a webhook."""
    endpoint, phone, email = (
        (fields.get(key) or "").strip() for key in ("endpoint", "phone_number", "email")
    )
    if email:
        check_email(email)
    if endpoint:
        service = chat_service(endpoint, rules.own_chat)
        if service is not None:
            return service.mode, chat_address(endpoint, service)
        check_endpoint(endpoint, allow_private=rules.allow_private_addresses)
        return "webhook", endpoint
    if phone:
        return "sms", phone
    if email:
        # Two spellings of one address are one subscriber.
        return "email", email.lower()
    raise Unprocessable("A subscriber needs an email, an endpoint or a phone_number")


def _components(connection: Connection, page_id: str, asked: Sequence[str] | None) -> list[str]:
    if asked is None:
        return []
    if not asked:
        raise Unprocessable("Components must have at least one element if they are given")
    known = known_choices(connection, page_id)
    unknown = [id_ for id_ in asked if id_ not in known]
    if unknown:
        raise Unprocessable(*(f"Component {id_[:40]} is not on this page" for id_ in unknown[:10]))
    return list(dict.fromkeys(asked))


def known_choices(connection: Connection, page_id: str) -> set[str]:
    """Components, and groups: who follows one hears of whatever belongs to it by then."""
    return set(
        connection.execute(select(components.c.id).where(components.c.page_id == page_id)).scalars()
    )


def find_twin(
    connection: Connection, page_id: str, incident_id: str | None, mode: str, contact: str
) -> Row[Any] | None:
    same_incident = (
        _table.incident_id.is_(None) if incident_id is None else _table.incident_id == incident_id
    )
    twin = select(subscribers).where(
        _table.operator.is_(False),
        _table.page_id == page_id,
        same_incident,
        _table.mode == mode,
        _table.contact == contact,
        _table.unsubscribed_at.is_(None),
    )
    return connection.execute(twin).first()


def _refuse_twin(
    connection: Connection, page_id: str, incident_id: str | None, mode: str, contact: str
) -> None:
    if find_twin(connection, page_id, incident_id, mode, contact) is not None:
        word = {"webhook": "Endpoint", "sms": "Phone number"}.get(mode, "Email")
        raise Unprocessable(f"{word} has already been taken")


def change_subscriber(
    connection: Connection, page_id: str, subscriber_id: str, component_ids: Sequence[str] | None
) -> Row[Any]:
    find_subscriber(connection, page_id, subscriber_id)
    connection.execute(
        update(subscribers)
        .where(_table.id == subscriber_id)
        .values(component_ids=_components(connection, page_id, component_ids))
    )
    return find_subscriber(connection, page_id, subscriber_id)


def unsubscribe(connection: Connection, ids: Sequence[str], now: Moment) -> None:
    connection.execute(delete(outbox).where(outbox.c.subscriber_id.in_(ids)))
    connection.execute(
        update(subscribers)
        .where(_table.id.in_(ids), _table.unsubscribed_at.is_(None))
        .values(unsubscribed_at=now)
    )


def forget_components(
    connection: Connection, page_id: str, gone: Collection[str], now: Moment
) -> None:
    """Nobody follows what is no longer there. Who followed nothing else follows nothing now: an
    empty choice would mean the whole page."""
    rows = connection.execute(
        select(_table.id, _table.component_ids).where(
            _table.page_id == page_id, _table.unsubscribed_at.is_(None)
        )
    ).all()
    for row in rows:
        left = [id_ for id_ in row.component_ids if id_ not in gone]
        if len(left) == len(row.component_ids):
            continue
        if not left:
            unsubscribe(connection, [row.id], now)
        connection.execute(
            update(subscribers).where(_table.id == row.id).values(component_ids=left)
        )


def reactivate(connection: Connection, ids: Sequence[str]) -> None:
    """Ends quarantine and forgets the failures before it."""
    connection.execute(
        update(subscribers)
        .where(_table.id.in_(ids))
        .values(quarantined_at=None, purge_at=None, failures=0, next_attempt_at=None)
    )
