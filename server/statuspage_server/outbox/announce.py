"""Queueing notifications, in the same transaction as the change that they tell of."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from statuspage_server.core.chat import CHAT_MODES
from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment, milliseconds
from statuspage_server.shapes.components import notified_component
from statuspage_server.shapes.incidents import notified_incident, shortlink
from statuspage_server.shapes.pages import notified_page
from statuspage_server.storage.components import find_component, read_top_level
from statuspage_server.storage.database import bring_news
from statuspage_server.storage.incidents import find_incident
from statuspage_server.storage.schema import components, notices, outbox, subscribers

# Links get the server's address when a notification is sent: settings may change by then.
LATER = ""
# A component's change alone is for programs; people are told when someone has written to them.
PEOPLE = ("email", *CHAT_MODES)
EVERYONE = ("webhook", *PEOPLE)


def announce_incident(connection: Connection, page_id: str, incident_id: str, now: Moment) -> None:
    incident = find_incident(connection, page_id, incident_id)
    attached = [component.id for component in incident.components]
    recipients = [row.id for row in find_recipients(connection, page_id, attached, incident_id)]
    if recipients:
        payload = {"incident": notified_incident(incident, LATER)}
        enqueue(connection, page_id, recipients, payload, now)


def announce_postmortem(
    connection: Connection, page_id: str, incident_id: str, now: Moment
) -> None:
    """For people alone: the vendor has no webhook for it."""
    incident = find_incident(connection, page_id, incident_id)
    attached = [component.id for component in incident.components]
    found = find_recipients(connection, page_id, attached, incident_id, PEOPLE)
    postmortem = {
        "incident_id": incident_id,
        "name": incident.row.name,
        "body": incident.row.postmortem_body,
        "shortlink": shortlink(LATER, incident.row),
    }
    enqueue(connection, page_id, [row.id for row in found], {"postmortem": postmortem}, now)


def find_recipients(
    connection: Connection,
    page_id: str,
    attached: Collection[str],
    incident_id: str | None,
    modes: Sequence[str] = EVERYONE,
) -> Sequence[Row[Any]]:
    """Who is told of an incident with these components: id and mode of each."""
    groups = connection.execute(
        select(components.c.group_id).where(components.c.id.in_(attached)).distinct()
    ).scalars()
    affected = {*attached, *(id_ for id_ in groups if id_)}
    return _recipients(connection, page_id, affected, modes, incident_id)


def announce_component(
    connection: Connection, page_id: str, component_id: str, old: str, new: str, now: Moment
) -> None:
    row = find_component(connection, page_id, component_id)
    affected = {component_id, row.group_id}
    found = _recipients(connection, page_id, affected, ("webhook",), None)
    recipients = [row.id for row in found]
    if not recipients:
        return
    payload = {
        "component_update": {
            "old_status": old,
            "new_status": new,
            "created_at": milliseconds(now),
            "component_type": "Component",
            "state": "sn_created",
            "id": new_id(),
            "component_id": component_id,
        },
        "component": notified_component(row),
    }
    enqueue(connection, page_id, recipients, payload, now)


def announce_heartbeat(
    connection: Connection, page_id: str, heartbeat: dict[str, Any], now: Moment
) -> None:
    """An alert for the operator alone."""
    recipients = connection.execute(
        select(subscribers.c.id).where(
            subscribers.c.page_id == page_id,
            subscribers.c.operator,
            subscribers.c.unsubscribed_at.is_(None),
            subscribers.c.quarantined_at.is_(None),
        )
    ).scalars()
    enqueue(connection, page_id, list(recipients), {"heartbeat": heartbeat}, now)


def _recipients(
    connection: Connection,
    page_id: str,
    component_ids: set[str],
    modes: Sequence[str],
    incident_id: str | None,
) -> list[Row[Any]]:
    """Active subscribers of the page, of one of the components or groups, or of the incident."""
    rows: Sequence[Row[Any]] = connection.execute(
        select(
            subscribers.c.id,
            subscribers.c.mode,
            subscribers.c.component_ids,
            subscribers.c.incident_id,
        )
        .where(
            subscribers.c.page_id == page_id,
            subscribers.c.mode.in_(modes),
            subscribers.c.operator.is_(False),
            subscribers.c.confirmed_at.is_not(None),
            subscribers.c.quarantined_at.is_(None),
            subscribers.c.unsubscribed_at.is_(None),
        )
        .order_by(subscribers.c.created_at, subscribers.c.id)
    ).all()
    return [
        row
        for row in rows
        if (row.incident_id is None or row.incident_id == incident_id)
        and (not row.component_ids or not component_ids.isdisjoint(row.component_ids))
    ]


def enqueue(
    connection: Connection,
    page_id: str,
    recipients: Sequence[str],
    event: dict[str, Any],
    now: Moment,
) -> None:
    if not recipients:
        return
    payload = {
        "meta": {"generated_at": milliseconds(now)},
        "page": notified_page(page_id, read_top_level(connection, page_id)),
        **event,
    }
    notice_id = connection.execute(
        insert(notices)
        .values(page_id=page_id, payload=payload, created_at=now)
        .returning(notices.c.id)
    ).scalar_one()
    connection.execute(
        insert(outbox),
        [{"notice_id": notice_id, "subscriber_id": recipient} for recipient in recipients],
    )
    bring_news(connection)
