"""Incidents and maintenances, and the templates for new ones."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    literal_column,
)

from statuspage_server.core.incident_plan import OVER
from statuspage_server.storage.schema.columns import (
    document,
    flag,
    id_column,
    metadata,
    moment,
    order,
    parent,
    text,
)
from statuspage_server.storage.schema.documents import document_type

incidents = Table(
    "incidents",
    metadata,
    id_column(),
    parent("page_id", "pages.id"),
    text("name", required=True),
    Column("status", String(16), nullable=False),
    Column("impact", String(12), nullable=False),
    Column("impact_override", String(12)),
    # The worst that updates gave to components; it does not fall when they recover.
    Column("computed_impact", String(12), nullable=False),
    flag("scheduled"),
    flag("backfilled"),
    # False once a person changed what the server opened by itself.
    flag("automatic"),
    document("metadata"),
    text("reminder_intervals"),
    moment("started_at", required=True),
    moment("monitoring_at"),
    moment("resolved_at"),
    moment("scheduled_for"),
    moment("scheduled_until"),
    moment("scheduled_reminded_at"),
    flag("scheduled_remind_prior"),
    flag("scheduled_auto_in_progress"),
    flag("scheduled_auto_completed"),
    Column("auto_transition_to_maintenance_state", Boolean),
    Column("auto_transition_to_operational_state", Boolean),
    Column("auto_transition_deliver_notifications_at_start", Boolean),
    Column("auto_transition_deliver_notifications_at_end", Boolean),
    text("postmortem_body"),
    moment("postmortem_body_updated_at"),
    text("postmortem_draft"),
    moment("postmortem_draft_updated_at"),
    moment("postmortem_published_at"),
    moment("postmortem_created_at"),
    flag("postmortem_notify_subscribers"),
    flag("postmortem_notify_twitter"),
    text("postmortem_custom_tweet"),
    moment("created_at", required=True),
    moment("updated_at", required=True),
    Index("incidents_newest", "page_id", "created_at", "id"),
    # For the schedule, which looks at all pages every second.
    Index("incidents_due", "status", "scheduled_for"),
    # For the days and months of the past, where an incident stands under its end.
    Index("incidents_by_end", "page_id", "resolved_at"),
    # With every column of the order, or SQLite would rather walk through all of the newest.
    Index("incidents_of_kind", "page_id", "scheduled", "created_at", "id"),
)

# Written out, since a database takes a partial index only for a question in the index's own words.
IS_OPEN = incidents.c.status.not_in([literal_column(f"'{status}'") for status in sorted(OVER)])

# What is open is little, however long the history is.
Index(
    "incidents_open",
    incidents.c.page_id,
    incidents.c.created_at,
    incidents.c.id,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)

incident_components = Table(
    "incident_components",
    metadata,
    Column(
        "incident_id", String(12), ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True
    ),
    Column(
        "component_id",
        String(12),
        ForeignKey("components.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    order(),
    Index("incidents_of_component", "component_id"),
)

incident_updates = Table(
    "incident_updates",
    metadata,
    id_column(),
    parent("incident_id", "incidents.id"),
    # The how many-eth of its incident, since two may share a millisecond.
    Column("number", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    text("body", required=True),
    Column("affected_components", document_type(none_as_null=True)),
    flag("deliver_notifications"),
    flag("wants_twitter_update"),
    text("custom_tweet"),
    # The vendor documents text and answers with numbers, too large for a float: kept as they came.
    Column("tweet_id", document_type(none_as_null=True)),
    Column("source", String(16)),
    text("author"),
    moment("display_at", required=True),
    moment("created_at", required=True),
    moment("updated_at", required=True),
    Index("updates_of_incident", "incident_id", "created_at"),
)

templates = Table(
    "templates",
    metadata,
    id_column(),
    parent("page_id", "pages.id"),
    text("name", required=True),
    text("title", required=True),
    text("body", required=True),
    Column("group_id", String(64)),
    Column("update_status", String(16)),
    flag("should_tweet"),
    flag("should_send_notifications"),
    document("component_ids"),
    moment("created_at", required=True),
    Index("templates_of_page", "page_id", "created_at"),
)
