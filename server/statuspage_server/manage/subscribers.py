"""Who is told: made, found, counted, unsubscribed and brought back."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from statuspage_server.core.addresses import check_endpoint
from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment
from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.storage.components import known_components
from statuspage_server.storage.pages import require_page
from statuspage_server.storage.schema import outbox, subscribers

CHANNELS = ("email", "sms", "webhook", "integration_partner", "slack", "teams")
STATES = ("active", "unconfirmed", "quarantined")
MOST_AT_ONCE = 100

_table = subscribers.c
_STATE: dict[str, ColumnElement[bool]] = {
    "active": _table.confirmed_at.is_not(None) & _table.quarantined_at.is_(None),
    "unconfirmed": _table.confirmed_at.is_(None) & _table.quarantined_at.is_(None),
    "quarantined": _table.quarantined_at.is_not(None),
}
_SORT = {
    "primary": _table.contact,
    "created_at": _table.created_at,
    "quarantined_at": _table.quarantined_at,
    "relevance": func.length(_table.contact),
}


@dataclass(frozen=True, slots=True)
class SubscriberRules:
    """What the settings say about new subscribers."""

    allow_private_addresses: bool
    require_confirmation: bool


@dataclass(frozen=True, slots=True)
class SubscriberQuery:
    state: str = "active"
    channel: str | None = None
    search: str | None = None
    sort_field: str = "primary"
    descending: bool = False


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
    mode, contact = _contact(fields)
    if mode == "webhook":
        check_endpoint(contact, allow_private=rules.allow_private_addresses)
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
            endpoint=fields.get("endpoint"),
            phone_number=fields.get("phone_number"),
            phone_country=fields.get("phone_country"),
            component_ids=component_ids,
            skip_confirmation=skip,
            secret=secrets.token_urlsafe(24),
            confirmed_at=now if skip or not rules.require_confirmation else None,
            created_at=now,
        )
    )
    return find_subscriber(connection, page_id, subscriber_id)


def _contact(fields: Mapping[str, Any]) -> tuple[str, str]:
    """The first of these that was given says how the subscriber is told; email is also the
    address to write to when a webhook fails."""
    for mode, key in (("webhook", "endpoint"), ("sms", "phone_number"), ("email", "email")):
        value = (fields.get(key) or "").strip()
        if value and mode == "email" and "@" not in value:
            raise Unprocessable("Email is invalid")
        if value:
            return mode, value
    raise Unprocessable("A subscriber needs an email, an endpoint or a phone_number")


def _components(connection: Connection, page_id: str, asked: Sequence[str] | None) -> list[str]:
    if asked is None:
        return []
    if not asked:
        raise Unprocessable("Components must have at least one element if they are given")
    known = known_components(connection, page_id)
    unknown = [id_ for id_ in asked if id_ not in known]
    if unknown:
        raise Unprocessable(*(f"Component {id_[:40]} is not on this page" for id_ in unknown[:10]))
    return list(dict.fromkeys(asked))


def _refuse_twin(
    connection: Connection, page_id: str, incident_id: str | None, mode: str, contact: str
) -> None:
    same_incident = (
        _table.incident_id.is_(None) if incident_id is None else _table.incident_id == incident_id
    )
    twin = select(_table.id).where(
        _table.page_id == page_id,
        same_incident,
        _table.mode == mode,
        _table.contact == contact,
        _table.unsubscribed_at.is_(None),
    )
    if connection.execute(twin).first() is not None:
        word = {"webhook": "Endpoint", "sms": "Phone number"}.get(mode, "Email")
        raise Unprocessable(f"{word} has already been taken")


def find_subscriber(connection: Connection, page_id: str, subscriber_id: str) -> Row[Any]:
    row = connection.execute(
        select(subscribers).where(_table.id == subscriber_id, _table.page_id == page_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _matching(page_id: str, query: SubscriberQuery) -> list[ColumnElement[bool]]:
    conditions = [
        _table.page_id == page_id,
        _table.incident_id.is_(None),
        _table.unsubscribed_at.is_(None),
    ]
    if query.state != "all":
        conditions.append(_STATE[query.state])
    if query.channel:
        conditions.append(_table.mode == query.channel)
    if query.search:
        fields = (_table.email, _table.endpoint, _table.phone_number)
        conditions.append(
            or_(*(field.icontains(query.search, autoescape=True) for field in fields))
        )
    return conditions


def list_subscribers(
    connection: Connection, page_id: str, query: SubscriberQuery, part: Slice
) -> Sequence[Row[Any]]:
    require_page(connection, page_id)
    if query.sort_field == "relevance" and not query.search:
        raise Unprocessable("sort_field relevance needs a search text in q")
    column = _SORT[query.sort_field]
    order = column.desc() if query.descending else column.asc()
    return connection.execute(
        select(subscribers)
        .where(*_matching(page_id, query))
        .order_by(order, _table.id)
        .offset(part.offset)
        .limit(part.limit)
    ).all()


def list_unsubscribed(connection: Connection, page_id: str, part: Slice) -> Sequence[Row[Any]]:
    require_page(connection, page_id)
    return connection.execute(
        select(subscribers)
        .where(_table.page_id == page_id, _table.unsubscribed_at.is_not(None))
        .order_by(_table.unsubscribed_at.desc(), _table.id)
        .offset(part.offset)
        .limit(part.limit)
    ).all()


def list_of_incident(connection: Connection, incident_id: str, part: Slice) -> Sequence[Row[Any]]:
    return connection.execute(
        select(subscribers)
        .where(_table.incident_id == incident_id, _table.unsubscribed_at.is_(None))
        .order_by(_table.contact, _table.id)
        .offset(part.offset)
        .limit(part.limit)
    ).all()


def count_by_channel(
    connection: Connection, page_id: str, query: SubscriberQuery
) -> dict[str, int]:
    require_page(connection, page_id)
    rows = connection.execute(
        select(_table.mode, func.count()).where(*_matching(page_id, query)).group_by(_table.mode)
    ).all()
    counts = {mode: count for mode, count in rows}  # noqa: C416 - rows are not tuples to mypy
    return {channel: counts.get(channel, 0) for channel in CHANNELS}


def histogram(connection: Connection, page_id: str) -> dict[str, dict[str, int]]:
    by_state = {
        state: count_by_channel(connection, page_id, SubscriberQuery(state=state))
        for state in (*STATES, "all")
    }
    return {
        channel: {
            **{state: by_state[state][channel] for state in STATES},
            "total": by_state["all"][channel],
        }
        for channel in CHANNELS
    }


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


def reactivate(connection: Connection, ids: Sequence[str]) -> None:
    """Out of quarantine, with a clean record."""
    connection.execute(
        update(subscribers)
        .where(_table.id.in_(ids))
        .values(quarantined_at=None, purge_at=None, failures=0, next_attempt_at=None)
    )


def chosen(
    connection: Connection, page_id: str, ids: Sequence[str] | None, query: SubscriberQuery
) -> list[str]:
    """The ids of the page that were named, or (for "all") every match if there are few enough."""
    require_page(connection, page_id)
    conditions = _matching(page_id, query)
    if ids is not None:
        conditions.append(_table.id.in_(ids))
    found = (
        connection.execute(select(_table.id).where(*conditions).limit(MOST_AT_ONCE)).scalars().all()
    )
    if ids is None and len(found) >= MOST_AT_ONCE:
        raise Unprocessable(f'"all" is for fewer than {MOST_AT_ONCE} subscribers: name them')
    return list(found)
