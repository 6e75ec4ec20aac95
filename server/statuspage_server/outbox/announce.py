"""Writing notifications into the outbox, in the same transaction as the change itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from statuspage_server.core.ids import new_id
from statuspage_server.core.moments import Moment, milliseconds
from statuspage_server.shapes.components import notified_component
from statuspage_server.shapes.incidents import notified_incident
from statuspage_server.shapes.pages import notified_page
from statuspage_server.storage.components import find_component, read_top_level
from statuspage_server.storage.incidents import find_incident
from statuspage_server.storage.schema import notices, outbox, subscribers

# Links get the server's address when a notification is sent: settings may change by then.
LATER = ""


def announce_incident(connection: Connection, page_id: str, incident_id: str, now: Moment) -> None:
    incident = find_incident(connection, page_id, incident_id)
    affected = {component.id for component in incident.components}
    readers = _readers(connection, page_id, affected, incident_id)
    if readers:
        payload = {"incident": notified_incident(incident, LATER)}
        _post(connection, page_id, readers, payload, now)


def announce_component(
    connection: Connection, page_id: str, component_id: str, old: str, new: str, now: Moment
) -> None:
    readers = _readers(connection, page_id, {component_id}, None)
    if not readers:
        return
    row = find_component(connection, page_id, component_id)
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
    _post(connection, page_id, readers, payload, now)


def _readers(
    connection: Connection, page_id: str, component_ids: set[str], incident_id: str | None
) -> Sequence[str]:
    """Active webhook subscribers of the page, of one of the components, or of the incident."""
    rows: Sequence[Row[Any]] = connection.execute(
        select(subscribers.c.id, subscribers.c.component_ids, subscribers.c.incident_id)
        .where(
            subscribers.c.page_id == page_id,
            subscribers.c.mode == "webhook",
            subscribers.c.confirmed_at.is_not(None),
            subscribers.c.quarantined_at.is_(None),
            subscribers.c.unsubscribed_at.is_(None),
        )
        .order_by(subscribers.c.created_at, subscribers.c.id)
    ).all()
    return [
        row.id
        for row in rows
        if (row.incident_id is None or row.incident_id == incident_id)
        and (not row.component_ids or not component_ids.isdisjoint(row.component_ids))
    ]


def _post(
    connection: Connection,
    page_id: str,
    readers: Sequence[str],
    event: dict[str, Any],
    now: Moment,
) -> None:
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
        insert(outbox), [{"notice_id": notice_id, "subscriber_id": reader} for reader in readers]
    )
