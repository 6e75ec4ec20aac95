"""The tables. Moments are milliseconds since 1970, documents are JSON, ids are the vendor's twelve
letters and digits. What no query asks for stays together in one `settings` document."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# SQLite counts rows by itself only in a column that is called INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(12), primary_key=True)


def _at(name: str, *, required: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=not required)


def _parent(name: str, target: str) -> Column[str]:
    return Column(name, String(12), ForeignKey(target, ondelete="CASCADE"), nullable=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


def _text(name: str, *, required: bool = False) -> Column[str]:
    return Column(name, Text, nullable=not required)


def _document(name: str) -> Column[Any]:
    return Column(name, JSON, nullable=False, default=dict)


def _order() -> Column[int]:
    return Column("position", Integer, nullable=False, default=1)


pages = Table(
    "pages",
    metadata,
    _id(),
    # The page's name in config.yml: empty for the default page, null for one filled from elsewhere.
    Column("config_name", Text, unique=True),
    _order(),
    _text("name", required=True),
    _document("settings"),
    # Grows with every change, so that other processes see that what they keep warm is old.
    Column("revision", BigInteger, nullable=False, default=0),
    _at("created_at", required=True),
    _at("updated_at", required=True),
)

components = Table(
    "components",
    metadata,
    _id(),
    _parent("page_id", "pages.id"),
    Column("group_id", String(12), ForeignKey("components.id", ondelete="SET NULL")),
    Column("is_group", Boolean, nullable=False),
    # The group's or item's key in config.yml; null for what came through the API.
    Column("config_key", Text),
    _text("name", required=True),
    _text("description"),
    _order(),
    Column("status", String(24), nullable=False),
    _flag("showcase"),
    _flag("only_show_if_degraded"),
    _text("automation_email"),
    Column("start_date", String(10)),
    _at("created_at", required=True),
    _at("updated_at", required=True),
    Index("components_of_page", "page_id", "position", "id"),
    Index("components_of_group", "group_id"),
    UniqueConstraint("page_id", "config_key"),
)

# Each change of a component's status, the record that uptime is counted from.
status_changes = Table(
    "status_changes",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    _parent("component_id", "components.id"),
    Column("old_status", String(24)),
    Column("new_status", String(24), nullable=False),
    _at("at", required=True),
    Index("status_changes_of_component", "component_id", "at"),
)

# The last signal of each item id; an id in several groups has one.
beats = Table(
    "beats",
    metadata,
    Column("page_id", String(12), ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", String(255), primary_key=True),
    _at("at", required=True),
    _flag("failed"),
    _text("message"),
)

# What the heartbeats last made of a component, so that a status changes when they change and a
# person's word stands in between.
item_states = Table(
    "item_states",
    metadata,
    Column(
        "component_id",
        String(12),
        ForeignKey("components.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    # Null when the component has to be looked at afresh.
    Column("state", String(12)),
    _at("since", required=True),
    # The incident that lateness opened, until someone else touches it.
    Column("incident_id", String(12), ForeignKey("incidents.id", ondelete="SET NULL")),
)

incidents = Table(
    "incidents",
    metadata,
    _id(),
    _parent("page_id", "pages.id"),
    _text("name", required=True),
    Column("status", String(16), nullable=False),
    Column("impact", String(12), nullable=False),
    Column("impact_override", String(12)),
    # The worst that updates gave to components; it does not fall when they recover.
    Column("computed_impact", String(12), nullable=False),
    _flag("scheduled"),
    _flag("backfilled"),
    # False once a person changed what the server opened by itself.
    _flag("automatic"),
    _document("metadata"),
    _text("reminder_intervals"),
    _at("started_at", required=True),
    _at("monitoring_at"),
    _at("resolved_at"),
    _at("scheduled_for"),
    _at("scheduled_until"),
    _at("scheduled_reminded_at"),
    _flag("scheduled_remind_prior"),
    _flag("scheduled_auto_in_progress"),
    _flag("scheduled_auto_completed"),
    Column("auto_transition_to_maintenance_state", Boolean),
    Column("auto_transition_to_operational_state", Boolean),
    Column("auto_transition_deliver_notifications_at_start", Boolean),
    Column("auto_transition_deliver_notifications_at_end", Boolean),
    _text("postmortem_body"),
    _at("postmortem_body_updated_at"),
    _text("postmortem_draft"),
    _at("postmortem_draft_updated_at"),
    _at("postmortem_published_at"),
    _at("postmortem_created_at"),
    _flag("postmortem_notify_subscribers"),
    _flag("postmortem_notify_twitter"),
    _text("postmortem_custom_tweet"),
    _at("created_at", required=True),
    _at("updated_at", required=True),
    Index("incidents_newest", "page_id", "created_at", "id"),
    Index("incidents_by_status", "page_id", "status", "created_at"),
    # For the schedule, which looks at all pages every second.
    Index("incidents_due", "status", "scheduled_for"),
    Index("incidents_by_kind", "page_id", "scheduled", "created_at"),
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
    _order(),
    Index("incidents_of_component", "component_id"),
)

incident_updates = Table(
    "incident_updates",
    metadata,
    _id(),
    _parent("incident_id", "incidents.id"),
    # The how many-eth of its incident, since two may share a millisecond.
    Column("number", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    _text("body", required=True),
    Column("affected_components", JSON(none_as_null=True)),
    _flag("deliver_notifications"),
    _flag("wants_twitter_update"),
    _text("custom_tweet"),
    _at("display_at", required=True),
    _at("created_at", required=True),
    _at("updated_at", required=True),
    Index("updates_of_incident", "incident_id", "created_at"),
)

templates = Table(
    "templates",
    metadata,
    _id(),
    _parent("page_id", "pages.id"),
    _text("name", required=True),
    _text("title", required=True),
    _text("body", required=True),
    Column("group_id", String(64)),
    Column("update_status", String(16)),
    _flag("should_tweet"),
    _flag("should_send_notifications"),
    _document("component_ids"),
    _at("created_at", required=True),
    Index("templates_of_page", "page_id", "created_at"),
)

subscribers = Table(
    "subscribers",
    metadata,
    _id(),
    _parent("page_id", "pages.id"),
    # Null for the whole page, else the one incident it follows.
    Column("incident_id", String(12), ForeignKey("incidents.id", ondelete="CASCADE")),
    Column("mode", String(24), nullable=False),
    Column("contact", Text, nullable=False),
    _text("email"),
    _text("endpoint"),
    _text("phone_number"),
    Column("phone_country", String(8)),
    _document("component_ids"),
    _flag("skip_confirmation"),
    # In the links of notifications: whoever has one may unsubscribe or confirm, and nothing else.
    Column("secret", String(64), nullable=False, unique=True),
    _at("confirmed_at"),
    _at("quarantined_at"),
    _at("purge_at"),
    _at("unsubscribed_at"),
    # Deliveries: failures since the last success, and when the next one may go out.
    Column("failures", Integer, nullable=False, default=0),
    _at("next_attempt_at"),
    # A process that is delivering holds the subscriber until then.
    _at("held_until"),
    _at("created_at", required=True),
    Index("subscribers_of_page", "page_id", "mode", "contact"),
    Index("subscribers_to_purge", "purge_at"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    _parent("page_id", "pages.id"),
    _document("payload"),
    _at("created_at", required=True),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("notice_id", RowNumber, ForeignKey("notices.id", ondelete="CASCADE"), nullable=False),
    _parent("subscriber_id", "subscribers.id"),
    Index("outbox_of_subscriber", "subscriber_id", "id"),
    Index("outbox_of_notice", "notice_id"),
)

providers = Table(
    "metrics_providers",
    metadata,
    _id(),
    _parent("page_id", "pages.id"),
    Column("type", String(32), nullable=False),
    _document("settings"),
    _at("last_revalidated_at"),
    _at("created_at", required=True),
    _at("updated_at", required=True),
    Index("providers_of_page", "page_id", "created_at"),
)

metrics = Table(
    "metrics",
    metadata,
    _id(),
    _parent("page_id", "pages.id"),
    _parent("provider_id", "metrics_providers.id"),
    _text("metric_identifier"),
    _text("name", required=True),
    _document("settings"),
    _at("most_recent_data_at"),
    _at("created_at", required=True),
    _at("updated_at", required=True),
    Index("metrics_of_page", "page_id", "created_at"),
    Index("metrics_of_provider", "provider_id"),
)

metric_points = Table(
    "metric_points",
    metadata,
    Column("metric_id", String(12), ForeignKey("metrics.id", ondelete="CASCADE"), primary_key=True),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("value", Float, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    _id(),
    _text("name", required=True),
    Column("digest", String(64), nullable=False, unique=True),
    # The first letters, so that a person can tell their keys apart.
    Column("hint", String(8), nullable=False),
    _flag("read_only"),
    _at("created_at", required=True),
    _at("revoked_at"),
)

# Small things the whole installation remembers, one row each.
facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
