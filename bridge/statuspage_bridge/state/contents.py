"""Alerts, incidents and passes as JSON, and back. What a newer version added is passed over."""

from datetime import UTC, datetime

from pydantic import TypeAdapter

from statuspage_bridge.core.alert import Alert
from statuspage_bridge.core.passes import Pass
from statuspage_bridge.core.plan import Decision
from statuspage_bridge.core.published import Published

ALERT = TypeAdapter(Alert)
DECISION = TypeAdapter(Decision)
PASS = TypeAdapter(Pass)
PUBLISHED = TypeAdapter(Published)


def written[T](kind: TypeAdapter[T], value: T) -> str:
    """Return a value as JSON."""
    return kind.dump_json(value).decode()


def moment_of(seconds: float) -> datetime:
    """Return the time that is kept as seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
