"""The tables. Moments are milliseconds since 1970, documents are JSON, ids are the vendor's twelve
letters and digits. What no query asks for stays together in one `settings` document."""

from statuspage_server.storage.schema.columns import metadata
from statuspage_server.storage.schema.heartbeats import beats, item_signals, item_states, items
from statuspage_server.storage.schema.incidents import (
    IS_OPEN,
    incident_components,
    incident_updates,
    incidents,
    templates,
)
from statuspage_server.storage.schema.installation import access_tokens, api_keys, facts, sessions
from statuspage_server.storage.schema.metrics import metric_points, metrics, providers
from statuspage_server.storage.schema.notifications import notices, outbox, subscribers
from statuspage_server.storage.schema.pages import components, pages, status_changes
from statuspage_server.storage.schema.reports import problem_reports
from statuspage_server.storage.schema.search import incident_pieces, incident_texts

__all__ = [
    "IS_OPEN",
    "access_tokens",
    "api_keys",
    "beats",
    "components",
    "facts",
    "incident_components",
    "incident_pieces",
    "incident_texts",
    "incident_updates",
    "incidents",
    "item_signals",
    "item_states",
    "items",
    "metadata",
    "metric_points",
    "metrics",
    "notices",
    "outbox",
    "pages",
    "problem_reports",
    "providers",
    "sessions",
    "status_changes",
    "subscribers",
    "templates",
]
