"""Subscribers, and the notifications that wait to be sent to them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from statuspage_server.storage.schema.columns import (
    RowNumber,
    document,
    flag,
    id_column,
    metadata,
    moment,
    parent,
    text,
)

subscribers = Table(
    "subscribers",
    metadata,
    id_column(),
    parent("page_id", "pages.id"),
    # Null for the whole page, else the one incident it follows.
    Column("incident_id", String(12), ForeignKey("incidents.id", ondelete="CASCADE")),
    Column("mode", String(24), nullable=False),
    Column("contact", Text, nullable=False),
    text("email"),
    text("endpoint"),
    text("phone_number"),
    Column("phone_country", String(8)),
    # Components, and groups with whatever belongs to them by then; empty for everything.
    document("component_ids"),
    flag("skip_confirmation"),
    # An address of the operator's, from config.yml: told of heartbeats, and shown to no client.
    flag("operator"),
    # In the links of notifications: whoever has one may unsubscribe or confirm, and nothing else.
    Column("secret", String(64), nullable=False, unique=True),
    # When the address was last sent a link, however often someone asks for it.
    moment("confirmation_sent_at"),
    moment("confirmed_at"),
    moment("quarantined_at"),
    moment("purge_at"),
    moment("unsubscribed_at"),
    # Deliveries: failures since the last success, and when the next one may go out.
    Column("failures", Integer, nullable=False, default=0),
    moment("next_attempt_at"),
    # A process that is delivering holds the subscriber until then.
    moment("held_until"),
    moment("created_at", required=True),
    Index("subscribers_of_page", "page_id", "mode", "contact"),
    Index("subscribers_to_purge", "purge_at"),
    Index("subscribers_of_email", "email"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    parent("page_id", "pages.id"),
    document("payload"),
    moment("created_at", required=True),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("notice_id", RowNumber, ForeignKey("notices.id", ondelete="CASCADE"), nullable=False),
    parent("subscriber_id", "subscribers.id"),
    Index("outbox_of_subscriber", "subscriber_id", "id"),
    Index("outbox_of_notice", "notice_id"),
)
