"""A postmortem: drafted, published, taken back, deleted."""

from typing import Any

from sqlalchemy import Connection, Row, update

from statuspage_server.core.moments import Moment
from statuspage_server.errors import NotFound, Unprocessable
from statuspage_server.outbox.announce import announce_postmortem
from statuspage_server.storage.incidents import find_incident_row
from statuspage_server.storage.pages import touch_page
from statuspage_server.storage.schema import incidents
from statuspage_server.storage.search import note_text


def find_postmortem(connection: Connection, page_id: str, incident_id: str) -> Row[Any]:
    row = find_incident_row(connection, page_id, incident_id)
    if row.postmortem_created_at is None:
        raise NotFound
    return row


def draft_postmortem(
    connection: Connection, page_id: str, incident_id: str, body: str, now: Moment
) -> Row[Any]:
    row = find_incident_row(connection, page_id, incident_id)
    return _write(
        connection,
        row,
        {
            "postmortem_draft": body,
            "postmortem_draft_updated_at": now,
            "postmortem_created_at": row.postmortem_created_at or now,
        },
        now,
    )


def publish_postmortem(
    connection: Connection, page_id: str, incident_id: str, fields: dict[str, Any], now: Moment
) -> Row[Any]:
    row = find_postmortem(connection, page_id, incident_id)
    if not row.postmortem_draft:
        raise Unprocessable("Body can't be blank: write a draft before you publish")
    notify = bool(fields.get("notify_subscribers"))
    published = _write(
        connection,
        row,
        {
            "postmortem_body": row.postmortem_draft,
            "postmortem_body_updated_at": now,
            "postmortem_published_at": now,
            "postmortem_notify_subscribers": notify,
            "postmortem_notify_twitter": bool(fields.get("notify_twitter")),
            "postmortem_custom_tweet": fields.get("custom_tweet"),
        },
        now,
    )
    if notify:
        announce_postmortem(connection, page_id, incident_id, now)
    return published


def revert_postmortem(
    connection: Connection, page_id: str, incident_id: str, now: Moment
) -> Row[Any]:
    """No longer public; the draft stays."""
    row = find_postmortem(connection, page_id, incident_id)
    return _write(connection, row, _UNPUBLISHED, now)


def delete_postmortem(connection: Connection, page_id: str, incident_id: str, now: Moment) -> None:
    row = find_postmortem(connection, page_id, incident_id)
    gone = {"postmortem_draft": None, "postmortem_draft_updated_at": None}
    _write(connection, row, {**_UNPUBLISHED, **gone, "postmortem_created_at": None}, now)


_UNPUBLISHED: dict[str, Any] = {
    "postmortem_body": None,
    "postmortem_body_updated_at": None,
    "postmortem_published_at": None,
}


def _write(connection: Connection, row: Row[Any], values: dict[str, Any], now: Moment) -> Row[Any]:
    connection.execute(
        update(incidents).where(incidents.c.id == row.id).values(**values, updated_at=now)
    )
    note_text(connection, row.id)
    touch_page(connection, row.page_id, now)
    return find_incident_row(connection, row.page_id, row.id)
