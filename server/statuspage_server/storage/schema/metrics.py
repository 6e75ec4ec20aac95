"""Metrics of a page and their points."""

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, String, Table

from statuspage_server.storage.schema.columns import (
    document,
    id_column,
    metadata,
    moment,
    parent,
    text,
)

providers = Table(
    "metrics_providers",
    metadata,
    id_column(),
    parent("page_id", "pages.id"),
    Column("type", String(32), nullable=False),
    document("settings"),
    moment("last_revalidated_at"),
    moment("created_at", required=True),
    moment("updated_at", required=True),
    Index("providers_of_page", "page_id", "created_at"),
)

metrics = Table(
    "metrics",
    metadata,
    id_column(),
    parent("page_id", "pages.id"),
    parent("provider_id", "metrics_providers.id"),
    text("metric_identifier"),
    text("name", required=True),
    document("settings"),
    moment("most_recent_data_at"),
    moment("created_at", required=True),
    moment("updated_at", required=True),
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
