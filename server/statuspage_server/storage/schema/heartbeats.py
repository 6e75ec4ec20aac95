"""Monitored items: what was last heard, what runs, the last signals, and what that made of them."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from statuspage_server.storage.schema.columns import flag, metadata, moment, text

# The last signal of each item id; an id in several groups has one.
beats = Table(
    "beats",
    metadata,
    Column("page_id", String(12), ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", String(255), primary_key=True),
    moment("at", required=True),
    flag("failed"),
    text("message"),
)

# Each item's secret address, the run that is under way, and whether it is paused.
items = Table(
    "items",
    metadata,
    Column("page_id", String(12), ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", String(255), primary_key=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("signals", BigInteger, nullable=False, default=0),
    moment("started_at"),
    Column("run_id", String(36)),
    moment("paused_at"),
    moment("resumed_at"),
)

# The last signals of each item: a ring, so that it needs no clearing and never grows.
item_signals = Table(
    "item_signals",
    metadata,
    Column("page_id", String(12), ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", String(255), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    moment("at", required=True),
    Column("kind", String(8), nullable=False),
    Column("exit_code", Integer),
    Column("run_id", String(36)),
    # Milliseconds since the start of the run that this signal ends.
    Column("duration", BigInteger),
    text("message"),
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
    moment("since", required=True),
    # The incident that lateness opened, until someone else touches it.
    Column("incident_id", String(12), ForeignKey("incidents.id", ondelete="SET NULL")),
)
