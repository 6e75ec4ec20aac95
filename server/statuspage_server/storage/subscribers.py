"""Reading subscribers: one of them, lists by state and channel, and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from statuspage_server.core.paging import Slice
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.storage.pages import require_page
from statuspage_server.storage.schema import subscribers

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
class SubscriberQuery:
    state: str = "active"
    channel: str | None = None
    search: str | None = None
    sort_field: str = "primary"
    descending: bool = False


def find_subscriber(connection: Connection, page_id: str, subscriber_id: str) -> Row[Any]:
    row = connection.execute(
        select(subscribers).where(
            _table.id == subscriber_id, _table.page_id == page_id, _table.operator.is_(False)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _matching(page_id: str, query: SubscriberQuery) -> list[ColumnElement[bool]]:
    """Those of the whole page."""
    return [*_of_page(page_id, query), _table.incident_id.is_(None)]


def _of_page(page_id: str, query: SubscriberQuery) -> list[ColumnElement[bool]]:
    """Those of its incidents as well."""
    conditions = [
        _table.page_id == page_id,
        _table.operator.is_(False),
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
        .where(
            _table.page_id == page_id,
            _table.operator.is_(False),
            _table.unsubscribed_at.is_not(None),
        )
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


def chosen(
    connection: Connection, page_id: str, ids: Sequence[str] | None, query: SubscriberQuery
) -> list[str]:
    """The ids that were named, of followers of an incident too, or (for "all") every follower of
    the page if there are few enough."""
    require_page(connection, page_id)
    if ids is None:
        conditions = _matching(page_id, query)
    else:
        conditions = [*_of_page(page_id, query), _table.id.in_(ids)]
    found = (
        connection.execute(select(_table.id).where(*conditions).limit(MOST_AT_ONCE)).scalars().all()
    )
    if ids is None and len(found) >= MOST_AT_ONCE:
        raise Unprocessable(f'"all" is for fewer than {MOST_AT_ONCE} subscribers: name them')
    return list(found)
