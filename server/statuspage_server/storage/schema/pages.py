"""Pages, their components, and how the status of those has changed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from statuspage_server.storage.schema.columns import (
    RowNumber,
    document,
    flag,
    id_column,
    metadata,
    moment,
    order,
    parent,
    text,
)

pages = Table(
    "pages",
    metadata,
    id_column(),
    # The page's name in config.yml: empty for the default page, null for one filled from elsewhere.
    Column("config_name", Text, unique=True),
    order(),
    text("name", required=True),
    document("settings"),
    # Grows with every change, so that other processes see that what they have cached is old.
    Column("revision", BigInteger, nullable=False, default=0),
    moment("created_at", required=True),
    moment("updated_at", required=True),
)

components = Table(
    "components",
    metadata,
    id_column(),
    parent("page_id", "pages.id"),
    Column("group_id", String(12), ForeignKey("components.id", ondelete="SET NULL")),
    Column("is_group", Boolean, nullable=False),
    # The group's or item's key in config.yml; null for what came through the API.
    Column("config_key", Text),
    text("name", required=True),
    text("description"),
    order(),
    Column("status", String(24), nullable=False),
    flag("showcase"),
    flag("only_show_if_degraded"),
    text("automation_email"),
    Column("start_date", String(10)),
    moment("created_at", required=True),
    moment("updated_at", required=True),
    Index("components_of_page", "page_id", "position", "id"),
    Index("components_of_group", "group_id"),
    UniqueConstraint("page_id", "config_key"),
)

# Each change of a component's status, the record that uptime is counted from.
status_changes = Table(
    "status_changes",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    parent("component_id", "components.id"),
    Column("old_status", String(24)),
    Column("new_status", String(24), nullable=False),
    moment("at", required=True),
    # Who made it, by which way, and why; not known of changes of older versions.
    Column("source", String(16)),
    text("author"),
    text("comment"),
    Column("incident_id", String(12)),
    Index("status_changes_of_component", "component_id", "at"),
)
